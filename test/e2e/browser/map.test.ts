import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { ClustersAnswer, PeopleAnswer } from "../../../src/wire/out/schemas.ts";
import { DESKTOP, openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, startSystem } from "./system.ts";

/** Anna from twelve faces, and five groups. */
async function start() {
  const system = await startSystem();
  await system.publish(await makeFaces([12, 6, 5, 4, 3, 1]));
  await system.discover();
  const clusters = async () => (await system.get<ClustersAnswer>("api/faces/clusters")).clusters;
  const [first] = await clusters();
  await system.send("POST", `api/faces/clusters/${first?.id}/assign`, { name: "Anna" });
  const sizes = async () => (await clusters()).map((one) => one.size);
  return { system, clusters, sizes };
}

const spots = (page: Page): Locator => page.locator(".likeness .spot");
const spotOf = (page: Page, id: string | undefined): Locator => page.locator(`.spot[data-id="${id}"]`);

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error("it is not to be seen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a square around a position. */
async function drawAround(page: Page, { x, y }: { x: number; y: number }, half = 14): Promise<void> {
  await page.mouse.move(x - half, y - half);
  await page.mouse.down();
  for (const [dx, dy] of [
    [half, -half],
    [half, half],
    [-half, half],
  ] as const) {
    await page.mouse.move(x + dx, y + dy, { steps: 3 });
  }
  await page.mouse.up();
}

describe("the map of likeness", { timeout: 90_000 }, () => {
  it("shows people and groups; those that are drawn around or selected are merged, named or kept apart", async () => {
    const { system, clusters, sizes } = await start();
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=map`, DESKTOP);
    await spots(page).nth(5).waitFor();
    expect(await spots(page).count()).toBe(6);
    expect(await page.locator(".spot.p").getAttribute("aria-label")).toBe("Anna, 12 photos");
    const [a, b, c, d] = await clusters();

    await drawAround(page, await middleOf(spotOf(page, a?.id)));
    const bar = page.getByRole("region", { name: "What is selected" });
    await bar.waitFor();
    expect(await spotOf(page, a?.id).getAttribute("aria-pressed")).toBe("true");
    // The card may lie over it.
    await spotOf(page, b?.id).dispatchEvent("click");
    // What is selected survives a reload.
    await page.reload();
    await bar.getByText("2 groups").waitFor();
    const before = await middleOf(spotOf(page, c?.id));
    await bar.getByRole("button", { name: "Merge" }).click();
    await expect.poll(sizes).toEqual([11, 4, 3, 1]);
    await expect.poll(() => spots(page).count()).toBe(5);
    // Nothing else moved, and the focus is on the map.
    expect(await middleOf(spotOf(page, c?.id))).toEqual(before);
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("spot");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(sizes).toEqual([6, 5, 4, 3, 1]);
    await page.getByRole("button", { name: "Draw the map again" }).click();
    await expect.poll(() => spots(page).count()).toBe(6);

    for (const one of [c, d]) await spotOf(page, one?.id).dispatchEvent("click", { ctrlKey: true });
    await bar.getByRole("button", { name: "Keep apart" }).click();
    await page.getByText("2 groups are kept apart").waitFor();
    for (const one of [c, d]) await spotOf(page, one?.id).dispatchEvent("click", { ctrlKey: true });
    await bar.getByRole("button", { name: "Name…" }).click();
    await page.getByRole("dialog").getByRole("combobox").fill("Bo");
    await page.getByRole("dialog").getByText("New person").click();
    await expect
      .poll(async () => (await system.get<PeopleAnswer>("api/faces/registry")).people.map((one) => one.name).sort())
      .toEqual(["Anna", "Bo"]);
    expect(complaints).toEqual([]);
  });

  it("is used with the keyboard alone, on every page size", async () => {
    const { system, clusters } = await start();
    const browser = await openBrowser();
    const { page, complaints } = await openPage(browser, `${system.url}/?page=map`, DESKTOP);
    await spots(page).nth(5).waitFor();
    await page.locator('.spot[tabindex="0"]').focus();
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.id);
    const seen = new Set([await focused()]);
    for (const key of [
      "ArrowUp",
      "ArrowUp",
      "ArrowLeft",
      "ArrowLeft",
      "ArrowDown",
      "ArrowRight",
      "ArrowDown",
      "ArrowRight",
    ]) {
      await page.keyboard.press(key);
      seen.add(await focused());
    }
    expect(seen.size).toBeGreaterThan(2);
    expect(seen.has(undefined)).toBe(false);
    await page.keyboard.press("Space");
    await page.getByRole("region", { name: "What is selected" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("region", { name: "What is selected" }).count()).toBe(0);
    const id = await focused();
    await page.keyboard.press("+");
    await page.keyboard.press("0");
    await page.keyboard.press("o");
    const isGroup = (await clusters()).some((one) => one.id === id);
    await expect.poll(() => page.url()).toContain(isGroup ? "page=group" : "page=person");
    expect(complaints).toEqual([]);

    const { page: phone } = await openPage(browser, `${system.url}/?page=map`, PHONE);
    await spots(phone).nth(5).waitFor();
    const { width, scroll } = await phone.evaluate(() => ({
      width: document.documentElement.clientWidth,
      scroll: document.documentElement.scrollWidth,
    }));
    expect(scroll).toBeLessThanOrEqual(width);
    const [first] = await clusters();
    await spotOf(phone, first?.id).tap();
    await expect.poll(() => phone.url()).toContain(`id=${first?.id}`);
  });
});
