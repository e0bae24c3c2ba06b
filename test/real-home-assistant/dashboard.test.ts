import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paintFrame } from "../../src/demo/drawn/paint.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { hears, show, visit } from "./faces.ts";
import { openStage, type Stage, startsItsOwn, until } from "./stage.ts";

/** `HA_SCREENSHOTS=1` takes the pictures of the documentation anew. */
const SCREENSHOTS = process.env.HA_SCREENSHOTS ? resolve(import.meta.dirname, "../../docs/screenshots") : null;
const PEOPLE = ["Anna", "Babcia Halina", "Łukasz", "Владислава"];
/** Which drawing is whose. */
const LOOKS = ["mother", "grandmother", "father", "daughter"];
const CAMERAS = ["front_door", "garden", "driveway", "garage"];

/** A visit ends after a second without a face. */
const VISIT_MS = 2_500;

let stage: Stage;
let browser: Browser;

/** One visitor's faces: made, so that pictures of people who do not exist belong to them. */
const faces = (person: number, count: number, from = 0): number[][] =>
  Array.from({ length: count }, (_, i) => [...makeNear(makeEncoding(person + 50), 0.25, person * 100 + from + i)]);

/** A drawn portrait, the same for the same person and shot. */
async function portrait(person: number, shot: number): Promise<string> {
  const who = [LOOKS[person] ?? `stranger ${person}`];
  const { faces } = await paintFrame({ camera: "front_door", who, visit: String(shot), shot: String(shot) });
  return faces[0]?.thumbnail.toString("base64") ?? "";
}

async function seen(person: number, camera: string, count: number, from = 0): Promise<void> {
  await visit(stage, camera, faces(person, count, from), await portrait(person, from));
}

beforeAll(async () => {
  if (!startsItsOwn) return;
  stage = await openStage({
    env: {
      RECOGNITION_PRESENCE_SECONDS: "600",
      RECOGNITION_VISIT_SECONDS: "1",
      HTTP_FRAME_ANCESTORS: "[\"'self'\", 'http://127.0.0.1:*']",
    },
    prepare: prepareDashboard,
  });
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (const [person, name] of PEOPLE.entries()) {
    await seen(person, CAMERAS[person] ?? "garden", 5);
    await stage.ask("POST", "api/faces/discover", {});
    const { clusters } = await stage.ask<{ clusters: { id: string; size: number }[] }>("GET", "api/faces/clusters");
    await stage.ask("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name });
  }
  await seen(10, "garden", 4);
  await seen(11, "driveway", 3);
  await stage.ask("POST", "api/faces/discover", {});
  for (const [person, camera] of ["front_door", "garden", "driveway"].entries()) await seen(person, camera, 1, 9);
  await hears(stage, "garage");
  await seen(12, "garage", 1);
  await stage.hass.until("sensor.faces2mqtt_clusters_waiting", "2");
  await stage.hass.until("binary_sensor.anna_presence", "on");
  await stage.hass.until("event.garage_face", (one) => one?.attributes.event_type === "unknown");
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** A dashboard with the card in its three sizes, and the panel in a webpage card. */
function prepareDashboard(folder: string, daemonUrl: string): void {
  const card = (more: object): object => ({ type: "custom:faces2mqtt-card", ...more });
  const views = [
    {
      title: "Home",
      path: "home",
      cards: [card({ layout: "large", title: "Who is there" }), card({}), card({ layout: "small" })],
    },
    {
      title: "Panel",
      path: "panel",
      type: "panel",
      cards: [{ type: "iframe", url: `${daemonUrl}/?page=discover&embed`, aspect_ratio: "75%" }],
    },
    { title: "Wrong", path: "wrong", subview: true, cards: [card({ layout: "huge" })] },
  ];
  const store = (key: string, data: object): void =>
    writeFileSync(join(folder, ".storage", key), JSON.stringify({ version: 1, minor_version: 1, key, data }));
  store("lovelace", { config: { views } });
  store("lovelace_resources", {
    items: [{ id: "1".repeat(32), type: "module", url: `${daemonUrl}/faces2mqtt-card.js` }],
  });
}

interface Look {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: string[];
}

/** Home Assistant's own frontend, logged in. */
async function open(path: string, { dark = false, phone = false } = {}): Promise<Look> {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    deviceScaleFactor: phone ? 2 : 1,
    colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.addInitScript(
    ([hassUrl, access_token]) => {
      const day = 86_400_000;
      const tokens = { access_token, hassUrl, clientId: `${hassUrl}/`, token_type: "Bearer", refresh_token: "" };
      const storage = (globalThis as unknown as { localStorage: { setItem(key: string, value: string): void } })
        .localStorage;
      storage.setItem("hassTokens", JSON.stringify({ ...tokens, expires_in: day, expires: Date.now() + day }));
    },
    [stage.home?.url ?? "", stage.home?.token ?? ""],
  );
  await page.goto(`${stage.home?.url}${path}`);
  return { page, context, errors };
}

async function photograph({ page }: Look, name: string): Promise<void> {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  // What Home Assistant says about its own setup is not the subject.
  await stage.hass.call("persistent_notification", "dismiss_all", {});
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(SCREENSHOTS, `ha-${name}.png`) });
}

const ours = (errors: readonly string[]): string[] =>
  errors.filter((text) => /faces2mqtt|127\.0\.0\.1:\d+\/(api|assets|\?)/.test(text));

describe.runIf(startsItsOwn)("a dashboard of Home Assistant (only of a Home Assistant of our own)", () => {
  it.each([
    { name: "dashboard-desktop-light", dark: false, phone: false },
    { name: "dashboard-desktop-dark", dark: true, phone: false },
    { name: "dashboard-phone-light", dark: false, phone: true },
    { name: "dashboard-phone-dark", dark: true, phone: true },
  ])("shows who was where, the last faces and who waits ($name)", async ({ name, ...look }) => {
    const at = await open("/lovelace/home", look);
    const card = at.page.locator("faces2mqtt-card").first();
    await card.getByText("Babcia Halina").first().waitFor();
    const text = ((await card.locator("ha-card").textContent()) ?? "").replace(/\s+/g, " ");
    for (const name of PEOPLE) expect(text).toContain(name);
    expect(text).toContain("Who is there");
    expect(text).toContain("2 groups wait for a name");
    expect(text).toContain("Stranger Garage, now");
    const pictures = card.locator("img");
    expect(await pictures.count()).toBe(8);
    for (const picture of await pictures.all()) {
      await until(
        async () => (await picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth)) > 0,
        "a picture",
      );
    }
    expect(await at.page.locator("faces2mqtt-card").nth(2).locator("ha-card").textContent()).toContain("Who is this?");
    const [card1, screen] = [await card.boundingBox(), at.page.viewportSize()];
    expect((card1?.x ?? 0) + (card1?.width ?? 9_999)).toBeLessThanOrEqual(screen?.width ?? 0);
    await photograph(at, name);
    expect(ours(at.errors)).toEqual([]);
    await at.context.close();
  });

  it("takes its colours from the house's theme", async () => {
    const at = await open("/lovelace/home");
    await at.page.locator("faces2mqtt-card").first().getByText("Anna").first().waitFor();
    await at.page.evaluate(() => {
      const root = (
        globalThis as unknown as {
          document: { documentElement: { style: { setProperty(k: string, v: string): void } } };
        }
      ).document.documentElement;
      root.style.setProperty("--primary-color", "rgb(200, 0, 90)");
      root.style.setProperty("--primary-text-color", "rgb(1, 2, 3)");
    });
    const colourOf = (selector: string): Promise<string> =>
      at.page
        .locator("faces2mqtt-card")
        .first()
        .locator(selector)
        .first()
        .evaluate((node) => {
          const view = globalThis as unknown as { getComputedStyle(node: unknown): { color: string } };
          return view.getComputedStyle(node).color;
        });
    // Home Assistant's cards change their colours slowly.
    await until(async () => (await colourOf(".open")) === "rgb(200, 0, 90)", "the theme's colour");
    await until(async () => (await colourOf(".people strong")) === "rgb(1, 2, 3)", "the theme's ink");
    await at.context.close();
  });

  it("opens more about a person, by keyboard too, and the panel in a window of its own", async () => {
    const at = await open("/lovelace/home");
    const card = at.page.locator("faces2mqtt-card").first();
    await card.getByRole("button", { name: /Anna/ }).first().focus();
    await at.page.keyboard.press("Enter");
    await at.page.locator("ha-more-info-dialog").getByText("Anna Presence").first().waitFor();
    const link = card.getByRole("link", { name: /2 groups/ });
    expect(await link.getAttribute("href")).toBe(`${stage.daemon.url}/`);
    await at.context.close();
  });

  it("looks for new faces from the card", async () => {
    const before = (await stage.hass.state("sensor.faces2mqtt_last_discovery"))?.state;
    const at = await open("/lovelace/home");
    await at.page.locator("faces2mqtt-card").first().getByRole("button", { name: "Look for new faces" }).click();
    await stage.hass.until("sensor.faces2mqtt_last_discovery", (one) => one?.state !== before);
    await at.context.close();
  });

  it("follows what happens without being loaded again", async () => {
    const at = await open("/lovelace/home");
    const card = at.page.locator("faces2mqtt-card").first();
    await card.getByText("Владислава").first().waitFor();
    expect(await card.locator(".people button").nth(3).textContent()).toContain("Владислава");
    await show(stage, "front_door", faces(3, 1, 20)[0] ?? [], { thumbnail: await portrait(3, 20) });
    await until(
      async () => (await card.locator(".people button.here").first().textContent())?.includes("Владислава") === true,
      "her to be first",
    );
    await at.context.close();
  });

  it("gives a stranger who came back a name, and says what became of it", async () => {
    // Two visits of the same unknown person.
    await seen(20, "garden", 1);
    await new Promise((done) => setTimeout(done, VISIT_MS));
    await seen(20, "driveway", 1, 1);
    await stage.hass.until("sensor.faces2mqtt_strangers_seen_again", (one) => Number(one?.state) > 0);
    const at = await open("/lovelace/home", { phone: true });
    const card = at.page.locator("faces2mqtt-card").first();
    const list = card.getByRole("list", { name: "Strangers who came back" });
    await list.getByText("2 visits, 2 cameras, since today").waitFor();
    const [button, whole] = [await list.getByRole("button").boundingBox(), await card.boundingBox()];
    expect((button?.x ?? 0) + (button?.width ?? 9_999)).toBeLessThan((whole?.x ?? 0) + (whole?.width ?? 0));
    expect(button?.height).toBeGreaterThanOrEqual(44);
    await list.getByRole("button", { name: /^Name of Stranger \d+$/ }).click();
    await at.page.keyboard.type("x".repeat(70));
    await list.getByRole("combobox", { name: /^Name of/ }).fill("Ágnes");
    await photograph(at, "naming-phone-light");
    await at.page.keyboard.press("Enter");
    await list.getByText("2 visits are now Ágnes").waitFor();
    const { people } = await stage.ask<{ people: { name: string; faces: number }[] }>("GET", "api/faces/registry");
    expect(people.find(({ name }) => name === "Ágnes")?.faces).toBe(2);
    const { changes } = await stage.ask<{ changes: { via: string }[] }>("GET", "api/changes?limit=1");
    expect(changes[0]?.via).toBe("mqtt");
    await card.locator(".people").getByText("Ágnes").waitFor();

    // A stranger that is gone by the time the name is sent.
    await seen(21, "garden", 1);
    await new Promise((done) => setTimeout(done, VISIT_MS));
    await seen(21, "driveway", 1, 1);
    await list.getByRole("button", { name: /^Name of Stranger \d+$/ }).click();
    const { strangers } = await stage.ask<{ strangers: { stranger_id: string }[] }>("GET", "api/strangers");
    await stage.ask("POST", `api/strangers/${strangers[0]?.stranger_id}/assign`, { name: "Quick" });
    await list.getByRole("combobox", { name: /^Name of/ }).fill("Late");
    await at.page.keyboard.press("Enter");
    await list
      .getByRole("alert")
      .filter({ hasText: /^Stranger \d+ is no longer there\./ })
      .waitFor();
    expect(ours(at.errors)).toEqual([]);
    await stage.ask("DELETE", "api/faces/registry/quick");
    await at.context.close();
  });

  it("has an editor with every option, in Home Assistant's own form", async () => {
    const at = await open("/lovelace/home?edit=1");
    const edit = at.page.locator("hui-card-options").first().getByRole("button", { name: "Edit" });
    await edit.click();
    const form = at.page.locator("hui-dialog-edit-card ha-form");
    for (const label of ["Title", "Size", "People", "Address of the panel", "Base topic"]) {
      await form.getByText(label, { exact: true }).first().waitFor();
    }
    await photograph(at, "editor-desktop-light");
    expect(ours(at.errors)).toEqual([]);
    await at.context.close();
  });

  it("says what is wrong with a configuration in the card's place", async () => {
    const at = await open("/lovelace/wrong");
    await at.page.getByText("layout is small, medium, large, not huge").first().waitFor();
    await at.context.close();
  });

  it.each([
    { name: "panel-desktop-light", dark: false, phone: false },
    { name: "panel-phone-dark", dark: true, phone: true },
  ])("holds the panel in a webpage card ($name)", async ({ name, ...look }) => {
    const at = await open("/lovelace/panel", look);
    const frame = at.page.frameLocator("iframe");
    await frame.getByRole("heading", { level: 1 }).first().waitFor();
    await photograph(at, name);
    expect(ours(at.errors)).toEqual([]);
    await at.context.close();
  });
});
