import { describe, expect, it } from "vitest";
import { openBrowser, openPage } from "./browser.ts";
import { makeFaces, startSystem } from "./system.ts";

describe("two browsers at once", { timeout: 60_000 }, () => {
  it("see what the other does without loading again", async () => {
    const system = await startSystem();
    const browser = await openBrowser();
    const one = await openPage(browser, `${system.url}/`);
    const other = await openPage(browser, `${system.url}/`);
    await one.page.getByRole("heading", { name: "Waiting for the first face" }).waitFor();
    await system.publish(await makeFaces([6, 4]));

    await one.page.getByRole("button", { name: "Look for new faces" }).click();
    for (const { page } of [one, other]) await page.getByRole("heading", { name: "2 unknown faces" }).waitFor();

    await one.page.getByRole("option", { name: /, 6 photos,/ }).focus();
    await one.page.keyboard.press("Enter");
    await one.page.getByRole("combobox", { name: "Name for these 6 photos" }).fill("Anna");
    await one.page.keyboard.press("Enter");
    await other.page.getByRole("heading", { level: 1, name: "1 unknown face" }).waitFor();

    await other.page.getByRole("link", { name: "People", exact: true }).click();
    await other.page.getByRole("link", { name: /Anna/ }).click();
    await one.page.goto(`${system.url}/?page=person&id=anna`);
    await other.page.getByRole("button", { name: "Rename" }).click();
    await other.page.getByRole("textbox", { name: "New name for Anna" }).fill("Anja");
    await other.page.getByRole("button", { name: "Save" }).click();
    await one.page.getByRole("heading", { level: 1, name: "Anja" }).waitFor();
    expect([...one.complaints, ...other.complaints]).toEqual([]);
  });

  it("do not take away what the other has in hand: new ones wait behind a button", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([6, 4]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("option", { name: /, 6 photos,/ }).focus();
    await page.keyboard.press("Enter");
    const field = page.getByRole("combobox", { name: "Name for these 6 photos" });
    await field.pressSequentially("Hal");
    const before = await field.boundingBox();
    await system.publish(await makeFaces([9, 8, 7], 50));
    await system.discover();
    const fresh = page.getByRole("button", { name: "Show 3 new unknown faces" });
    await fresh.waitFor();
    expect(await field.inputValue()).toBe("Hal");
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await field.boundingBox()).toEqual(before);
    await fresh.click();
    await expect.poll(() => page.locator("[data-at]").count()).toBe(5);
  });

  it("do not move the one that is being named when the others change their order", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([6, 4]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("option", { name: /, 4 photos,/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 4 photos" }).pressSequentially("Hal");
    // The smaller group becomes the larger one.
    const more = await makeFaces([9], 2);
    await system.publish(more.map((face) => ({ ...face, id: `${face.id}-more` })));
    await system.discover();
    const grown = page.getByRole("combobox", { name: "Name for these 13 photos" });
    await grown.waitFor();
    expect(await grown.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await page.getByRole("option", { name: /, 13 photos,/ }).getAttribute("aria-posinset")).toBe("2");
    await page.keyboard.type("ina");
    await page.keyboard.press("Enter");
    await page.getByText("13 photos are now Halina").waitFor();
  });
});
