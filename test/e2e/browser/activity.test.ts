import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { VisitJson } from "../../../src/wire/out/schemas.ts";
import type { TestConfig } from "../../helpers/start-test-app.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type PublishedFace, type System, startSystem } from "./system.ts";

/** Anna is known by 5 faces of earlier; `now` is another face of the n-th made person, seen now. */
async function systemWithAnna(recognition: TestConfig["recognition"] = {}) {
  const system = await startSystem({ recognition: { cooldown_seconds: 30, visit_seconds: 2, ...recognition } });
  await system.publish(await makeFaces([5]));
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
  await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
  return system;
}

/** What a visit is turns out when it ends. */
const UNTIL_ENDED = { timeout: 10_000 };

let shots = 0;

/** Further faces of made people, seen now at one camera. */
async function see(system: System, person: number, count = 1, camera = "garage"): Promise<void> {
  const faces = (await makeFaces([count], person)).map(({ timestamp: _, ...face }): PublishedFace => {
    shots++;
    return { ...face, id: `now-${shots}`, camera };
  });
  for (const face of faces) await system.publish([face]);
}

/** The row of a visit, by its name. */
const rowOf = (page: Page, who: string) =>
  page.locator(".happened").filter({ has: page.locator(".visit").filter({ hasText: who }) });

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim().slice(0, 40) ?? "");

/** Who the visits at the garage were, newest first. */
async function garage(system: System): Promise<(string | null)[]> {
  const { visits } = await system.get<{ visits: VisitJson[] }>("api/visits?camera=garage");
  return visits.map(({ person, state }) => (state === "ignored" ? state : person));
}

describe("Activity", { timeout: 60_000 }, () => {
  it("shows visits as they happen, each once however many photos it has, and why; what is opened follows", async () => {
    const system = await systemWithAnna();
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("button", { name: /^Anna/ }).first().waitFor();

    await see(system, 1, 3);
    const anna = page.getByRole("button", { name: /Anna.*Garage, 3 photos so far/ });
    await anna.waitFor();
    await see(system, 60);
    await page.getByRole("button", { name: /Stranger.*Garage, 1 photo so far/ }).waitFor();

    await anna.click();
    expect(await anna.getAttribute("aria-expanded")).toBe("true");
    const why = page.locator(".why");
    await why.getByText(/^Anna 0\.\d\d$/).waitFor();
    await why.getByRole("img", { name: /^Clearly Anna: Anna is 0\.\d\d away/ }).waitFor();
    await expect.poll(() => why.locator(".photos button").count()).toBe(3);
    await see(system, 1);
    await expect.poll(() => why.locator(".photos button").count()).toBe(4);

    await why.getByRole("link", { name: "Open Anna" }).click();
    await page.getByRole("heading", { level: 1, name: "Anna" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("still shows what happened after it is loaded again, under the names of now", async () => {
    const system = await systemWithAnna();
    await see(system, 1, 2);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("button", { name: /Anna.*Garage, 2 photos/ }).waitFor();
    await system.send("PATCH", "api/faces/registry/anna", { name: "Anja" });
    await page.getByRole("button", { name: /Anja.*Garage, 2 photos/ }).waitFor();
    await expect.poll(() => page.getByText("Anna", { exact: true }).count()).toBe(0);
  });

  it("is filtered by kind, person, camera and day, and the address says so", async () => {
    const system = await systemWithAnna();
    await see(system, 1);
    await see(system, 60);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    const rows = page.locator(".visit");
    const filter = page.getByRole("group", { name: "Show only" });
    await page.getByRole("button", { name: /Stranger.*Garage/ }).waitFor();
    await filter.getByRole("button", { name: "People", exact: true }).click();
    await expect
      .poll(() => rows.allTextContents().then((all) => all.map((text) => /Anna/.test(text))), UNTIL_ENDED)
      .toEqual([true]);
    await filter.getByRole("button", { name: "Strangers" }).click();
    await filter.getByRole("combobox", { name: "Camera" }).selectOption("garage");
    await expect.poll(() => rows.count(), UNTIL_ENDED).toBe(1);
    expect(page.url()).toContain("kind=unknown");
    expect(page.url()).toContain("camera=garage");

    await filter.getByRole("button", { name: "Everyone" }).click();
    await page.getByRole("dialog").getByRole("option", { name: "Anna" }).click();
    expect(page.url()).toContain("person=anna");
    await page.getByRole("heading", { name: "No visit matches" }).waitFor();
    await filter.getByRole("button", { name: "Only Anna" }).click();
    await expect.poll(() => rows.count()).toBe(1);
    await filter.getByLabel("Day").fill("2026-02-01");
    await page.getByRole("heading", { level: 1, name: "No visits, " }).waitFor();
    expect(page.url()).toContain("day=2026-02-01");
    await page.getByRole("button", { name: "Show everything" }).click();
    await page.getByRole("button", { name: /Stranger.*Garage/ }).waitFor();

    // As Home Assistant links to it.
    await page.goto(`${system.url}/?page=activity&camera=garage`);
    await expect.poll(() => rows.count()).toBe(2);
    expect(await filter.getByRole("combobox", { name: "Camera" }).inputValue()).toBe("garage");
  });

  it("uses no name where two are too close: both are one tap away", async () => {
    const system = await systemWithAnna({ margin: 0.3 });
    const anna = makeEncoding(1);
    const julia = makeNear(anna, 0.8, 7);
    await system.publish((await makeFaces([3], 2)).map((face) => ({ ...face, encoding: [...julia] })));
    await system.discover();
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Julia" });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity&kind=ambiguous`);
    await page.getByRole("heading", { name: "No visit matches" }).waitFor();
    const between = anna.map((value, at) => (value + (julia[at] as number)) / 2);
    await system.publish([{ id: "between", camera: "garage", encoding: [...between] }]);
    const row = page.locator(".happened");
    await row.getByRole("button", { name: /(Anna or Julia|Julia or Anna)\?.*no name was used/ }).click();
    await page
      .locator(".why")
      .getByText(/Anna 0\.\d\d, Julia 0\.\d\d|Julia 0\.\d\d, Anna 0\.\d\d/)
      .waitFor();
    await row.getByRole("button", { name: "Julia", exact: true }).click();
    await page.getByText("1 photo is now Julia").waitFor();
    await expect.poll(() => garage(system)).toEqual(["Julia"]);
    await row.getByRole("button", { name: /^Julia.*corrected/ }).waitFor();
  });

  it("leads from a stranger to the group that waits for a name", async () => {
    const system = await systemWithAnna();
    await see(system, 60, 3);
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("button", { name: /Stranger.*Garage, 3 photos/ }).click();
    await page.getByRole("link", { name: "Open the group" }).click();
    await page.waitForURL(/page=group/);
  });

  it("does not move what is being read: new visits wait in their own spot", async () => {
    const system = await systemWithAnna();
    await see(system, 60);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    const stranger = page.getByRole("button", { name: /Stranger.*Garage/ });
    await stranger.click();
    await page.locator(".why dl").waitFor();
    const before = await stranger.boundingBox();
    await see(system, 1);
    await page.getByRole("button", { name: "1 new: show the visits" }).waitFor();
    expect(await stranger.boundingBox()).toEqual(before);
    await page.getByRole("button", { name: "1 new: show the visits" }).click();
    await page.getByRole("button", { name: /Anna.*Garage/ }).waitFor();
    await expect.poll(() => focused(page)).toMatch(/^Anna/);
  });

  it("puts a wrong visit right in two taps on a phone; its row stays where it is and says so", async () => {
    const system = await systemWithAnna();
    await system.publish((await makeFaces([4], 20)).map((face) => ({ ...face, camera: "garden" })));
    await system.discover();
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Bob" });
    await see(system, 60, 2);
    await see(system, 1, 2);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity&camera=garage`, PHONE);
    const anna = rowOf(page, "Anna");
    await anna.getByRole("button", { name: /^It is…/ }).tap();
    await page.getByRole("dialog").getByRole("option", { name: "Bob" }).tap();
    await page.getByText("2 photos are now Bob").waitFor();
    await expect.poll(() => garage(system)).toEqual(["Bob", null]);
    await expect
      .poll(() => page.locator(".visit").allTextContents())
      .toEqual([expect.stringMatching(/Bob[\s\S]*corrected/), expect.stringMatching(/Stranger/)]);
    expect(await focused(page)).toMatch(/^(Bob|It is…)/);

    // Taken back by the toast, and only this.
    await page.getByRole("button", { name: "Undo" }).tap();
    await expect.poll(() => garage(system)).toEqual(["Anna", null]);
    await rowOf(page, "Anna").waitFor();
  });

  it("takes a wrong name off at once: the toast offers who it is, beside undo; a second press does nothing else", async () => {
    const system = await systemWithAnna();
    await see(system, 1, 2);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity&kind=recognized`);
    const row = page.locator(".happened", { hasText: "Garage" });
    await row.getByRole("button", { name: /^Wrong/ }).dblclick();
    await page.getByText("2 photos are no longer Anna").waitFor();
    await expect.poll(() => garage(system)).toEqual([null]);
    await row.getByText("Garage, 2 photos; not Anna").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await expect.poll(() => focused(page)).toMatch(/^Stranger/);
    await page.locator(".toast").getByRole("button", { name: "It is…" }).click();
    await page.getByRole("dialog").getByRole("combobox").fill("Carl");
    expect(await page.getByRole("dialog").getByRole("option").allTextContents()).toEqual([
      expect.stringContaining("New person “Carl”"),
    ]);
    await page.keyboard.press("Enter");
    await expect.poll(() => garage(system)).toEqual(["Carl"]);
    await row.getByRole("button", { name: /^Carl/ }).waitFor();
  });

  it("names a stranger with all their visits, and ignores one, which stays in sight and can be undone", async () => {
    const system = await systemWithAnna({ visit_seconds: 1 });
    await see(system, 60, 2);
    await see(system, 61, 1, "garden");
    await see(system, 60, 2, "driveway");
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    const again = page.locator(".happened", { hasText: /Stranger \d+/ });
    await expect.poll(() => again.count(), UNTIL_ENDED).toBe(2);
    await again.first().locator(".badge", { hasText: "2" }).waitFor();
    await again
      .first()
      .getByRole("button", { name: /^Name…/ })
      .click();
    await page.getByRole("dialog").getByRole("combobox").fill("Dora");
    await page.keyboard.press("Enter");
    await page.getByText("4 photos are now Dora").waitFor();
    await expect.poll(() => page.locator(".visit", { hasText: "Dora" }).count()).toBe(2);
    await expect.poll(() => garage(system)).toEqual(["Dora"]);

    const other = page.locator(".happened", { hasText: "Garden" }).filter({ hasText: "Stranger" });
    await other.getByRole("button", { name: /^Ignore/ }).click();
    await page.getByText("1 photo ignored").waitFor();
    await other.getByText("Garden, 1 photo; ignored").waitFor();
    await page.keyboard.press("z");
    await other.getByText("ignored").waitFor({ state: "detached" });
    const { visits } = await system.get<{ visits: VisitJson[] }>("api/visits");
    expect(visits.map(({ state }) => state)).not.toContain("ignored");
  });

  it("goes back to what it was when the daemon refuses, and says why once", async () => {
    const system = await systemWithAnna();
    await see(system, 1, 2);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity&camera=garage`);
    await page.route("**/api/visits/*/correct", (route) =>
      route.fulfill({
        status: 507,
        contentType: "application/problem+json",
        body: JSON.stringify({ code: "STORAGE_FULL", detail: "disk full", status: 507 }),
      }),
    );
    await rowOf(page, "Anna")
      .getByRole("button", { name: /^Wrong/ })
      .click();
    await page.getByText(/The disk is full/).waitFor();
    await rowOf(page, "Anna")
      .getByRole("button", { name: /^Wrong/ })
      .waitFor();
    expect(await page.getByText(/The disk is full/).count()).toBe(1);
  });

  it("says what somebody else put right, without undo", async () => {
    const system = await systemWithAnna();
    await see(system, 1, 2);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity&camera=garage`);
    await rowOf(page, "Anna").waitFor();
    const { visits } = await system.get<{ visits: VisitJson[] }>("api/visits?camera=garage");
    await system.send("POST", `api/visits/${visits[0]?.visit_id}/correct`, { person: "Eva" });
    await page.getByText(/^Changed by someone else: Garage, \d\d:\d\d was Eva$/).waitFor();
    expect(await page.locator(".toast").getByRole("button", { name: "Undo" }).count()).toBe(0);
    await page.getByRole("button", { name: /^Eva.*corrected/ }).waitFor();
  });

  it("opens a photo large, with those before and after it, and what puts the visit right", async () => {
    const system = await systemWithAnna();
    await see(system, 1, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity&camera=garage`);
    await page.getByRole("button", { name: "Photo of Anna" }).click();
    const large = page.getByRole("dialog");
    await large
      .getByText(/Photo \d of 3/)
      .first()
      .waitFor();
    await large.getByRole("button", { name: /Wrong/ }).waitFor();
    await page.keyboard.press("Escape");
    await large.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Photo of Anna");
  });

  it("is walked through and put right with the keyboard", async () => {
    const system = await systemWithAnna();
    await see(system, 60);
    await see(system, 1);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity&camera=garage`);
    await page.getByRole("button", { name: /Anna.*Garage/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("button", { name: /Stranger.*Garage/ }).getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("Escape");
    await page.locator(".why").waitFor({ state: "detached" });

    // W is of known people only.
    await page.keyboard.press("w");
    await page.keyboard.press("n");
    await page.getByRole("dialog").waitFor();
    // Anna is not like the stranger: she is listed, and not proposed.
    await page.getByRole("option", { name: "Anna" }).waitFor();
    expect(await page.locator('[role=option][aria-selected="true"]').count()).toBe(0);
    await page.keyboard.type("Ann");
    // What is highlighted is what Enter takes: the listed one, not a new person by the beginning of a name.
    expect(await page.locator('[role=option][aria-selected="true"]').textContent()).toContain("Anna");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator('[role=option][aria-selected="true"]').textContent()).toContain("New person “Ann”");
    await page.keyboard.press("Enter");
    await expect.poll(() => garage(system)).toEqual(["Anna", "Ann"]);
    await expect.poll(() => focused(page)).toMatch(/^Ann\b/);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("w");
    await expect.poll(() => garage(system)).toEqual([null, "Ann"]);
    await expect.poll(() => focused(page)).toMatch(/^Stranger/);
    await page.keyboard.press("i");
    await expect.poll(() => garage(system)).toEqual(["ignored", "Ann"]);
    await page.keyboard.press("f");
    await expect.poll(() => focused(page)).toBe("All");
  });

  it("says what will stand here before anything was seen, and what to do when it cannot be loaded", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("heading", { name: "Nothing has been seen yet" }).waitFor();
    await page.route("**/api/visits*", (route) => route.fulfill({ status: 502, body: "bad gateway" }));
    await page.reload();
    await page.getByRole("heading", { name: "Activity could not be loaded" }).waitFor();
    await page.unroute("**/api/visits*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Nothing has been seen yet" }).waitFor();
  });
});
