import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { ClusterAnswer, ClustersAnswer, PeopleAnswer } from "../../../src/wire/out/schemas.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, startSystem } from "./system.ts";

/** A person's photos around `middle`, and one of another person that discovery still takes in. */
async function startWithOutlier() {
  const system = await startSystem({ discovery: { threshold: 0.72 } });
  const middle = makeEncoding(1_000);
  const [drawn] = await makeFaces([1]);
  const thumbnail = drawn?.thumbnail ?? "";
  const faces = Array.from({ length: 12 }, (_, i) => ({
    id: `own-${i}`,
    camera: i % 2 ? "garden" : "door",
    thumbnail,
    timestamp: new Date(Date.now() - i * 3_600_000).toISOString(),
    encoding: [...makeNear(middle, 0.12, 10 + i)],
  }));
  const other = { id: "other", camera: "door", thumbnail, encoding: [...makeNear(middle, 0.69, 500)] };
  await system.publish([...faces, other]);
  await system.discover();
  const { clusters } = await system.get<ClustersAnswer>("api/faces/clusters");
  const group = clusters[0];
  const people = async () =>
    (await system.get<PeopleAnswer>("api/faces/registry")).people.map((one) => `${one.name} ${one.faces}`).sort();
  return { system, group, people, address: `${system.url}/?page=group&id=${group?.id}` };
}

const bar = (page: Page) => page.getByRole("region", { name: "What to do" });

describe("a group's page", { timeout: 60_000 }, () => {
  it("has the least alike photo first and marked; on a phone it is out in two taps without scrolling, over a reload", async () => {
    const { system, group, people, address } = await startWithOutlier();
    expect(group?.size).toBe(13);
    const { page, complaints } = await openPage(await openBrowser(), address, PHONE);
    const tiles = page.locator("[data-item]");
    await tiles.first().waitFor();
    const { faces } = await system.get<ClusterAnswer>(`api/faces/clusters/${group?.id}?sort=least_alike`);
    expect(faces[0]).toMatchObject({ uid: "other", different: true });
    expect(await tiles.first().getAttribute("aria-label")).toMatch(/: Different$/);
    await page.getByText("One looks like another person.").waitFor();

    await tiles.first().tap();
    await bar(page).getByText("1 of 13 selected").waitFor();
    await bar(page).getByText("The other 12 stay").waitFor();
    await bar(page).getByRole("button", { name: "Take out" }).tap();
    await bar(page).getByText("12 of 13 photos").waitFor();
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.item)).toBe(
      String(faces[0]?.face_id),
    );
    // Taking out is a step of its own.
    await page.getByRole("button", { name: "Undo" }).tap();
    await bar(page).getByText("All 13 photos").waitFor();
    await tiles.first().tap();
    await bar(page).getByRole("button", { name: "Take out" }).tap();

    await bar(page).getByRole("button", { name: "Name…" }).tap();
    await bar(page).getByRole("button", { name: "Cancel" }).tap();
    await bar(page).getByRole("button", { name: "Name…" }).tap();
    await page.keyboard.type("Ann");
    await page.reload();
    await bar(page).getByText("One is taken out").waitFor();
    const field = bar(page).getByRole("combobox", { name: "Name for these 12 photos" });
    expect(await field.inputValue()).toBe("Ann");
    await field.focus();
    await page.keyboard.press("End");
    await page.keyboard.type("a");
    await page.keyboard.press("Enter");
    await page.getByText("12 photos are now Anna").waitFor();
    expect(new URL(page.url()).searchParams.get("page")).toBe("unknown");
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    expect(await people()).toEqual(["Anna 12"]);
    expect(complaints).toEqual([]);
  });

  it("gives selected photos to a person by key; they stay where they are until the page is opened anew", async () => {
    const { people, address } = await startWithOutlier();
    const { page } = await openPage(await openBrowser(), address);
    const tiles = page.locator("[data-item]");
    await tiles.nth(1).click();
    await page.keyboard.press("Shift+ArrowRight");
    await bar(page).getByText("2 of 13 selected").waitFor();
    await page.keyboard.press("n");
    await page.keyboard.type("Bo");
    await page.keyboard.press("Enter");
    await page.getByText("2 photos are now Bo").waitFor();
    expect(await people()).toEqual(["Bo 2"]);
    await bar(page).getByText("All 11 photos").waitFor();
    expect(await tiles.count()).toBe(13);
    await expect.poll(() => tiles.nth(1).getAttribute("aria-label")).toMatch(/: Bo$/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("option");
    await page.keyboard.press("z");
    await expect.poll(people).toEqual([]);
    await bar(page).getByText("All 13 photos").waitFor();
    await page.keyboard.press("x");
    await bar(page).getByText("12 of 13 photos").waitFor();
    await page.keyboard.press("x");
    await bar(page).getByText("All 13 photos").waitFor();
  });

  it("ignores selected photos only, as they are told in one toast", async () => {
    const { system, address } = await startWithOutlier();
    const { page } = await openPage(await openBrowser(), address, PHONE);
    await page.getByRole("button", { name: "Select it" }).tap();
    await bar(page).getByRole("button", { name: "Ignore" }).tap();
    await page.getByText("1 photo ignored").waitFor();
    const sizes = async (state: string) =>
      (await system.get<ClustersAnswer>(`api/faces/clusters?state=${state}`)).clusters.map(({ size }) => size);
    expect(await sizes("ignored")).toEqual([1]);
    expect(await sizes("waiting")).toEqual([12]);
    await page.getByRole("button", { name: "Undo" }).tap();
    await expect.poll(() => sizes("waiting")).toEqual([13]);
    expect(await sizes("ignored")).toEqual([]);
  });

  it("is sorted by visit, and opens a photo large with O and with a long press", async () => {
    const { address } = await startWithOutlier();
    const { page } = await openPage(await openBrowser(), address, PHONE);
    await page.getByRole("button", { name: "By visit" }).tap();
    await page
      .getByRole("heading", { name: /, Garden$/ })
      .first()
      .waitFor();
    const first = page.locator("[data-item]").first();
    await first.focus();
    await page.keyboard.press("o");
    const large = page.getByRole("dialog");
    await large.waitFor();
    await page.keyboard.press("Escape");
    await large.waitFor({ state: "hidden" });
    const box = await first.boundingBox();
    const touch = await page.context().newCDPSession(page);
    const at = { x: (box?.x ?? 0) + 30, y: (box?.y ?? 0) + 60 };
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
    await large.waitFor();
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    expect(await first.getAttribute("aria-selected")).toBe("false");
  });

  it("says why a group that has changed meanwhile got no name, and shows it as it is now", async () => {
    const { system, people, address } = await startWithOutlier();
    const { page } = await openPage(await openBrowser(), address);
    await page.locator("[data-item]").first().waitFor();
    let asked = 0;
    await page.route("**/assign", async (route) => {
      asked++;
      if (asked === 1) {
        await system.publish([{ id: "new", camera: "door", encoding: [...makeNear(makeEncoding(1_000), 0.1, 900)] }]);
        await system.discover();
      }
      await route.continue();
    });
    await page.keyboard.press("n");
    await page.keyboard.type("Anna");
    await page.keyboard.press("Enter");
    await bar(page)
      .getByText(/^Not saved\. This group changed/)
      .waitFor();
    expect(await people()).toEqual([]);
    await bar(page).getByText("All 14 photos").waitFor();
    // What the name would be taken for is shown again before it is taken.
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { expanded: true }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(people).toEqual(["Anna 14"]);
  });

  it("offers earlier photos that look like the person in the toast, least alike first, each to be unticked", async () => {
    const { people, address } = await startWithOutlier();
    const { page } = await openPage(await openBrowser(), address, PHONE);
    for (const at of [3, 4, 5]) await page.locator("[data-item]").nth(at).tap();
    await bar(page).getByRole("button", { name: "Take out" }).tap();
    await bar(page).getByText("10 of 13 photos").waitFor();
    await bar(page).getByRole("button", { name: "Name…" }).tap();
    await page.keyboard.type("Anna");
    await page.keyboard.press("Enter");
    await page.getByText("10 photos are now Anna").waitFor();
    const top = () => page.locator("main").evaluate((main) => main.getBoundingClientRect().top);
    const before = await top();
    await page.getByRole("button", { name: "Add 3 earlier…" }).tap();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading", { name: "Add 3 earlier photos that look like Anna?" }).waitFor();
    await sheet.getByText("Least alike first. Untick anyone who is not Anna.").waitFor();
    await sheet.getByRole("checkbox").first().uncheck();
    await sheet.getByRole("button", { name: "Add the ticked ones" }).tap();
    await page.getByText("2 more photos are now Anna").waitFor();
    expect(await people()).toEqual(["Anna 12"]);
    expect(await top()).toBe(before);
    await page.getByRole("button", { name: "Undo" }).tap();
    await expect.poll(people).toEqual(["Anna 10"]);
  });
});

describe("a group that looks like a known person", { timeout: 60_000 }, () => {
  async function start(away: readonly number[]) {
    const system = await startSystem();
    await system.publish(await makeFaces([5, 4]));
    await system.discover();
    const clusters = async (query = "") => (await system.get<ClustersAnswer>(`api/faces/clusters${query}`)).clusters;
    for (const [i, { id }] of (await clusters()).entries()) {
      await system.send("POST", `api/faces/clusters/${id}/assign`, { name: i === 0 ? "Anna" : "Bo" });
    }
    await system.send("PATCH", "api/settings", { "recognition.threshold": 0.3 });
    for (const [made, by] of away.entries()) {
      const middle = makeNear(makeEncoding(1), by, made + 1);
      const faces = Array.from({ length: 3 }, (_, i) => ({
        id: `again-${made}-${i}`,
        camera: "garden",
        encoding: [...makeNear(middle, 0.1, (made + 1) * 100 + i)],
      }));
      await system.publish(faces);
    }
    await system.send("PATCH", "api/settings", { "recognition.threshold": null });
    await system.discover();
    const people = async () =>
      (await system.get<PeopleAnswer>("api/faces/registry")).people.map((one) => `${one.name} ${one.faces}`).sort();
    return { system, clusters, people };
  }

  it("is not this person for good, over a reload, until that is undone", async () => {
    const { system, clusters } = await start([0.05]);
    const [group] = await clusters();
    expect(group?.suggestion?.person).toBe("Anna");
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=group&id=${group?.id}`, PHONE);
    const card = page.getByRole("region", { name: "Looks like Anna" });
    const top = () =>
      page
        .locator("[data-item]")
        .first()
        .evaluate((tile) => tile.getBoundingClientRect().top);
    await card.waitFor();
    const before = await top();
    await card.getByRole("button", { name: "Not Anna" }).tap();
    await card.getByText("Remembered: not Anna").waitFor();
    expect(await top()).toBe(before);
    expect((await clusters())[0]?.suggestion?.person).not.toBe("Anna");
    await page.getByRole("button", { name: "Undo" }).tap();
    await card.getByRole("button", { name: "Not Anna" }).tap();
    await card.getByText("Remembered: not Anna").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Who is this?" }).waitFor();
    expect(await card.count()).toBe(0);
  });

  it("that is only perhaps this person is compared first, and Enter does not add it", async () => {
    const { system, clusters, people } = await start([0.36, 0.4, 0.44, 0.48, 0.52]);
    const perhaps = (await clusters("?state=waiting")).find((one) => one.suggestion?.level === "perhaps");
    expect(perhaps?.suggestion?.person).toBe("Anna");
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=group&id=${perhaps?.id}`);
    const card = page.getByRole("region", { name: "Perhaps Anna" });
    expect(await card.getByRole("button", { name: /^Yes/ }).count()).toBe(0);
    await card.getByRole("button", { name: "Compare…" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading", { name: /^This adds \d photos to Anna/ }).waitFor();
    await sheet.getByText("Least alike first. Untick anyone who is not Anna.").waitFor();
    await page.keyboard.press("Enter");
    await sheet.waitFor({ state: "hidden" });
    expect(await people()).toEqual(["Anna 5", "Bo 4"]);
    await card.getByRole("button", { name: "Compare…" }).click();
    await sheet.getByRole("checkbox").first().uncheck();
    await sheet.getByRole("button", { name: "Add the ticked ones" }).click();
    await expect.poll(people).toEqual([`Anna ${5 + (perhaps?.size ?? 0) - 1}`, "Bo 4"]);
  });
});
