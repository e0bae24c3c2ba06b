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

describe("what the panel says while it waits, and when something fails", { timeout: 60_000 }, () => {
  it("shows how far looking has come in the button itself, and stops it", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([3, 2]));
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    const asked: string[] = [];
    await page.route("**/api/faces/discover", (route) => {
      asked.push(route.request().method());
      const state = route.request().method() === "DELETE" ? "cancelled" : "running";
      return route.fulfill({ json: { ...discovery, state } });
    });
    await page.getByRole("button", { name: "Discover", exact: true }).click();
    await page.getByRole("heading", { name: "Looking for people…" }).waitFor();
    await page.getByText("Comparing 214 faces. Nine groups so far.").waitFor();
    expect(await page.getByRole("progressbar", { name: "Discovering" }).getAttribute("aria-valuenow")).toBe("62");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("The search was cancelled. No face and no name was changed.").waitFor();
    expect(asked).toEqual(["POST", "DELETE"]);
  });

  it("says why looking failed, and offers to try again", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([3, 2]));
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.route("**/api/faces/discover", (route) =>
      route.fulfill({ json: { ...discovery, state: "failed", error: "the disk is full" } }),
    );
    await page.getByRole("button", { name: "Discover", exact: true }).click();
    await page.getByRole("heading", { name: "The search failed" }).waitFor();
    await page.getByText("the disk is full. No face and no name was changed.").waitFor();
    await page.unroute("**/api/faces/discover");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Two groups wait for a name" }).waitFor();
  });

  it("says so when no two faces are alike", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([1, 1, 1]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("heading", { name: "No two faces look alike yet" }).waitFor();
    expect(await page.locator("#once ~ p").textContent()).toMatch(/^Three passers-by/);
  });

  it("offers what the daemon cannot answer again, instead of an empty page", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), "about:blank");
    await page.route("**/api/faces/clusters?*", (route) => route.fulfill({ status: 502, body: "bad gateway" }));
    await page.goto(`${system.url}/`);
    await page.getByRole("heading", { name: "The groups could not be loaded" }).waitFor();
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
    const picture = page.locator(".mosaic").first();
    await picture.waitFor();
    const box = await picture.boundingBox();
    const touch = await context.newCDPSession(page);
    const touchPoints = [{ x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + 60 }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await page.getByRole("region", { name: "Selected groups" }).getByText("1 group").waitFor();
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    // While selecting, a tap on another picture adds it.
    await page.locator(".mosaic").nth(1).tap();
    await page.getByRole("region", { name: "Selected groups" }).getByText("2 groups").waitFor();
    expect(page.url()).not.toContain("group");
  });
});
