import { describe, expect, it } from "vitest";
import type { CamerasAnswer, SettingsAnswer, StatusJson } from "../../../src/wire/out/schemas.ts";
import { hasMosquitto, startMosquitto } from "../../helpers/mosquitto.ts";
import { startTestApp } from "../../helpers/start-test-app.ts";
import { DESKTOP, openBrowser, openPage, PHONE } from "./browser.ts";
import { findInBothThemes } from "./find-violations.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

/** The badge in the navigation. */
const FAILING = "faces are not received or not kept";

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
    await page.getByText("6 photos in the last 24 hours, from 3 cameras.").waitFor();
    const { cameras } = await system.get<CamerasAnswer>("api/cameras");
    for (const { camera, last_24_hours: hours } of cameras) {
      const count = hours.reduce((sum, faces) => sum + faces, 0);
      const row = page.getByRole("listitem").filter({ hasText: camera.replace("_", " ") });
      expect(await row.textContent()).toContain(`${count} ${count === 1 ? "photo" : "photos"}`);
    }
    await page.getByText("6 photos, no people").waitFor();
  });

  it("says in plain words what has to be looked at, without a badge", async () => {
    const system = await startSystem({ recognition: { max_age_seconds: 10 } });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    await page.getByRole("heading", { level: 1, name: "All is well" }).waitFor();
    const old = (await makeFaces([5])).map((face) => ({ ...face, camera: "back_garage" }));
    await system.publish(old.map((face) => ({ ...face, timestamp: new Date(Date.now() - 60_000).toISOString() })));
    await page.getByRole("heading", { level: 1, name: "Faces of back garage arrive late" }).waitFor();
    await page.getByText("They waited in a broker, or a clock is wrong.").waitFor();
    for (let n = 0; n < 5; n++) await system.client.publishAsync("faces2mqtt/embedding/shed", "no face", { qos: 1 });
    await page.getByRole("heading", { level: 1, name: "2 things to look at" }).waitFor();
    await page.getByText("Messages of Shed are refused").waitFor();
    await page.getByText("5 messages were refused").waitFor();
    expect(await findInBothThemes(page)).toEqual([]);
    // What the daemon says, with the topic's name, is for who asks.
    const raw = page.getByText('messages on "faces2mqtt/embedding/shed" are refused again and again');
    expect(await raw.isVisible()).toBe(false);
    await page.locator(".banner", { hasText: "Shed" }).getByText("Details").click();
    await raw.waitFor();
    expect(await page.getByRole("navigation").getByRole("img", { name: FAILING }).count()).toBe(0);
  });

  it("names who may show it in a frame", async () => {
    const system = await startSystem({ http: { frame_ancestors: ["'self'", "https://home.example"] } });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    await page.getByText("Pages of its own address and https://home.example may show it in a frame").waitFor();
  });

  it("changes when to look for groups, live, and back again", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`, PHONE);
    await page.getByText("Looks for new faces only when asked").waitFor();
    await page.getByRole("button", { name: "Change when to look for new faces" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("Every day").click();
    await sheet.getByRole("textbox", { name: "At" }).fill("02:30");
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText(/^Looks for new faces (today|tomorrow).* at 02:30$/).waitFor();
    expect(await setting(system, "discovery.schedule")).toEqual(["30 2 * * *", "database"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Looks for new faces only when asked").waitFor();
    expect(await setting(system, "discovery.schedule")).toEqual([null, "default"]);

    await page.getByRole("button", { name: "Change when to look for new faces" }).click();
    await sheet.getByText("Cron expression", { exact: true }).click();
    await sheet.getByRole("textbox", { name: "Expression" }).fill("at night");
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText(/^That did not work\..*cron expression/).waitFor();
    expect(await setting(system, "discovery.schedule")).toEqual([null, "default"]);
  });

  it("shows whom retention will take, and changes how long they stay", async () => {
    const system = await startSystem({ storage: { retention_days: 0 } });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    await page.getByText("Unknown faces are kept forever").waitFor();
    await system.publish(await makeFaces([3]));
    await page.getByRole("button", { name: "Change how long unknown faces are kept" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Days (0 keeps them forever)").fill("7");
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText("No unknown face is older than 7 days").waitFor();
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

describe.skipIf(!hasMosquitto)("while the broker is gone, Status", { timeout: 90_000 }, () => {
  it.each([
    ["a phone", PHONE],
    ["a desktop", DESKTOP],
  ])("says what that means and since when, on every page by its badge, until it is back, on %s", async (_, device) => {
    const mosquitto = await startMosquitto();
    const app = await startTestApp({ brokerUrl: mosquitto.url, config: { homeassistant: { enabled: false } } });
    await expect.poll(async () => (await app.get<StatusJson>("api/status")).broker.state).toBe("connected");
    const { page } = await openPage(await openBrowser(), `${app.url}/?page=people`, device);
    const badge = page.getByRole("navigation").getByRole("img", { name: FAILING });
    await page.getByRole("link", { name: "Status" }).waitFor();
    expect(await badge.count()).toBe(0);
    const time = await page.evaluate(() =>
      new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(),
    );
    await mosquitto.stop("SIGKILL");
    await badge.waitFor({ timeout: 12_000 });
    await page.getByRole("link", { name: "Status" }).click();
    const title = page.getByRole("heading", { level: 1, name: /^Not receiving faces since \d\d:\d\d$/ });
    await title.waitFor();
    expect(((await title.textContent()) ?? "") >= `Not receiving faces since ${time}`).toBe(true);
    await page.getByText("The broker at 127.0.0.1 does not answer.").waitFor();
    await page.getByText("Is the broker running?").waitFor();
    await page.getByText(/“.*ECONNREFUSED.*”/).waitFor();
    // Said once.
    expect(await page.getByRole("alert").count()).toBe(1);
    await page.getByRole("img", { name: /Nothing was received since \d\d:\d\d/ }).waitFor();
    expect(await page.locator(".bars .no").count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByText(/Still no connection at/).waitFor();
    expect(await findInBothThemes(page)).toEqual([]);

    await mosquitto.start();
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByRole("heading", { level: 1, name: "All is well" }).waitFor();
    await badge.waitFor({ state: "detached" });
    await page.getByText(/Nothing was received from \d\d:\d\d to \d\d:\d\d/).waitFor();
  });
});
