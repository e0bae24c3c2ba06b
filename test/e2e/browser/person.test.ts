import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DESKTOP, openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type PublishedFace, type System, startSystem } from "./system.ts";

interface People {
  readonly people: readonly { readonly name: string; readonly faces: number; readonly recognized: number }[];
}

const DAY_MS = 86_400_000;

/** People with so many faces each, named from the groups that discovery finds. */
async function systemOf(people: Readonly<Record<string, number>>): Promise<System> {
  const system = await startSystem();
  await system.publish(await makeFaces(Object.values(people)));
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string; size: number }[] }>("api/faces/clusters");
  for (const [name, size] of Object.entries(people)) {
    const id = clusters.find((cluster) => cluster.size === size)?.id;
    await system.send("POST", `api/faces/clusters/${id}/assign`, { name });
  }
  return system;
}

/** Another face of the `person`-th of {@link makeFaces}, `daysAgo`. */
async function another(id: string, daysAgo: number, person = 1, camera = "garage"): Promise<PublishedFace> {
  const [face] = await makeFaces([1], person);
  const timestamp = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  return { ...(face as PublishedFace), id, camera, timestamp };
}

const people = async (system: System) =>
  (await system.get<People>("api/faces/registry")).people.map((one) => [one.name, one.faces]).sort();
const open = async (system: System, search = "page=person&id=anna", device: object = DESKTOP) => {
  const { page } = await openPage(await openBrowser(), `${system.url}/?${search}`, device);
  await page.locator("[data-item]").first().waitFor();
  return page;
};
const tiles = (page: Page) => page.locator("[data-item]");
const bar = (page: Page) => page.getByRole("region", { name: "What is selected" });
const refuse = (page: Page, url: string) =>
  page.route(url, (route) =>
    route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"code":"INTERNAL","detail":"oh"}' }),
  );

describe("a person's photos", { timeout: 60_000 }, () => {
  it("are one stream, named and recognized, newest first and by day", async () => {
    const system = await systemOf({ Anna: 5 });
    await system.publish([await another("a", 1), await another("b", 3)]);
    const page = await open(system);
    await page.getByRole("heading", { name: "7 photos" }).waitFor();
    expect(await page.getByRole("option", { name: /, recognized/ }).count()).toBe(2);
    expect(await page.getByRole("option", { name: /, named by you/ }).count()).toBe(5);
    expect(await page.locator(".day h3").allTextContents()).toMatchObject([
      expect.stringContaining("Today"),
      expect.stringContaining("Yesterday"),
      expect.any(String),
    ]);
    await page.getByRole("button", { name: "Recognized 2" }).click();
    await expect.poll(() => tiles(page).count()).toBe(2);
    await page.getByRole("button", { name: "Recognized 2" }).click();
    await expect.poll(() => tiles(page).count()).toBe(7);
  });

  it("are shown by camera, and which one stays over a reload", async () => {
    const system = await systemOf({ Anna: 6 });
    const page = await open(system);
    await page.getByRole("combobox", { name: "Camera" }).selectOption("Garden");
    await expect.poll(() => tiles(page).count()).toBe(2);
    await page.reload();
    await tiles(page).first().waitFor();
    expect(await tiles(page).count()).toBe(2);
    await page.getByRole("button", { name: "Driveway, 2 photos" }).click();
    await expect.poll(() => page.getByRole("combobox", { name: "Camera" }).inputValue()).toBe("driveway");
    await page.getByRole("combobox", { name: "Camera" }).selectOption("All cameras");
    await expect.poll(() => tiles(page).count()).toBe(6);
  });

  it("are reached by their day: in the calendar, and by a date", async () => {
    const system = await systemOf({ Anna: 5 });
    const many: PublishedFace[] = [];
    for (let day = 1; day <= 45; day++) for (let n = 0; n < 8; n++) many.push(await another(`d${day}-${n}`, day));
    await system.publish(many);
    const page = await open(system);
    const dayOf = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS);
    const written = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
    const on = (daysAgo: number) =>
      page.getByRole("listbox", { name: written.format(dayOf(daysAgo)) }).getByRole("option");
    const hasFocus = (daysAgo: number) =>
      on(daysAgo)
        .first()
        .evaluate((tile) => tile === document.activeElement);
    expect(await on(40).count()).toBe(0);
    const cell = page.getByRole("button", { name: `${written.format(dayOf(40))}: 8 photos` });
    for (let tries = 0; tries < 2 && !(await cell.isVisible()); tries++) {
      await page.getByRole("button", { name: "Month before" }).click();
    }
    await cell.click();
    await on(40).first().waitFor();
    await expect.poll(() => hasFocus(40)).toBe(true);
    expect(await on(40).count()).toBe(8);

    await page.keyboard.press("g");
    const field = page.getByRole("dialog").getByLabel("Day", { exact: true });
    const [day, month, year] = dayOf(3).toLocaleDateString("en-GB").split("/");
    await field.fill(`${year}-${month}-${day}`);
    await page.getByRole("button", { name: "Go", exact: true }).click();
    await on(3).first().waitFor();
    await expect.poll(() => hasFocus(3)).toBe(true);
    const top = await on(3).first().boundingBox();
    expect(top?.y).toBeGreaterThan(0);
    expect(top?.y).toBeLessThan(DESKTOP.viewport.height / 2);
  });

  it("come least alike first when that is asked for, and who differs is marked", async () => {
    const system = await systemOf({ Anna: 8 });
    const { people: known } = await system.get<{ people: { person_id: string }[] }>("api/faces/registry");
    expect(known).toHaveLength(1);
    const [stranger] = await makeFaces([1], 7);
    await system.publish([stranger as PublishedFace]);
    const { faces } = await system.get<{ faces: { face_id: number; uid: string }[] }>("api/faces?state=unassigned");
    await system.send("POST", "api/faces/assign", { faces: [faces[0]?.face_id], name: "Anna" });
    const page = await open(system);
    await page.getByRole("button", { name: "Least alike first" }).click();
    await page.getByText("The first are least like the others.").waitFor();
    await expect.poll(() => tiles(page).first().getAttribute("data-item")).toBe(String(faces[0]?.face_id));
    expect(await tiles(page).first().getByText("Different").isVisible()).toBe(true);
    expect(await page.getByText("Different", { exact: true }).count()).toBe(1);
  });

  it("wait where they are new: nothing moves under a finger", async () => {
    const system = await systemOf({ Anna: 5 });
    const page = await open(system);
    const first = await tiles(page).first().getAttribute("data-item");
    const before = await tiles(page).first().boundingBox();
    await system.publish([await another("new", 0)]);
    await page.getByRole("button", { name: "Show one new photo" }).waitFor();
    expect(await tiles(page).first().getAttribute("data-item")).toBe(first);
    expect(await tiles(page).first().boundingBox()).toEqual(before);
    await page.getByRole("button", { name: "Show one new photo" }).click();
    await page.getByRole("heading", { name: "6 photos" }).waitFor();
    expect(await tiles(page).first().getAttribute("data-item")).not.toBe(first);
    expect(await page.getByRole("button", { name: /new photo/ }).count()).toBe(0);
  });

  it("are offered where they look like the person and have no name", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([5]));
    await system.discover();
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    // Seen before anybody had a name, and in no group.
    await system.publish([await another("a", 1), await another("b", 2)]);
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
    const page = await open(system);
    await page.getByText("Add 2 earlier photos that look like Anna?").waitFor();
    await page.getByRole("button", { name: "Add 2", exact: true }).click();
    await page.getByText("2 more photos are now Anna").waitFor();
    await expect.poll(() => people(system)).toEqual([["Anna", 7]]);
    await expect.poll(() => tiles(page).count()).toBe(7);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => people(system)).toEqual([["Anna", 5]]);
    await page.reload();
    await page.getByRole("button", { name: "No", exact: true }).click();
    expect(await page.getByText(/earlier photos that look like/).count()).toBe(0);
    await page.reload();
    await tiles(page).first().waitFor();
    expect(await page.getByText(/earlier photos that look like/).count()).toBe(0);
  });
});

describe("a wrong photo", { timeout: 60_000 }, () => {
  it("is taken out by X, as a step of its own: Z brings back the photo, and nothing else", async () => {
    const system = await systemOf({ Anna: 5 });
    const page = await open(system);
    const [first, second] = [
      await tiles(page).nth(0).getAttribute("data-item"),
      await tiles(page).nth(1).getAttribute("data-item"),
    ];
    await tiles(page).first().focus();
    await page.keyboard.press("x");
    await page.getByText("1 photo is no longer Anna").waitFor();
    await expect.poll(() => people(system)).toEqual([["Anna", 4]]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-item"))).toBe(second);
    await page.keyboard.press("z");
    await expect.poll(() => people(system)).toEqual([["Anna", 5]]);
    await expect.poll(() => tiles(page).first().getAttribute("data-item")).toBe(first);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Anna");
  });

  it("leaves the focus on the photo before, and after the last one on the name", async () => {
    const system = await systemOf({ Anna: 3 });
    const page = await open(system);
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute("data-item") ?? document.activeElement?.tagName);
    const before = await tiles(page).nth(1).getAttribute("data-item");
    await tiles(page).last().focus();
    await page.keyboard.press("x");
    await expect.poll(focused).toBe(before);
    await page.keyboard.press("x");
    await page.keyboard.press("x");
    await expect.poll(focused).toBe("H1");
  });

  it("is taken out on a phone without scrolling, several at once, and comes back by one undo", async () => {
    const system = await systemOf({ Anna: 6 });
    const page = await open(system, undefined, PHONE);
    await page.getByRole("button", { name: "Select", exact: true }).tap();
    await tiles(page).nth(0).tap();
    await tiles(page).nth(2).tap();
    const out = bar(page).getByRole("button", { name: "Not Anna" });
    const box = (await out.boundingBox()) ?? { y: 9_999, height: 0 };
    expect(box.y + box.height).toBeLessThanOrEqual(PHONE.viewport.height);
    expect(await page.getByRole("navigation").isVisible()).toBe(false);
    await out.tap();
    await page.getByText("2 photos are no longer Anna").waitFor();
    await expect.poll(() => people(system)).toEqual([["Anna", 4]]);
    expect(await tiles(page).count()).toBe(4);
    await page.getByRole("button", { name: "Undo" }).tap();
    await expect.poll(() => people(system)).toEqual([["Anna", 6]]);
    await expect.poll(() => tiles(page).count()).toBe(6);
  });

  it("is selected by a long press, and opened by a tap", async () => {
    const system = await systemOf({ Anna: 4 });
    const page = await open(system, undefined, PHONE);
    const { x, y, width } = (await tiles(page).nth(1).boundingBox()) ?? { x: 0, y: 0, width: 0 };
    const client = await page.context().newCDPSession(page);
    const touchPoints = [{ x: x + width / 2, y: y + width / 2 }];
    await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await bar(page).getByText("1 photo selected").waitFor();
    await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    expect(await tiles(page).nth(1).getAttribute("aria-selected")).toBe("true");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await bar(page).getByRole("button", { name: "Cancel" }).tap();
    await tiles(page).nth(1).tap();
    await page.getByRole("dialog").waitFor();
  });

  it("is taken out where it is shown large, too, and the focus goes on to the next one", async () => {
    const system = await systemOf({ Anna: 4 });
    const page = await open(system);
    const next = await tiles(page).nth(2).getAttribute("data-item");
    await tiles(page).nth(1).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Not Anna" }).click();
    await expect.poll(() => people(system)).toEqual([["Anna", 3]]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-item"))).toBe(next);
    expect(await tiles(page).count()).toBe(3);
  });

  it("is moved to somebody else, known or new, as one change", async () => {
    const system = await systemOf({ Anna: 6, Omar: 3 });
    const page = await open(system);
    await tiles(page).nth(0).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowRight");
    await bar(page).getByText("2 photos selected").waitFor();
    await bar(page).getByRole("button", { name: "Move to…" }).click();
    await page.getByRole("dialog").getByText("Omar").click();
    await page.getByText("2 photos are now Omar").waitFor();
    await expect
      .poll(() => people(system))
      .toEqual([
        ["Anna", 4],
        ["Omar", 5],
      ]);
    expect(await tiles(page).count()).toBe(4);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => people(system))
      .toEqual([
        ["Anna", 6],
        ["Omar", 3],
      ]);
    await expect.poll(() => tiles(page).count()).toBe(6);
  });

  it("comes back when the daemon refuses, and that is said once", async () => {
    const system = await systemOf({ Anna: 5 });
    const page = await open(system);
    await refuse(page, "**/unassign");
    await tiles(page).first().focus();
    await page.keyboard.press("x");
    await page.getByText(/^That did not work\./).waitFor();
    expect(await page.getByText(/That did not work/).count()).toBe(1);
    await expect.poll(() => tiles(page).count()).toBe(5);
    expect(await people(system)).toEqual([["Anna", 5]]);
  });
});

describe("a good photo", { timeout: 60_000 }, () => {
  it("is made the portrait from the list, which is undone from the toast", async () => {
    const system = await systemOf({ Anna: 4 });
    const portrait = async () =>
      (await system.get<{ people: { portrait_face: number | null }[] }>("api/faces/registry")).people[0]?.portrait_face;
    const page = await open(system);
    const id = Number(await tiles(page).nth(2).getAttribute("data-item"));
    await page.getByRole("button", { name: "Select", exact: true }).click();
    const choose = bar(page).getByRole("button", { name: "As portrait" });
    expect(await choose.isDisabled()).toBe(true);
    await tiles(page).nth(1).click();
    await tiles(page).nth(2).click();
    expect(await choose.isDisabled()).toBe(true);
    await tiles(page).nth(1).click();
    await choose.click();
    await page.getByText("Anna has a new portrait").waitFor();
    expect(await portrait()).toBe(id);
    await page.locator(`.portrait img[src$="/${id}/thumbnail"]`).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(portrait).toBeNull();
  });
});

describe("what is begun on a person's page", { timeout: 60_000 }, () => {
  it("is there after a reload: what is selected, and the half-typed name", async () => {
    const system = await systemOf({ Anna: 5 });
    const page = await open(system);
    await page.getByRole("button", { name: "Select", exact: true }).click();
    await tiles(page).nth(1).click();
    await tiles(page).nth(3).click();
    const selected = () =>
      page.locator("[aria-selected=true]").evaluateAll((all) => all.map((one) => one.getAttribute("data-item")));
    await expect.poll(async () => (await selected()).length).toBe(2);
    const before = await selected();
    await page.getByRole("button", { name: "Rename" }).first().click();
    await page.getByRole("textbox", { name: "New name for Anna" }).fill("Annabe");
    await page.reload();
    await bar(page).getByText("2 photos selected").waitFor();
    expect(await selected()).toEqual(before);
    expect(await page.getByRole("textbox", { name: "New name for Anna" }).inputValue()).toBe("Annabe");
    await page.getByRole("textbox", { name: "New name for Anna" }).press("Enter");
    await page.getByText("Anna is now Annabe").waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => people(system)).toEqual([["Anna", 5]]);
  });

  it("is by two tabs on a phone: the photos, and when and where", async () => {
    const system = await systemOf({ Anna: 5 });
    const page = await open(system, undefined, PHONE);
    expect(await page.getByRole("heading", { name: "Hours of the day" }).isVisible()).toBe(false);
    const first = (await tiles(page).first().boundingBox()) ?? { y: 9_999 };
    expect(first.y).toBeLessThan(PHONE.viewport.height);
    await page.getByRole("button", { name: "When and where" }).tap();
    await page.getByRole("heading", { name: "Hours of the day" }).waitFor();
    expect(await tiles(page).first().isVisible()).toBe(false);
    await page.getByRole("button", { name: /Today, .*: \d photos?/ }).tap();
    await tiles(page).first().waitFor();
  });
});

describe("a person", { timeout: 60_000 }, () => {
  it("is merged only after the dialog said what that means, and the merge can be undone", async () => {
    const system = await systemOf({ Anna: 5, Anja: 3 });
    const page = await open(system, "page=person&id=anja");
    await page.keyboard.press("r");
    await page.getByRole("textbox", { name: "New name for Anja" }).fill("anna");
    await page.getByRole("button", { name: "Save" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading").first().waitFor();
    expect(await people(system)).toEqual([
      ["Anja", 3],
      ["Anna", 5],
    ]);
    await sheet.getByRole("button", { name: /^Merge/ }).click();
    await page.getByRole("heading", { level: 1, name: "Anna" }).waitFor();
    await expect.poll(() => people(system)).toEqual([["Anna", 8]]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => people(system))
      .toEqual([
        ["Anja", 3],
        ["Anna", 5],
      ]);
  });

  it("is exported, deleted with the photos kept, and brought back", async () => {
    const system = await systemOf({ Anna: 5 });
    const page = await open(system);
    await page.getByRole("button", { name: /^More:/ }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export", exact: true }).click(),
    ]);
    const saved = JSON.parse(await readFile(await file.path(), "utf8")) as { people: Record<string, unknown> };
    expect(Object.keys(saved.people)).toEqual(["Anna"]);
    await page.getByText("Anna should not be here?").scrollIntoViewIfNeeded();
    await page.locator(".bye").getByRole("button", { name: "Delete Anna…" }).click();
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "DELETE") asked.push(request.url());
    });
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).dblclick();
    await page.getByRole("heading", { name: "You know nobody yet" }).waitFor();
    expect(await people(system)).toEqual([]);
    expect(asked).toHaveLength(1);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { name: "You know one person" }).waitFor();
    expect(await people(system)).toEqual([["Anna", 5]]);
  });

  it("is erased only when that was chosen, by a button that says so, and then for good", async () => {
    const system = await systemOf({ Anna: 5 });
    const page = await open(system);
    await page.getByRole("button", { name: /^More:/ }).click();
    await page.locator(".menu").getByRole("button", { name: "Delete Anna…" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("radio", { name: /Erase the photos/ }).check();
    await sheet.getByRole("button", { name: "Cancel" }).click();
    expect(await people(system)).toEqual([["Anna", 5]]);
    await page.locator(".bye").getByRole("button", { name: "Delete Anna…" }).click();
    await sheet.getByRole("radio", { name: /Erase the photos/ }).check();
    await sheet.getByRole("button", { name: "Erase for good" }).click();
    await page.getByRole("heading", { name: "You know nobody yet" }).waitFor();
    const status = await system.get<{ stats: { faces: number } }>("api/status");
    expect(status.stats.faces).toBe(0);
    expect(await page.getByRole("button", { name: "Undo" }).count()).toBe(0);
  });

  it("is left with its dialog when one goes back", async () => {
    const system = await systemOf({ Anna: 5 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=people`);
    await page.getByRole("link", { name: /Anna/ }).click();
    await page.locator("[data-item]").first().click();
    await page.getByRole("dialog").waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "You know one person" }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });
});
