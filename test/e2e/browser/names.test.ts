import { describe, expect, it } from "vitest";
import { openBrowser, openPage } from "./browser.ts";
import { HOSTILE_NAMES } from "./hostile-names.ts";
import { makeFaces, startSystem } from "./system.ts";

interface Clusters {
  readonly clusters: readonly { readonly id: string }[];
}

describe("names are text", { timeout: 180_000 }, () => {
  it(`whatever they look like: ${HOSTILE_NAMES.length} of them, on every page that shows names`, async () => {
    expect(new Set(HOSTILE_NAMES).size).toBe(60);
    const system = await startSystem();
    await system.publish(await makeFaces([...HOSTILE_NAMES.map(() => 2), 3]));
    await system.discover();
    const { clusters } = await system.get<Clusters>("api/faces/clusters?limit=100");
    const [open, ...rest] = clusters;
    for (const [at, name] of HOSTILE_NAMES.entries()) {
      await system.send("POST", `api/faces/clusters/${rest[at]?.id}/assign`, { name });
    }
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=people`);
    await page.evaluate(() => Object.assign(window, { hacked: () => Object.assign(window, { gotIn: true }) }));
    await page.getByRole("heading", { name: "You know 60 people" }).waitFor();

    // People, all of them: drawn as one scrolls.
    const shown = new Set<string>();
    for (let at = 0; at < 40 && shown.size < HOSTILE_NAMES.length; at++) {
      for (const name of await page.locator(".people strong").allTextContents()) shown.add(name);
      await page.mouse.wheel(0, 300);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
    expect([...shown].sort()).toEqual(HOSTILE_NAMES.map((name) => name.normalize("NFC")).sort());

    // A person's own page, and the list under a name field.
    const { people } = await system.get<{ people: { name: string; person_id: string }[] }>(
      "api/faces/registry?limit=100",
    );
    for (const { name, person_id } of people) {
      await page.evaluate((id) => {
        const link = Object.assign(document.createElement("a"), { href: `?page=person&id=${encodeURIComponent(id)}` });
        document.querySelector("main")?.append(link);
        link.click();
        link.remove();
      }, person_id);
      await expect.poll(() => page.locator("main h1").textContent()).toBe(name);
    }
    // Those that faces can be dragged onto.
    await page.goto(`${system.url}/`);
    const targets = page.getByRole("complementary").locator("[data-person] > .cut");
    await expect.poll(() => targets.count()).toBe(HOSTILE_NAMES.length);
    expect((await targets.allTextContents()).sort()).toEqual(HOSTILE_NAMES.map((name) => name.normalize("NFC")).sort());
    await page.goto(`${system.url}/?page=group&id=${open?.id}`);
    await page.evaluate(() => Object.assign(window, { hacked: () => Object.assign(window, { gotIn: true }) }));
    await page.getByRole("button", { name: "Name…" }).click();
    const field = page.getByRole("combobox");
    for (const name of HOSTILE_NAMES.slice(0, 20)) {
      await field.fill(name);
      await page.getByRole("option").filter({ hasText: name }).first().waitFor();
    }
    // And where a name is said in a sentence: the sheet, the toast.
    const worst = HOSTILE_NAMES[0] as string;
    await field.fill(worst);
    await field.press("Enter");
    await page
      .getByRole("dialog")
      .getByRole("heading", { name: `This adds 3 photos to ${worst}` })
      .waitFor();
    await page.getByRole("button", { name: "Add the ticked ones" }).click();
    await page.getByText(`3 photos are now ${worst}`).first().waitFor();

    expect(await page.evaluate(() => "gotIn" in window)).toBe(false);
    expect(await page.locator("main script, main iframe, main b > b, main svg[onload], img[src='x']").count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
