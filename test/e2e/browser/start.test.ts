import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { FacesAnswer } from "../../../src/wire/out/schemas.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { startSystem } from "./system.ts";

/** Of Debian's package `mosquitto-clients`. */
const hasMosquittoPub = !spawnSync("mosquitto_pub", ["--version"]).error;

const WAITING = { level: 1, name: "Waiting for the first face" } as const;

describe("the first run", { timeout: 60_000 }, () => {
  it("sends a test face, ticks how far it came, and waits on", async () => {
    const system = await startSystem();
    const { page, complaints } = await openPage(await openBrowser(), system.url, PHONE);
    await page.getByRole("heading", WAITING).waitFor();
    await page.getByText("Broker connected").waitFor();
    await page.getByRole("button", { name: "Send a test face" }).click();
    await page.getByText("It works. The test face has deleted itself.").waitFor();
    for (const step of ["Sent to the broker", "Compared with everybody", "Stored", "Event sent"]) {
      await page.locator("li.on", { hasText: step }).waitFor();
    }
    await page.getByRole("heading", WAITING).waitFor();
    expect((await system.get<FacesAnswer>("api/faces")).faces).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("says why a test face did not get through", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), system.url);
    await page.route("**/api/test-face", (route) =>
      route.fulfill({
        status: 504,
        contentType: "application/problem+json",
        body: '{"code":"TEST_FACE_LOST","detail":"lost"}',
      }),
    );
    await page.getByRole("button", { name: "Send a test face" }).click();
    await page.getByText(/did not get through\. The broker took it, and did not bring it back/).waitFor();
    expect(await page.locator("li.on").allInnerTexts()).toEqual([expect.stringContaining("Sent to the broker")]);
  });

  it.skipIf(!hasMosquittoPub)("has a line for a shell that brings the first face, which the page sees", async () => {
    const system = await startSystem();
    const browser = await openBrowser();
    const { page, context } = await openPage(browser, system.url);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("heading", WAITING).waitFor();
    await page.getByRole("button", { name: "Copy the command" }).nth(1).click();
    await page.getByText("Copied").waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toMatch(/^mosquitto_pub /);
    await promisify(execFile)("sh", ["-c", command]);
    await expect
      .poll(async () => (await system.get<FacesAnswer>("api/faces")).faces.map((one) => one.camera))
      .toEqual(["front_door"]);
    await page.getByRole("heading", WAITING).waitFor({ state: "detached" });
  });

  it("shows one way in at a time on a phone", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), system.url, PHONE);
    const topic = page.getByText("faces2mqtt/embedding/front_door", { exact: true });
    await topic.waitFor();
    await page.getByRole("button", { name: "Frigate", exact: true }).click();
    await topic.waitFor({ state: "hidden" });
    await page.getByText("Walk past a camera").waitFor();
  });
});
