import { readdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, startSystem } from "./system.ts";

const LANGUAGES = readdirSync(new URL("../../../ui/src/texts/languages/", import.meta.url)).map((file) =>
  file.replace(".json", ""),
);

/** What has more text than room: buttons, tabs, chips and the navigation, as a whole or in one of their parts. */
function findClipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > (window.visualViewport?.width ?? innerWidth) + 1;
    const clipped = [...document.querySelectorAll<HTMLElement>(".btn, .act, .chip, .seg > *, .nav a")]
      .filter((one) => one.offsetParent !== null && !one.matches(".choice") && one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.textContent.trim().replace(/\s+/g, " "));
    return wide ? ["the page scrolls sideways", ...clipped] : clipped;
  });
}

it("no language has more to say than a phone has room for", { timeout: 240_000 }, async () => {
  const system = await startSystem({ recognition: { threshold: 0.6 } });
  await system.publish(await makeFaces([8, 5, 4, 3, 2, 1, 1]));
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
  await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
  await system.publish((await makeFaces([3])).map((face) => ({ ...face, id: `${face.id}-again` })));
  await system.discover();
  const pages = [
    "?page=unknown",
    "?page=review",
    "?page=map",
    `?page=group&id=${clusters[1]?.id}`,
    "?page=people",
    "?page=person&id=anna",
    "?page=activity",
    "?page=history",
    "?page=status",
    "?page=threshold",
  ];
  const browser = await openBrowser();
  const { page, complaints } = await openPage(browser, `${system.url}/`, PHONE);
  const found: Record<string, string[]> = {};
  for (const language of LANGUAGES) {
    for (const search of pages) {
      await page.goto(`${system.url}/${search}&lang=${language}`);
      await page.locator("main h1").first().waitFor();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const clipped = await findClipped(page);
      if (clipped.length > 0) found[`${language} ${search}`] = clipped;
    }
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  }
  expect(found).toEqual({});
  expect(complaints).toEqual([]);
});
