import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { ChangesAnswer, ClustersAnswer, PeopleAnswer } from "../../../src/wire/out/schemas.ts";
import { startTestApp } from "../../helpers/start-test-app.ts";
import { DESKTOP, openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

async function systemWith(...sizes: number[]): Promise<System> {
  const system = await startSystem();
  await system.publish(await makeFaces(sizes));
  await system.discover();
  return system;
}

const people = async (system: System) =>
  (await system.get<PeopleAnswer>("api/faces/registry")).people.map((one) => `${one.name} ${one.faces}`).sort();
const sizes = async (system: System, query = "") =>
  (await system.get<ClustersAnswer>(`api/faces/clusters${query}`)).clusters.map((cluster) => cluster.size);
const changes = async (system: System) => (await system.get<ChangesAnswer>("api/changes")).changes.length;

const tile = (page: Page, photos: number) => page.getByRole("option", { name: new RegExp(`, ${photos} photos?,`) });
const title = (page: Page, text: string) => page.getByRole("heading", { level: 1, name: text }).waitFor();
const bar = (page: Page) => page.getByRole("region", { name: "What is selected" });
/** The label of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.querySelector(".sr")?.textContent ?? document.activeElement?.tagName);

describe("unknown faces", { timeout: 60_000 }, () => {
  it("are named where they are: nothing moves, the next one has the focus, and Undo takes it back", async () => {
    const system = await systemWith(7, 4, 3, 1);
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`);
    await title(page, "3 unknown faces");
    const places = () =>
      page.locator("[data-at]").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    const before = await places();
    await tile(page, 7).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 7 photos" }).fill("Zoë");
    await page.keyboard.press("Enter");

    await page.getByText("7 photos are now Zoë").waitFor();
    await page.getByRole("option", { name: "Zoë, 7 photos, named" }).waitFor();
    await title(page, "2 unknown faces");
    expect(await places()).toEqual(before);
    await expect.poll(() => focused(page)).toMatch(/, 4 photos,/);
    expect(await people(system)).toEqual(["Zoë 7"]);

    await page.keyboard.press("z");
    await title(page, "3 unknown faces");
    await tile(page, 7).waitFor();
    expect(await people(system)).toEqual([]);

    await tile(page, 7).focus();
    await page.keyboard.press("i");
    await page.getByText("7 photos are ignored").waitFor();
    await page.getByRole("button", { name: "Tidy up" }).click();
    await expect.poll(() => page.locator("[data-at]").count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it("are named on a phone in three taps and a name", async () => {
    const system = await systemWith(6, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`, PHONE);
    const name = async (photos: number, who: string) => {
      await page.getByRole("button", { name: "Select" }).tap();
      await tile(page, photos).tap();
      await bar(page).getByRole("button", { name: "Name…" }).tap();
      const sheet = page.getByRole("dialog");
      await sheet.getByRole("combobox").fill(who);
      await sheet.getByRole("combobox").press("Enter");
      await sheet.waitFor({ state: "hidden" });
    };
    await name(6, "Anna");
    await page.getByText("6 photos are now Anna").waitFor();
    await name(3, "Bo");
    await expect.poll(() => people(system)).toEqual(["Anna 6", "Bo 3"]);
  });

  it("say whom they would be added to before they are, with the closest two side by side", async () => {
    const system = await systemWith(6, 3);
    const [first] = (await system.get<ClustersAnswer>("api/faces/clusters")).clusters;
    await system.send("POST", `api/faces/clusters/${first?.id}/assign`, { name: "Anna" });
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await tile(page, 3).focus();
    await page.keyboard.press("Enter");
    const field = page.getByRole("combobox", { name: "Name for these 3 photos" });
    await field.fill("an");
    await page.getByRole("option", { name: /Anna/ }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading").waitFor();
    expect(await sheet.locator(".versus img, .duo img").count()).toBe(2);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    expect(await people(system)).toEqual(["Anna 6"]);
    // What was typed is still there.
    expect(await field.inputValue()).toBe("an");
  });

  it("are ignored and brought back from where the ignored ones are", async () => {
    const system = await systemWith(5, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await tile(page, 5).focus();
    await page.keyboard.press("i");
    await page.getByText("5 photos are ignored").waitFor();
    await page.getByRole("option", { name: "Ignored, 5 photos" }).waitFor();
    await expect.poll(() => sizes(system)).toEqual([3]);
    await page.getByRole("link", { name: "Ignored 1 group" }).click();
    await title(page, "1 group is ignored");
    await page.getByRole("button", { name: "Bring back" }).click();
    await page.getByText("5 photos are unknown again").waitFor();
    await expect.poll(() => sizes(system, "?state=ignored")).toEqual([]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => sizes(system, "?state=ignored")).toEqual([5]);
  });

  it("are selected, named together as one change, and undone together; all of it survives a reload", async () => {
    const system = await systemWith(5, 4, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await tile(page, 5).click({ modifiers: ["Control"] });
    await tile(page, 3).click();
    await bar(page).getByText("2 faces selected").waitFor();
    await bar(page).getByRole("button", { name: "Name…" }).click();
    await page.getByRole("dialog").getByRole("combobox").pressSequentially("Ros");

    await page.reload();
    await bar(page).getByText("2 faces selected").waitFor();
    expect(await tile(page, 3).getAttribute("aria-selected")).toBe("true");
    await bar(page).getByRole("button", { name: "Name…" }).click();
    const field = page.getByRole("dialog").getByRole("combobox");
    await expect.poll(() => field.inputValue()).toBe("Ros");
    await field.pressSequentially("a");
    const before = await changes(system);
    await field.press("Enter");
    await page.getByText("8 photos are now Rosa").waitFor();
    expect(await people(system)).toEqual(["Rosa 8"]);
    expect(await changes(system)).toBe(before + 1);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => people(system)).toEqual([]);
    await title(page, "3 unknown faces");
  });

  it("keep a half-typed name at a tile over a reload", async () => {
    const system = await systemWith(5, 4);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await tile(page, 4).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 4 photos" }).pressSequentially("Hal");
    await page.reload();
    await tile(page, 4).focus();
    await page.keyboard.press("Enter");
    expect(await page.getByRole("combobox", { name: "Name for these 4 photos" }).inputValue()).toBe("Hal");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByRole("combobox", { name: "Name for these 4 photos" }).waitFor({ state: "detached" });
    expect(await focused(page)).toMatch(/, 4 photos,/);
  });

  it("are selected as a range by Shift, and ignored as one change", async () => {
    const system = await systemWith(6, 5, 4, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await tile(page, 6).focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await bar(page).getByText("3 faces selected").waitFor();
    await bar(page).getByText("15 photos").waitFor();
    await page.keyboard.press("Escape");
    await bar(page).waitFor({ state: "detached" });
    await tile(page, 5).click({ modifiers: ["Control"] });
    await tile(page, 3).click({ modifiers: ["Shift"] });
    await bar(page).getByText("3 faces selected").waitFor();
    const before = await changes(system);
    await bar(page).getByRole("button", { name: "Ignore" }).click();
    await page.getByText("3 faces are ignored, 12 photos").waitFor();
    expect(await changes(system)).toBe(before + 1);
    expect(await sizes(system)).toEqual([6]);
    await expect.poll(() => focused(page)).toMatch(/, 6 photos,/);
  });

  it("are selected by a long press of a finger, whose end opens nothing; a tap opens the group", async () => {
    const system = await systemWith(4, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`, PHONE);
    await title(page, "2 unknown faces");
    const box = await tile(page, 4).boundingBox();
    const touch = await page.context().newCDPSession(page);
    const point = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 20 };
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
    await bar(page).getByText("1 face selected").waitFor();
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await tile(page, 3).tap();
    await bar(page).getByText("2 faces selected").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await tile(page, 3).tap();
    await page.waitForURL(/page=group/);
  });

  it("are merged into one without a name, which can be undone", async () => {
    const system = await systemWith(6, 5, 2);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await tile(page, 6).click({ modifiers: ["Control"] });
    await tile(page, 5).click();
    await bar(page).getByRole("button", { name: "Merge" }).click();
    await page.getByText("2 faces merged into one, 11 photos").waitFor();
    await tile(page, 11).waitFor();
    expect(await sizes(system)).toEqual([11, 2]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => sizes(system)).toEqual([6, 5, 2]);
    await tile(page, 6).waitFor();
    await tile(page, 5).waitFor();
  });

  it("are dragged onto a person, or onto a new one", async () => {
    const system = await systemWith(6, 5, 4);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await tile(page, 6).dragTo(page.getByRole("button", { name: "New person" }));
    await page.getByRole("combobox", { name: "Name for these 6 photos" }).fill("Anna");
    await page.keyboard.press("Enter");
    await page.getByText("6 photos are now Anna").waitFor();
    await tile(page, 5).dragTo(page.getByRole("complementary").getByRole("button", { name: "Anna" }));
    // They do not look like her: asked first.
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading").waitFor();
    expect(await people(system)).toEqual(["Anna 6"]);
    await sheet.getByRole("button", { name: "Add the ticked ones" }).click();
    await expect.poll(() => people(system)).toEqual(["Anna 11"]);
    // A drag is no click.
    expect(page.url()).not.toContain("group");
  });

  it("that were seen only once are ignored all together, after it is said how many", async () => {
    const system = await systemWith(4, 1, 1, 1);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await title(page, "1 unknown face");
    await page.getByRole("link", { name: "Seen only once 3 faces" }).click();
    await title(page, "3 faces were seen only once");
    const before = await changes(system);
    await page.getByRole("button", { name: "Ignore those seen once…" }).click();
    await page.getByRole("heading", { name: "Ignore 3 faces that were seen only once?" }).waitFor();
    await page.getByRole("button", { name: "Ignore 3", exact: true }).click();
    await page.getByText("3 faces are ignored, 3 photos").waitFor();
    expect(await sizes(system)).toEqual([4]);
    expect(await changes(system)).toBe(before + 1);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => sizes(system)).toEqual([4, 1, 1, 1]);
  });

  it("are found by camera, number of photos and search, as the address says, and an empty filter says what there is", async () => {
    const system = await systemWith(12, 4, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await title(page, "3 unknown faces");
    await page.getByRole("combobox", { name: "How many photos" }).selectOption("many");
    await title(page, "1 unknown face");
    expect(page.url()).toContain("size=many");
    await page.reload();
    await title(page, "1 unknown face");
    await page.getByRole("searchbox").fill("nothing like it");
    await page.getByRole("heading", { name: "No unknown face fits" }).waitFor();
    await page.getByText("3 without these filters.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await title(page, "3 unknown faces");
    await page.getByRole("combobox", { name: "Order" }).selectOption("last_seen");
    await page.getByRole("listbox", { name: "Unknown faces, last seen first" }).waitFor();
    await page.goto(`${system.url}/?page=unknown&day=2020-01-01`);
    await page.getByText("3 on other days.").waitFor();
    await page.getByRole("main").getByRole("button", { name: "Any day" }).last().click();
    await title(page, "3 unknown faces");
  });

  it("go back, and it is said why once, when they are not what was shown", async () => {
    const system = await systemWith(6, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await tile(page, 6).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 6 photos" }).fill("Late");
    // Another client is quicker, and this page is not notified.
    await page.route("**/api/events", (route) => route.abort());
    await page.route("**/assign", async (route) => {
      const [first] = (await system.get<ClustersAnswer>("api/faces/clusters")).clusters;
      await system.send("POST", `api/faces/clusters/${first?.id}/assign`, { name: "Quick" });
      await route.continue();
    });
    await page.keyboard.press("Enter");
    await page
      .getByRole("alert")
      .getByText(/^Not named\./)
      .waitFor();
    expect(await page.getByText(/^Not named\./).count()).toBe(1);
    expect(await people(system)).toEqual(["Quick 6"]);
  });

  it("stay while there is no connection, and say that nothing was changed", async () => {
    const system = await systemWith(3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await title(page, "1 unknown face");
    await system.stop();
    await page.getByText("Not connected.").waitFor();
    await tile(page, 3).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 3 photos" }).fill("Anna");
    await page.keyboard.press("Enter");
    await page.getByText("Not named. There is no connection. Nothing was changed.").waitFor();
    await tile(page, 3).waitFor();

    await startTestApp({ folder: system.folder, httpPort: system.httpPort });
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByText("Not connected.").waitFor({ state: "detached" });
  });

  it.each([
    ["a phone", PHONE],
    ["a desktop", DESKTOP],
  ])("show whom one may mean where one can see it, on %s", async (_, device) => {
    const system = await systemWith(6, 5, 4, 3, 2);
    for (const name of ["Anna", "Bo"]) {
      const [first] = (await system.get<ClustersAnswer>("api/faces/clusters")).clusters;
      await system.send("POST", `api/faces/clusters/${first?.id}/assign`, { name });
    }
    const { page } = await openPage(await openBrowser(), `${system.url}/`, device);
    await tile(page, 2).focus();
    await page.keyboard.press("Enter");
    const line = page.getByRole("option", { name: /Bo/ });
    await line.waitFor();
    await expect
      .poll(async () => {
        const box = await line.boundingBox();
        return box !== null && box.y >= 0 && box.y + box.height <= device.viewport.height;
      })
      .toBe(true);
  });
});
