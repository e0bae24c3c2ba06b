import { describe, expect, it } from "vitest";
import type { CamerasAnswer, SettingsAnswer } from "../../../src/wire/out/schemas.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

const setting = async (system: System, key: keyof SettingsAnswer["settings"]) => {
  const { value, source } = (await system.get<SettingsAnswer>("api/settings")).settings[key];
  return [value, source];
};

describe("Status", { timeout: 60_000 }, () => {
  it("says how many faces each camera has sent, and counts on as they come", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    await page.getByRole("heading", { level: 1, name: "All is well" }).waitFor();
    await page.getByText("No camera has sent a face yet.").waitFor();
    await page.getByText("faces2mqtt/embedding/front_door").waitFor();
    await system.publish(await makeFaces([4, 2]));
    await page.getByText("6 faces in the last 24 hours, from three cameras.").waitFor();
    const { cameras } = await system.get<CamerasAnswer>("api/cameras");
    for (const { camera, last_24_hours: hours } of cameras) {
      const count = hours.reduce((sum, faces) => sum + faces, 0);
      const row = page.getByRole("listitem").filter({ hasText: camera.replace("_", " ") });
      expect(await row.textContent()).toContain(`${count} ${count === 1 ? "face" : "faces"}`);
    }
    await page.getByText("6 faces, no people").waitFor();
  });

  it("says in plain words what has to be looked at", async () => {
    const system = await startSystem({ recognition: { max_age_seconds: 10 } });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    await page.getByRole("heading", { level: 1, name: "All is well" }).waitFor();
    const old = (await makeFaces([5])).map((face) => ({ ...face, camera: "garage" }));
    await system.publish(old.map((face) => ({ ...face, timestamp: new Date(Date.now() - 60_000).toISOString() })));
    await system.client.publishAsync("faces2mqtt/embedding/garage", "no face", { qos: 1 });
    await page.getByRole("heading", { level: 1, name: "One thing needs attention" }).waitFor();
    await page.getByText('Faces of camera "garage" arrive late').waitFor();
    await page.getByText("One message was refused").waitFor();
    // The navigation shows it on every page.
    await page.getByLabel("needs attention").waitFor();
  });

  it("changes when to look for groups, live, and back again", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`, PHONE);
    await page.getByText("Looks for new groups only when asked").waitFor();
    await page.getByRole("button", { name: "Change when to look for new groups" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("Every day").click();
    await sheet.getByRole("textbox", { name: "At" }).fill("02:30");
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText(/^Looks for new groups (today|tomorrow).* at 02:30$/).waitFor();
    expect(await setting(system, "discovery.schedule")).toEqual(["30 2 * * *", "database"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Looks for new groups only when asked").waitFor();
    expect(await setting(system, "discovery.schedule")).toEqual([null, "default"]);

    await page.getByRole("button", { name: "Change when to look for new groups" }).click();
    await sheet.getByText("Cron expression", { exact: true }).click();
    await sheet.getByRole("textbox", { name: "Expression" }).fill("at night");
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText(/^That did not work\..*cron expression/).waitFor();
    expect(await setting(system, "discovery.schedule")).toEqual([null, "default"]);
  });

  it("shows whom retention will take, and changes how long they stay", async () => {
    const system = await startSystem({ storage: { retention_days: 0 } });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    await page.getByText("Unnamed faces are kept forever").waitFor();
    await system.publish(await makeFaces([3]));
    await page.getByRole("button", { name: "Change how long unnamed faces are kept" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Days (0 keeps them forever)").fill("7");
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText("No unnamed face is older than seven days").waitFor();
    expect(await setting(system, "storage.retention_days")).toEqual([7, "database"]);
  });

  it("says why it could not be asked, and asks again", async () => {
    const system = await startSystem();
    const browser = await openBrowser();
    const { page } = await openPage(browser, `${system.url}/?page=people`);
    await page.route("**/api/cameras", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        body: '{"code":"INTERNAL","detail":"oh"}',
      }),
    );
    await page.getByRole("link", { name: "Status" }).click();
    await page.getByText("Reason: oh").waitFor();
    await page.unroute("**/api/cameras");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: "All is well" }).waitFor();
  });
});
