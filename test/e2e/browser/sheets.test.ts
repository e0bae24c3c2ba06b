import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser, openPage } from "./browser.ts";
import { findViolations } from "./find-violations.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const DESKTOP = { viewport: { width: 1440, height: 900 } } as const;

interface People {
  readonly people: readonly {
    readonly name: string;
    readonly person_id: string;
    readonly faces: number;
    readonly portrait: string | null;
    readonly portrait_face: number | null;
  }[];
}

/** People by name, each with so many faces. */
async function systemOf(people: Readonly<Record<string, number>>): Promise<System> {
  const system = await startSystem();
  await system.publish(await makeFaces(Object.values(people)));
  const names = Object.keys(people);
  const { faces } = await system.get<{ faces: { face_id: number; uid: string }[] }>("api/faces?limit=1000");
  for (const [at, name] of names.entries()) {
    const own = faces.filter((face) => face.uid.startsWith(`p${at + 1}-`)).map((face) => face.face_id);
    await system.send("POST", "api/faces/assign", { faces: own, name });
  }
  return system;
}

const people = async (system: System) => (await system.get<People>("api/faces/registry")).people;
const counts = async (system: System) => (await people(system)).map((one) => [one.name, one.faces]);
async function openMerge(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^More:/ }).click();
  await page
    .locator(".menu")
    .getByRole("button", { name: /^Merge/ })
    .click();
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName.toLowerCase());

describe("merging people", { timeout: 90_000 }, () => {
  const many = Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`Person ${String.fromCharCode(65 + i)}`, 1]));

  it.each([
    ["a phone", PHONE],
    ["a wide screen", DESKTOP],
  ])("offers all of 23 people on %s, with a field to search, none cut off", async (_, size) => {
    const system = await systemOf(many);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=person_a`, size);
    await openMerge(page);
    const sheet = page.getByRole("dialog");
    await expect.poll(() => sheet.getByRole("option").count()).toBe(23);
    // On touch screens the keyboard would cover the people: there the title has the focus.
    expect(await focused(page)).toBe("hasTouch" in size ? "h2" : "input");
    const seen = await sheet.getByRole("option").evaluateAll((options) => {
      const list = options[0]?.closest("[role=listbox]")?.getBoundingClientRect();
      return options.filter((one) => one.getBoundingClientRect().bottom <= (list?.bottom ?? 0) + 1).length;
    });
    expect(seen).toBeGreaterThanOrEqual("hasTouch" in size ? 20 : 15);
    expect((await sheet.boundingBox())?.height).toBeLessThanOrEqual(size.viewport.height);
    await sheet.getByRole("option", { name: "Person X" }).scrollIntoViewIfNeeded();
    await sheet.getByRole("combobox").fill("person k");
    await expect.poll(() => sheet.getByRole("option").allInnerTexts()).toEqual(["Person K"]);
  });

  it("shows both at one size with how alike they are, asks whose name stays, and is undone from the toast", async () => {
    const system = await systemOf({ Anna: 5, Anja: 3, Bob: 2 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`, PHONE);
    await openMerge(page);
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("option", { name: "Anja" }).click();
    await sheet.getByRole("heading", { name: "Are they the same person?" }).waitFor();
    const sizes = await sheet
      .locator(".duo .face")
      .evaluateAll((all) => all.map((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height]));
    expect(sizes).toHaveLength(2);
    expect(sizes[0]).toEqual(sizes[1]);
    await sheet.locator("f-ruler[role=img]").waitFor();
    // The name with more photos is proposed.
    expect(await sheet.getByRole("radio", { name: "Keep the name Anna" }).isChecked()).toBe(true);
    await sheet.getByText("Anna stays, with 8 photos. Home Assistant forgets Anja. Can be undone.").waitFor();
    await sheet.getByRole("radio", { name: "Keep the name Anja" }).check();
    await sheet.getByText("Anja stays, with 8 photos. Home Assistant forgets Anna. Can be undone.").waitFor();
    await sheet.getByRole("button", { name: "Merge into Anja" }).click();
    await page.getByText("The photos of Anna are now Anja").waitFor();
    expect(await counts(system)).toEqual([
      ["Anja", 8],
      ["Bob", 2],
    ]);
    await expect.poll(() => new URL(page.url()).searchParams.get("id")).toBe("anja");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => counts(system))
      .toEqual([
        ["Anja", 3],
        ["Anna", 5],
        ["Bob", 2],
      ]);
  });

  it("changes nothing when it is cancelled, by the button or by Esc", async () => {
    const system = await systemOf({ Anna: 2, Bob: 2 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`, DESKTOP);
    const sheet = page.getByRole("dialog");
    const ask = async () => {
      await openMerge(page);
      await sheet.getByRole("option", { name: "Bob" }).click();
      await sheet.getByRole("button", { name: /^Merge into/ }).waitFor();
    };
    await ask();
    await sheet.getByRole("button", { name: "Cancel" }).click();
    await sheet.waitFor({ state: "hidden" });
    await ask();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    expect(await counts(system)).toEqual([
      ["Anna", 2],
      ["Bob", 2],
    ]);
  });
});

describe("choosing a portrait", { timeout: 60_000 }, () => {
  it("shows the photos, saves the one that is tapped, and is undone from the toast", async () => {
    const system = await systemOf({ Anna: 6 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`, PHONE);
    const choose = page.getByRole("button", { name: "Choose the portrait of Anna" });
    await choose.click();
    const sheet = page.getByRole("dialog");
    await expect.poll(() => sheet.locator(".portraits button").count()).toBe(6);
    const tile = sheet.locator(".portraits button").nth(3);
    const source = await tile.locator("img").getAttribute("src");
    await tile.click();
    await page.getByText("Anna has a new portrait").waitFor();
    const face = Number(/faces\/(\d+)\//.exec(source ?? "")?.[1]);
    expect((await people(system))[0]).toMatchObject({ portrait_face: face, portrait: `api/faces/${face}/thumbnail` });
    await choose.click();
    await expect.poll(() => sheet.locator("[aria-pressed=true]").count()).toBe(1);
    expect(await sheet.locator("[aria-pressed=true] img").getAttribute("src")).toBe(source);
    await sheet.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await people(system))[0]?.portrait_face).toBeNull();
  });

  it("goes by the arrow keys, and back to the automatic one", async () => {
    const system = await systemOf({ Anna: 4 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`, DESKTOP);
    const choose = page.getByRole("button", { name: "Choose the portrait of Anna" });
    await choose.click();
    const tiles = page.getByRole("dialog").locator(".portraits button");
    await expect.poll(() => tiles.first().evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByText("Anna has a new portrait").waitFor();
    await choose.click();
    await page.getByRole("button", { name: "Choose it automatically" }).click();
    await page.getByText("The portrait of Anna is chosen automatically again").waitFor();
    expect((await people(system))[0]?.portrait_face).toBeNull();
  });
});

describe("the sheets of people are accessible:", { timeout: 120_000 }, () => {
  it.each([
    ["a phone in the dark", { ...PHONE, colorScheme: "dark" as const }],
    ["a phone in the light", { ...PHONE, colorScheme: "light" as const }],
    ["a wide screen in the dark", { ...DESKTOP, colorScheme: "dark" as const }],
    ["a wide screen in the light", { ...DESKTOP, colorScheme: "light" as const }],
  ])("no serious findings on %s", async (_, size) => {
    const system = await systemOf({ Anna: 3, مريم: 2, "Владислава Константинопольская": 1 });
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`, size);
    const sheet = page.getByRole("dialog");
    await openMerge(page);
    await expect.poll(() => sheet.getByRole("option").count()).toBe(2);
    expect(await findViolations(page)).toEqual([]);
    await sheet.getByRole("option").first().click();
    await sheet.getByRole("heading", { name: "Are they the same person?" }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Choose the portrait of Anna" }).click();
    await expect.poll(() => sheet.locator(".portraits button").count()).toBe(3);
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
