import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { SettingsAnswer, ThresholdAnswer } from "../../../src/wire/out/schemas.ts";
import { realFaces, realLabels, sharedData } from "../../helpers/shared-data.ts";
import { DESKTOP, openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

const data = sharedData();
const FACES = 400;
const NAMED = 6;

/** A system in which the largest groups have names. */
async function nameLargest(system: System, count: number): Promise<void> {
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string }[] }>(`api/faces/clusters?limit=${count}`);
  for (const [n, { id }] of clusters.entries()) {
    await system.send("POST", `api/faces/clusters/${id}/assign`, { name: `Person ${n + 1}` });
  }
}

async function namedSystem(
  sizes: readonly number[],
  environment: Readonly<Record<string, string>> = {},
): Promise<System> {
  const system = await startSystem({}, environment);
  await system.publish(await makeFaces(sizes));
  await nameLargest(system, 2);
  await system.discover();
  return system;
}

const tried = (system: System) => system.get<ThresholdAnswer>("api/threshold");
const inForce = async (system: System) => {
  const { settings } = await system.get<SettingsAnswer>("api/settings");
  return [settings["recognition.threshold"], settings["discovery.threshold"]].map(({ value, source }) => [
    value,
    source,
  ]);
};
const slider = (page: Page) => page.getByRole("slider", { name: "The line" });
const stepAt = (study: ThresholdAnswer, threshold: number) =>
  study.steps.find((step) => step.threshold === threshold) as ThresholdAnswer["steps"][number];

describe("how strict", { timeout: 90_000 }, () => {
  it.skipIf(data === null)("shows what the daemon found out about every line, moved by keyboard alone", async () => {
    const folder = data as string;
    const system = await startSystem();
    const labels = realLabels(folder).slice(0, FACES);
    expect(labels.length).toBe(FACES);
    await system.publish(realFaces(folder).slice(0, FACES));
    await nameLargest(system, NAMED);
    const study = await tried(system);
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=threshold`);
    await page.getByRole("heading", { level: 1, name: "How sure must it be before it uses a name?" }).waitFor();
    await page.getByText(`${FACES} photos stored here`).waitFor();

    const moves: readonly (readonly [string, number])[] = [
      ["ArrowLeft", 0.59],
      ["ArrowLeft", 0.58],
      ["PageDown", 0.53],
      ["PageUp", 0.58],
      ["PageUp", 0.63],
      ["ArrowRight", 0.64],
      ["End", 0.7],
      ["Home", 0.4],
      ["PageUp", 0.45],
      ["PageUp", 0.5],
    ];
    for (const [key, value] of moves) {
      await page.keyboard.press(key);
      const step = stepAt(study, value);
      await page.getByText(`At ${value.toFixed(2)}`, { exact: true }).waitFor();
      expect(await slider(page).inputValue()).toBe(String(value));
      expect(await slider(page).getAttribute("aria-valuetext")).toContain(`${value.toFixed(2)}: `);
      await page.getByText(`${step.would_get_a_name} of ${study.unassigned}`, { exact: true }).waitFor();
      await page.getByText(`${step.recognized} of ${FACES} photos are recognized`).waitFor();
      expect(await page.locator(".effect b").textContent()).toBe(
        String((step.clusters as number) - (step.alone as number)),
      );
    }
    const pair = study.closest_pair as NonNullable<ThresholdAnswer["closest_pair"]>;
    const [one, other] = pair.people.map((person) => person.person);
    await page.getByText(`${one} and ${other}, your most similar pair, ${pair.distance.toFixed(2)}`).waitFor();
    const last = study.at_the_line.filter((face) => face.distance < 0.5).slice(0, 4);
    expect(await page.locator(".last li").count()).toBe(last.length);
    await page
      .getByRole("img", { name: new RegExp(`^This photo would be ${last[0]?.person}, 0\\.`) })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);

    // Enter uses it, at once and everywhere.
    const info = new Promise<string>((resolve) => {
      system.client.on("message", (_topic, payload) => {
        if (payload.toString().includes('"threshold":0.5')) resolve(payload.toString());
      });
    });
    await system.client.subscribeAsync("faces2mqtt/bridge/info");
    await page.keyboard.press("Enter");
    await page.getByText("Names and groups below 0.50 from now on").waitFor();
    expect(JSON.parse(await info).settings).toMatchObject({
      recognition: { threshold: 0.5 },
      discovery: { threshold: 0.5 },
    });
    expect(await inForce(system)).toEqual([
      [0.5, "database"],
      [0.5, "database"],
    ]);
    await page.getByText("The groups under Unknown faces still use the previous line.").waitFor();

    // And back to where it came from.
    await page.keyboard.press("z");
    await page.getByText("Undone: Names and groups below 0.50 from now on").waitFor();
    await expect
      .poll(() => inForce(system))
      .toEqual([
        [0.6, "default"],
        [0.6, "default"],
      ]);
    expect(await slider(page).inputValue()).toBe("0.6");
    await page.keyboard.press("Escape");
    await page.waitForURL(/page=status/);
  });

  it("comes to the finger, is kept with Escape, and serves what it is said to serve", async () => {
    const system = await namedSystem([8, 6, 4, 3, 1]);
    const { page, context } = await openPage(await openBrowser(), `${system.url}/?page=threshold`, PHONE);
    await slider(page).waitFor();
    const tapAt = async (place: number) => {
      await page.locator(".plot").scrollIntoViewIfNeeded();
      const rail = await page.locator(".rail").boundingBox();
      if (!rail) throw new Error("no rail");
      await page.touchscreen.tap(rail.x + rail.width * place, rail.y - 60);
    };
    await tapAt(0.5);
    await page.getByRole("button", { name: "Use 0.50" }).waitFor();
    await page.getByRole("button", { name: "Stricter" }).tap();
    await page.getByRole("button", { name: "Use 0.49" }).waitFor();
    await page.getByRole("button", { name: "Looser" }).tap();
    await tapAt(0.05);
    await page.getByRole("button", { name: "Use 0.40" }).waitFor();

    // Pulled sideways it follows; a finger that scrolls past moves nothing.
    const touch = await context.newCDPSession(page);
    const drag = async (...by: readonly (readonly [number, number])[]) => {
      const box = await page.locator(".plot").boundingBox();
      if (!box) throw new Error("no plot");
      const points = by.map(([x, y]) => ({ x: box.x + box.width * x, y: box.y + box.height * y }));
      for (const [n, point] of points.entries()) {
        await touch.send("Input.dispatchTouchEvent", {
          type: n === 0 ? "touchStart" : "touchMove",
          touchPoints: [point],
        });
      }
      await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    await drag([0.4, 0.5], [0.5, 0.5], [0.65, 0.5]);
    await page.getByRole("button", { name: "Use 0.65" }).waitFor();
    await drag([0.5, 0.9], [0.5, 0.6], [0.5, 0.2], [0.5, 0.1]);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    expect(await slider(page).inputValue()).toBe("0.65");
    await page.evaluate(() => window.scrollTo(0, 0));
    await tapAt(0.05);
    await page.getByRole("button", { name: "Use 0.40" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await slider(page).inputValue()).toBe("0.6");
    expect(await page.getByRole("button", { name: /^Use/ }).count()).toBe(0);

    await page.getByRole("button", { name: "Names", exact: true }).tap();
    await tapAt(0.5);
    await page.getByText("Groups stay at 0.60.").waitFor();
    await page.getByRole("button", { name: "Use 0.50" }).tap();
    await page.getByText("A name below 0.50 from now on").waitFor();
    expect(await inForce(system)).toEqual([
      [0.5, "database"],
      [0.6, "default"],
    ]);
    await page.getByRole("button", { name: "A name below 0.50: use the configured value instead" }).tap();
    await expect
      .poll(() => inForce(system))
      .toEqual([
        [0.6, "default"],
        [0.6, "default"],
      ]);
  });

  it("goes back and says why when the daemon does not agree, and can be tried again", async () => {
    const system = await namedSystem([8, 6, 4]);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=threshold`);
    await slider(page).waitFor();
    let held: (() => Promise<void>) | null = null;
    await page.route("**/api/settings", async (route) => {
      if (route.request().method() !== "PATCH") return route.continue();
      await new Promise<void>((resolve) => {
        held = async () => resolve();
      });
      await route.fulfill({
        status: 507,
        contentType: "application/problem+json",
        body: '{"code":"STORAGE_FULL","detail":"no room"}',
      });
    });
    await page.keyboard.press("PageDown");
    await page.getByRole("button", { name: "Use 0.55" }).click();
    // Shown as done before it is.
    await page.getByText("A name below 0.55").waitFor();
    await expect.poll(() => held !== null).toBe(true);
    await (held as unknown as () => Promise<void>)();
    await page.getByText("That did not work. The disk is full. Nothing was changed.").waitFor();
    await page.getByText("A name below 0.60").waitFor();
    await page.unroute("**/api/settings");
    await page.getByRole("button", { name: "Use 0.55" }).click();
    await page.getByText("Names and groups below 0.55 from now on").waitFor();
    expect(await inForce(system)).toEqual([
      [0.55, "database"],
      [0.55, "database"],
    ]);
  });

  it("follows what is changed elsewhere, but keeps what is in hand", async () => {
    const system = await namedSystem([8, 6, 4], { FACES2MQTT_RECOGNITION_THRESHOLD: "0.58" });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=threshold`);
    await page.getByText("From the environment (FACES2MQTT_RECOGNITION_THRESHOLD)").waitFor();
    expect(await slider(page).inputValue()).toBe("0.58");
    await system.send("PATCH", "api/settings", { "recognition.threshold": 0.52 });
    await page.getByText("In use: 0.52").first().waitFor();
    expect(await slider(page).inputValue()).toBe("0.52");
    await page.keyboard.press("ArrowLeft");
    await system.send("PATCH", "api/settings", { "recognition.threshold": 0.65 });
    await page.getByRole("button", { name: "Keep 0.65" }).waitFor();
    expect(await slider(page).inputValue()).toBe("0.51");
    // A group is named: the figures are computed again.
    const before = await tried(system);
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Rosa" });
    await page.getByText("Everybody has a name").waitFor();
    expect(before.unassigned).toBe(4);
  });

  it("says what there is to do before there is anything to show", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=threshold`);
    await page.getByRole("heading", { name: "No face has been seen yet" }).waitFor();
    expect(await slider(page).count()).toBe(0);
    await system.publish(await makeFaces([4, 3, 1]));
    await system.discover();
    await page.getByRole("heading", { name: "Nobody has a name yet" }).waitFor();
    await page.getByText("2 groups wait for a name.").waitFor();
    await page.route("**/api/threshold", (route) => route.fulfill({ status: 502, body: "bad gateway" }));
    await page.reload();
    await page.getByRole("heading", { name: "That did not work." }).waitFor();
    await page.unroute("**/api/threshold");
    await page.getByRole("button", { name: "Try again" }).click();
    await slider(page).waitFor();
  });

  it("says so when there are too many faces to try every line for groups", async () => {
    const system = await namedSystem([5, 4, 3, 2]);
    const study = await tried(system);
    const { page } = await openPage(await openBrowser(), "about:blank", DESKTOP);
    await page.route("**/api/threshold", (route) =>
      route.fulfill({
        json: {
          ...study,
          faces: 23_000,
          unassigned: 21_000,
          steps: study.steps.map((step) => ({ ...step, clusters: null, alone: null })),
        },
      }),
    );
    await page.goto(`${system.url}/?page=threshold`);
    await page.getByText("With 21,000 photos without a name, trying every line would take minutes.").waitFor();
    await page.keyboard.press("ArrowLeft");
    expect(await slider(page).getAttribute("aria-valuetext")).not.toContain("group");
  });

  it("speaks German, too", async () => {
    const system = await namedSystem([5, 4, 3, 2]);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=threshold&lang=de&embed&theme=dark`);
    await page.getByRole("heading", { level: 1, name: "Wie sicher muss ein Name sein?" }).waitFor();
    await page.getByRole("slider", { name: "Die Linie" }).waitFor();
    await page.keyboard.press("PageDown");
    await page.getByRole("button", { name: "0,55 verwenden" }).click();
    await page.getByText("Namen und Gruppen ab jetzt unter 0,55").waitFor();
    expect(await page.locator("main").textContent()).not.toMatch(/\b(the|face|faces|name below|group|and)\b/i);
  });
});
