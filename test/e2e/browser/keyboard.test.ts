import { describe, expect, it } from "vitest";
import { openBrowser, openPage } from "./browser.ts";
import { makeFaces, startSystem } from "./system.ts";

interface People {
  readonly people: readonly { readonly name: string; readonly faces: number }[];
}

describe("with the keyboard alone", { timeout: 60_000 }, () => {
  it("everything can be done", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([8, 6, 4, 3]));
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`);
    const people = async () =>
      (await system.get<People>("api/faces/registry")).people.map((one) => [one.name, one.faces]);
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

    await page.getByRole("button", { name: "Look for new faces" }).waitFor();
    await press("d");
    await page.getByRole("heading", { level: 1, name: "4 unknown faces" }).waitFor();
    const field = (photos: number) => page.getByRole("combobox", { name: `Name for these ${photos} photos` });

    // Name the first.
    await press("ArrowRight", "Enter");
    await field(8).waitFor();
    await page.keyboard.type("Anna");
    await press("Enter");
    await page.getByText("8 photos are now Anna").first().waitFor();
    await expect.poll(people).toEqual([["Anna", 8]]);

    // Take it back.
    await press("z");
    await page.getByRole("heading", { level: 1, name: "4 unknown faces" }).waitFor();
    await expect.poll(people).toEqual([]);

    // Ignore the last, select two and name them together.
    await page.locator('[data-at="0"]').focus();
    await press("End", "i");
    await page.getByText("3 photos are ignored").waitFor();
    await press("Home", "Space", "ArrowRight", "Space");
    await page.getByRole("region", { name: "What is selected" }).getByText("2 faces selected").waitFor();
    await press("Enter");
    await page.getByRole("dialog").getByRole("combobox").waitFor();
    await page.keyboard.type("Rosa");
    await press("Enter");
    await expect.poll(people).toEqual([["Rosa", 14]]);

    // Open the third, take a face out, name the rest after a known person: by number.
    await press("Escape", "Escape");
    await page.locator(".cell:not(.away)").first().focus();
    await press("o");
    await page.getByRole("heading", { name: /Who is this/ }).waitFor();
    await page.locator("[data-item]").first().waitFor();
    await press("ArrowRight", "ArrowRight", "x");
    await page.getByText("One is taken out", { exact: true }).waitFor();
    await press("n");
    await page.getByRole("option", { name: /Rosa/ }).waitFor();
    await press("1");
    await page.getByRole("dialog").getByRole("heading", { name: "This adds 3 photos to Rosa" }).waitFor();
    // They do not look alike: Enter alone does not add them.
    await press("Tab", "Enter");
    await expect.poll(people).toEqual([["Rosa", 17]]);

    // People: find, open, rename, take out.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press("Shift+Digit2");
    await page.getByRole("heading", { name: "You know one person" }).waitFor();
    await press("/");
    await page.keyboard.type("ros");
    await press("Enter");
    await page.getByRole("heading", { level: 1, name: "Rosa" }).waitFor();
    await press("r");
    await page.keyboard.type("Rosalia");
    await press("Enter");
    await page.getByRole("heading", { level: 1, name: "Rosalia" }).waitFor();
    await page.locator("[data-item]").first().waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press("ArrowRight", "x");
    await expect.poll(people).toEqual([["Rosalia", 16]]);

    await press("?");
    await page.getByRole("dialog").getByRole("heading", { name: "Keys" }).waitFor();
    await press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });
});
