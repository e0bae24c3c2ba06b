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

    await one.page.getByRole("button", { name: "Discover", exact: true }).click();
    for (const { page } of [one, other])
      await page.getByRole("heading", { name: "Two groups wait for a name" }).waitFor();

    await one.page.getByRole("combobox", { name: "Name for these 6 faces" }).fill("Anna");
    await one.page.getByRole("button", { name: "Assign" }).click();
    await other.page.getByRole("heading", { name: "One group waits for a name" }).waitFor();

    await other.page.getByRole("link", { name: "People", exact: true }).click();
    await other.page.getByRole("link", { name: /Anna/ }).click();
    await one.page.goto(`${system.url}/?page=person&id=anna`);
    await other.page.getByRole("button", { name: "Rename" }).click();
    await other.page.getByRole("textbox", { name: "New name for Anna" }).fill("Anja");
    await other.page.getByRole("button", { name: "Save" }).click();
    await one.page.getByRole("heading", { level: 1, name: "Anja" }).waitFor();
    expect([...one.complaints, ...other.complaints]).toEqual([]);
  });

  it("do not take away what the other has in hand: new groups wait behind a pill", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([6, 4]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    const field = page.getByRole("combobox", { name: "Name for these 6 faces" });
    await field.pressSequentially("Hal");
    await system.publish(await makeFaces([9, 8, 7], 50));
    await system.discover();
    await page.getByRole("button", { name: "Show three more groups" }).waitFor();
    expect(await field.inputValue()).toBe("Hal");
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.getByRole("button", { name: "Show three more groups" }).click();
    await page.getByRole("heading", { name: "Five groups wait for a name" }).waitFor();
  });

  it("do not take the cursor away from who is typing when the groups change their order", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([6, 4]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    const field = page.getByRole("combobox", { name: "Name for these 4 faces" });
    await field.pressSequentially("Hal");
    // The smaller group becomes the larger one.
    const more = await makeFaces([9], 2);
    await system.publish(more.map((face) => ({ ...face, id: `${face.id}-more` })));
    await system.discover();
    const grown = page.getByRole("combobox", { name: "Name for these 13 faces" });
    await grown.waitFor();
    expect(await grown.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type("ina");
    expect(await grown.inputValue()).toBe("Halina");
    await grown.evaluate((input: HTMLElement) => input.blur());
    await expect
      .poll(() => page.getByRole("combobox").first().getAttribute("aria-label"))
      .toBe("Name for these 13 faces");
    expect(await page.getByRole("combobox").first().inputValue()).toBe("Halina");
  });
});
