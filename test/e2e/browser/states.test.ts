import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, startSystem } from "./system.ts";

const discovery = {
  id: "d1",
  progress: 0.62,
  faces: 214,
  clusters: 9,
  started_at: "2026-02-18T03:00:00.000Z",
  finished_at: null,
  error: null,
};

/** Everything that says how a search goes says this of it: as if the daemon were at it. */
async function alsoWhereAsked(page: Page, now: () => object): Promise<void> {
  await page.route(/api\/(status|faces\/clusters)(\?|$)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), discovery: now() } });
  });
}

describe("what the panel says while it waits, and when something fails", { timeout: 60_000 }, () => {
  it("shows how far looking has come in the button itself, and stops it", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([3, 2]));
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("heading", { name: "5 faces have been seen" }).waitFor();
    const asked: string[] = [];
    let state = "idle";
    await page.route("**/api/faces/discover", (route) => {
      asked.push(route.request().method());
      state = route.request().method() === "DELETE" ? "cancelled" : "running";
      return route.fulfill({ json: { ...discovery, state } });
    });
    await alsoWhereAsked(page, () => ({ ...discovery, state }));
    await page.getByRole("button", { name: "Look for new faces" }).click();
    await page.getByText("Comparing 214 photos. 9 groups so far.").waitFor();
    expect(await page.getByRole("progressbar", { name: "Looking for new faces" }).getAttribute("aria-valuenow")).toBe(
      "62",
    );
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Stopped. No face and no name was changed.").waitFor();
    expect(asked).toEqual(["POST", "DELETE"]);
  });

  it("says why looking failed, and offers to try again", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([3, 2]));
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    const failed = { ...discovery, state: "failed", error: "the disk is full" };
    await page.getByRole("heading", { name: "5 faces have been seen" }).waitFor();
    let now: object = { ...discovery, state: "idle" };
    await page.route("**/api/faces/discover", (route) => {
      now = failed;
      return route.fulfill({ json: failed });
    });
    await alsoWhereAsked(page, () => now);
    await page.getByRole("button", { name: "Look for new faces" }).click();
    await page.getByRole("heading", { name: "Looking for new faces failed" }).waitFor();
    await page.getByText("the disk is full. No face and no name was changed.").waitFor();
    await page.unrouteAll({ behavior: "wait" });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "2 unknown faces" }).waitFor();
  });

  it("says so when no two faces are alike", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([1, 1, 1]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("heading", { name: "No two faces look alike yet" }).waitFor();
    await page.getByText("All 3 are different.").waitFor();
    await page.getByRole("button", { name: "Show those seen once" }).click();
    await page.getByRole("heading", { name: "3 faces were seen only once" }).waitFor();
    expect(await page.locator("[data-at]").count()).toBe(3);
  });

  it("says that everybody has a name, and what was seen only once", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([3, 1]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("option", { name: /, 3 photos,/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 3 photos" }).fill("Anna");
    await page.keyboard.press("Enter");
    // No tile is left: the title has the focus.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.getByRole("button", { name: "Tidy up" }).click();
    await page.getByRole("heading", { level: 2, name: "Everybody has a name" }).waitFor();
    await page.getByText("1 face was seen only once.").waitFor();
  });

  it("offers what the daemon cannot answer again, instead of an empty page", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), "about:blank");
    await page.route("**/api/faces/clusters?*", (route) => route.fulfill({ status: 502, body: "bad gateway" }));
    await page.goto(`${system.url}/`);
    await page.getByRole("heading", { name: "The unknown faces could not be loaded" }).waitFor();
    await page.unroute("**/api/faces/clusters?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Waiting for the first face" }).waitFor();
  });

  it("leads back from a group and from a person that are gone", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=group&id=nothing`);
    await page.getByRole("heading", { name: "This group is gone" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Unknown faces" }).click();
    await page.getByRole("heading", { name: "Waiting for the first face" }).waitFor();
    await page.goto(`${system.url}/?page=person&id=nobody`);
    await page.getByRole("heading", { name: "This person is gone" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "People" }).click();
    await page.getByRole("heading", { name: "You know nobody yet" }).waitFor();
  });

  it("selects by a long press on the phone, without opening the group", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([4, 3]));
    await system.discover();
    const { page, context } = await openPage(await openBrowser(), `${system.url}/`, PHONE);
    const tile = page.locator("[data-at]").first();
    await tile.waitFor();
    const box = await tile.boundingBox();
    const touch = await context.newCDPSession(page);
    const touchPoints = [{ x: (box?.x ?? 0) + 30, y: (box?.y ?? 0) + 30 }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await page.getByText("1 face selected").waitFor();
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    // While selecting, a tap on another picture adds it.
    await page.locator("[data-at]").nth(1).tap();
    await page.getByText("2 faces selected").waitFor();
    expect(page.url()).not.toContain("group");
  });
});
