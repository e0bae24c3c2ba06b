import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { makeFaceJson } from "../../ui/make-face-json.ts";
import { makeVisitJson } from "../../ui/make-visit-json.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { answerGroups, makeManyGroups } from "./many-groups.ts";
import { makeFaces, startSystem } from "./system.ts";

const BUDGET_BYTES = 60 * 1024;
const MANY_GROUPS = 6_000;
const MOST_FETCHED_BYTES = 200 * 1024;
const MOST_SHIFT = 0.05;
const MANY_FACES = 20_000;
/** What a page may hold at once, however long its lists are. */
const MOST_ELEMENTS = 4_000;

const time = (n: number) => new Date(Date.UTC(2026, 1, 20) - n * 97_000).toISOString();
const picture = (n: number) => `api/faces/${(n % 5) + 1}/thumbnail`;

/** Answers a paged list out of `count` made items. */
async function answerPages(
  page: Page,
  url: RegExp,
  key: string,
  count: number,
  make: (n: number) => object,
  beside: object,
): Promise<void> {
  await page.route(url, (route) => {
    const query = new URL(route.request().url()).searchParams;
    const at = Number(query.get("cursor") ?? 0);
    const end = Math.min(at + Number(query.get("limit") ?? 100), count);
    const items = Array.from({ length: end - at }, (_, n) => make(at + n));
    return route.fulfill({ json: { ...beside, [key]: items, next_cursor: end < count ? String(end) : null } });
  });
}

/** A page that is not opened yet, on a daemon that answers with very many groups; `asked`: for which. */
async function manyGroups() {
  const system = await startSystem();
  await system.publish(await makeFaces([1, 1, 1, 1, 1]));
  const { page } = await openPage(await openBrowser(), "about:blank", PHONE);
  const asked: URL[] = [];
  await answerGroups(page, makeManyGroups(MANY_GROUPS, picture), asked);
  return { page, asked, url: `${system.url}/` };
}

/** How far what is on the screen has moved by itself so far: https://web.dev/articles/cls */
const shifted = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
            if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 300);
      }),
  );

const elements = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);

/** Scrolls to the end of the page in large steps; lists grow on the way. */
async function scrollToEnd(page: Page): Promise<number> {
  let most = 0;
  for (let height = -1, step = 0; step < 400; step++) {
    const now = await page.evaluate(() => {
      window.scrollTo(0, document.documentElement.scrollHeight);
      return document.documentElement.scrollHeight;
    });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    most = Math.max(most, await elements(page));
    if (
      now === height &&
      (await page.evaluate(() => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 1))
    )
      break;
    height = now;
  }
  return most;
}

describe("the panel is light", { timeout: 120_000 }, () => {
  it("needs at most 60 KB of JavaScript, gzipped, until a group can be named", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([5, 3]));
    await system.discover();
    const browser = await openBrowser();
    const { page } = await openPage(browser, "about:blank");
    const scripts: Promise<number>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") {
        scripts.push(response.body().then((body) => gzipSync(body).byteLength));
      }
    });
    await page.goto(`${system.url}/`);
    await page.getByRole("option", { name: /, 5 photos,/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 5 photos" }).fill("A");
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(scripts.length).toBeGreaterThan(1);
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  it(`opens ${MANY_GROUPS} groups with the first page of them only, and nothing moves meanwhile`, async () => {
    const { page, asked, url } = await manyGroups();
    let bytes = 0;
    page.on("response", (response) => {
      bytes += Number(response.headers()["content-length"] ?? 0);
    });
    await page.goto(url);
    await page.getByRole("heading", { level: 1, name: "2,280 unknown faces" }).waitFor();
    await page.locator('[data-at="15"]').waitFor();
    const first = asked.filter((one) => one.searchParams.get("min_size") === "2");
    expect(new Set(first.map((one) => `${one.searchParams.get("limit")} ${one.searchParams.get("cursor")}`))).toEqual(
      new Set(["60 null"]),
    );
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(MOST_FETCHED_BYTES);
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS);
    expect(await shifted(page)).toBeLessThan(MOST_SHIFT);
  });

  it(`walks ${MANY_GROUPS} groups by drawing only those on the screen, at heights known before`, async () => {
    const { page, asked, url } = await manyGroups();
    await page.goto(`${url}?page=unknown&size=once`);
    await page.locator('[data-at="15"]').waitFor();
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    expect(await scrollToEnd(page)).toBeLessThan(MOST_ELEMENTS);
    await expect.poll(() => page.locator("[data-at]").last().getAttribute("aria-posinset")).toBe("3720");
    expect(await height()).toBe(before);
    expect(asked.length).toBeLessThan(20);
    expect(await shifted(page)).toBeLessThan(MOST_SHIFT);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.locator('[data-at="0"]').waitFor();
  });

  it(`shows a person with ${MANY_FACES} photos at their final height, and loads only those on the screen`, async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([5]));
    await system.discover();
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
    const { page } = await openPage(await openBrowser(), "about:blank");
    const make = (n: number) => ({
      ...makeFaceJson({ face_id: MANY_FACES - n, camera: n % 2 === 0 ? "garden" : "door", timestamp: time(n) }),
      state: "assigned",
      person: "Anna",
      person_id: "anna",
      thumbnail: picture(n),
      distance: 0.3,
      different: false,
    });
    const all = Array.from({ length: MANY_FACES }, (_, n) => make(n));
    const days = new Map<string, number>();
    for (const { timestamp } of all) days.set(timestamp.slice(0, 10), (days.get(timestamp.slice(0, 10)) ?? 0) + 1);
    let loaded = 0;
    await page.route(/api\/people\/anna\/times/, (route) =>
      route.fulfill({
        json: {
          person: "Anna",
          person_id: "anna",
          days: [...days].map(([day, faces]) => ({ day, faces, recognized: 0 })),
          hours: Array.from({ length: 24 }, () => 1),
          cameras: [],
        },
      }),
    );
    const { person } = await system.get<{ person: object }>("api/faces/registry/anna");
    await page.route(/api\/faces\/registry\/anna\?/, (route) => {
      const query = new URL(route.request().url()).searchParams;
      const to = query.get("to");
      const from = query.get("cursor") ?? (to === null ? 0 : all.findIndex((face) => face.timestamp < to));
      const faces = all.slice(Number(from), Number(from) + Number(query.get("limit")));
      loaded += faces.length;
      const end = Number(from) + faces.length;
      return route.fulfill({ json: { person, faces, next_cursor: end < MANY_FACES ? String(end) : null } });
    });
    await page.goto(`${system.url}/?page=person&id=anna`);
    await page.locator("[data-item]").first().waitFor();
    await page.getByRole("heading", { name: "20,000 photos" }).waitFor();
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    expect(before).toBeGreaterThan(100_000);
    expect(await scrollToEnd(page)).toBeLessThan(MOST_ELEMENTS);
    await page.locator('[data-item="1"]').waitFor();
    expect(Math.abs((await height()) - before) / before).toBeLessThan(0.02);
    expect(loaded).toBeLessThan(MANY_FACES / 10);
  });

  it(`shows ${MANY_FACES} visits by drawing only those on the screen`, async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([1, 1, 1, 1, 1]));
    const { page } = await openPage(await openBrowser(), "about:blank");
    const make = (n: number) => {
      const camera = n % 2 === 0 ? "garden" : "door";
      const shown = {
        face_id: n,
        visit_id: null,
        thumbnail: picture(n),
        source: null,
        camera,
        timestamp: time(n),
        box: null,
      };
      const overrides = { camera, from: time(n), to: time(n), representative: shown };
      return makeVisitJson(MANY_FACES - n, overrides);
    };
    await answerPages(page, /api\/visits\?/, "visits", MANY_FACES, make, {});
    await page.goto(`${system.url}/?page=activity`);
    await page.locator("[data-item]").first().waitFor();
    expect(await scrollToEnd(page)).toBeLessThan(MOST_ELEMENTS);
    await page.locator('[data-item="v_1"]').waitFor();
  });
});
