import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DESKTOP, openBrowser, openPage, PHONE } from "./browser.ts";
import { findViolations } from "./find-violations.ts";
import { makeFaces, startSystem } from "./system.ts";

async function scrollsSideways(page: Page): Promise<boolean> {
  // A phone's browser widens its own window to what does not fit: only the screen says how much fits.
  const screen = page.viewportSize()?.width ?? 0;
  return (await page.evaluate(() => document.documentElement.scrollWidth)) > screen;
}

describe("every page is accessible:", { timeout: 120_000 }, () => {
  it.each([
    ["a phone in the dark", { ...PHONE, colorScheme: "dark" as const }],
    ["a phone in the light", { ...PHONE, colorScheme: "light" as const }],
    ["a desktop in the dark", { ...DESKTOP, colorScheme: "dark" as const }],
    ["a desktop in the light", { ...DESKTOP, colorScheme: "light" as const }],
  ])("has no serious findings and fits, on %s", async (_, device) => {
    const system = await startSystem({ recognition: { threshold: 0.6 } });
    const browser = await openBrowser();
    const { page, complaints } = await openPage(browser, `${system.url}/`, device);
    const seen: Record<string, string[]> = {};
    async function look(name: string): Promise<void> {
      // Announced again by what is drawn, not by the clock.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const found = await findViolations(page);
      if (await scrollsSideways(page)) found.push("scrolls sideways");
      if (found.length > 0) seen[name] = found;
    }
    const open = async (search: string, heading: string | RegExp) => {
      await page.goto(`${system.url}/${search}`);
      await page.getByRole("heading", { name: heading }).first().waitFor();
    };

    await page.getByRole("heading", { name: "Waiting for the first face" }).waitFor();
    await look("first start");
    await system.publish(await makeFaces([8, 5, 4, 3, 2, 1, 1]));
    await page.getByRole("heading", { name: "24 faces have been seen" }).waitFor();
    await look("never looked");
    await system.discover();
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, {
      name: "Владислава Константинопольская",
    });
    await system.send("POST", `api/faces/clusters/${clusters[3]?.id}/ignore`, {});
    // More faces of a known person.
    const more = await makeFaces([3]);
    await system.publish(more.map((face) => ({ ...face, id: `${face.id}-again` })));
    await system.discover();

    await open("", /unknown face/);
    await page.getByRole("link", { name: /More of people you know/ }).waitFor();
    await page.locator("[data-at]").first().waitFor();
    await look("unknown faces");
    await page.getByRole("button", { name: "Select" }).click();
    await look("nothing selected");
    for (const at of [0, 1]) await page.locator(`[data-at="${at}"]`).click();
    await look("faces selected");
    await page.getByRole("button", { name: "Name…" }).click();
    await page.getByRole("dialog").getByRole("option").first().waitFor();
    await look("one name for several");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.locator("[data-at]").last().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: /^(Name for|Find)/ }).fill("Вла");
    await look("a name being typed");
    await page.keyboard.press("Escape");
    await page.locator("[data-at]").last().focus();
    await page.keyboard.press("i");
    await page.getByRole("button", { name: "Tidy up" }).waitFor();
    await look("just ignored");
    await open("?page=unknown&q=nobody", /No unknown face fits/);
    await look("nothing fits");
    await open("?page=unknown&size=once", /seen only once/);
    await page.getByRole("button", { name: "Ignore those seen once…" }).click();
    await page.getByRole("dialog").getByRole("heading").waitFor();
    await look("ignoring those seen once");
    await page.keyboard.press("Escape");
    await open(`?page=group&id=${clusters[1]?.id}`, "Who is this?");
    await page.locator("[data-item]").first().waitFor();
    await look("a group");
    await page.locator("[data-item]").first().click();
    await look("a group with a photo selected");
    await page.getByRole("button", { name: "Name…" }).click();
    await look("a group being named");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "By visit" }).click();
    await look("a group by visit");
    await open("?page=group&id=nothing", "This group is gone");
    await look("a group that is gone");
    await open("?page=review", /Same person|No questions/);
    await look("the review");
    await open("?page=ignored", /ignored/);
    await look("ignored groups");
    await open("?page=people", "You know one person");
    await look("people");
    await page.locator(".people a").first().click();
    await page.locator("[data-item]").first().waitFor();
    await look("a person");
    if (device.viewport.width < 900) await page.getByRole("button", { name: "When and where" }).click();
    await page.getByRole("heading", { name: "Hours of the day" }).waitFor();
    await look("when and where a person was seen");
    if (device.viewport.width < 900) await page.getByRole("button", { name: /^\d+ photos$/ }).click();
    await page.keyboard.press("r");
    await look("a person being renamed");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Select", exact: true }).click();
    await page.locator("[data-item]").first().click();
    await look("photos selected");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Least alike first" }).click();
    await page.getByText("The first are least like the others.").waitFor();
    await look("the least alike");
    await page.getByRole("button", { name: /^More:/ }).click();
    await look("what can be done with a person");
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.getByRole("dialog").getByRole("heading").waitFor();
    await look("a day to go to");
    await page.keyboard.press("Escape");
    await page.locator(".bye button").click();
    await page.getByRole("dialog").getByRole("heading").waitFor();
    await look("a person to be deleted");
    await page.keyboard.press("Escape");
    await open("?page=activity", /visits? today/);
    await look("activity");
    await page.locator(".visit").first().click();
    await page.locator(".why").waitFor();
    await look("why");
    await page.locator(".happened .fix .btn").last().click();
    await page.getByRole("option").last().waitFor();
    await look("whom to choose");
    await page.keyboard.press("Escape");
    await open("?page=threshold", "How sure must it be before it uses a name?");
    await page.getByRole("slider").waitFor();
    await look("how strict");
    await page.keyboard.press("PageDown");
    await page.getByText("At 0.55", { exact: true }).waitFor();
    await look("how strict, moved");
    await page.goto(`${system.url}/?page=status`);
    await page.getByRole("heading", { name: "Photos by camera" }).waitFor();
    await look("status");
    await page.getByRole("button", { name: "Change when to look for new faces" }).click();
    await page.getByRole("dialog").getByRole("heading").waitFor();
    await look("when new faces are looked for");
    await page.keyboard.press("Escape");
    await page.goto(`${system.url}/?page=map`);
    await page.locator(".spot").first().waitFor();
    await look("the map");
    for (const at of [0, 1]) await page.locator(".spot").nth(at).dispatchEvent("click", { ctrlKey: true });
    await page.getByRole("region", { name: "What is selected" }).waitFor();
    await look("several selected on the map");
    await page.goto(`${system.url}/?page=history`);
    await page
      .getByRole("button", { name: /^Undo:/ })
      .first()
      .waitFor();
    await look("changes");
    await page
      .getByRole("button", { name: /^Photos:/ })
      .first()
      .click();
    await page.getByRole("dialog", { name: /^Photo 1/ }).waitFor();
    await look("a photo, large");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByRole("heading").first().waitFor();
    await look("the keys");
    expect(seen).toEqual({});
    expect(complaints).toEqual([]);
  });

  it("can be pressed with a finger: nothing on a phone is smaller than 44 by 44, but for what stands in text", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([8, 5, 1]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`, PHONE);
    await page.locator("[data-at]").first().waitFor();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, .btn, .nav a, .fold, .chip, .cell, .tile")]
        .filter((element) => element.offsetParent !== null)
        .map((element) => ({
          name: element.textContent?.trim() || element.className,
          box: element.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
    );
    expect(small).toEqual([]);
  });
});
