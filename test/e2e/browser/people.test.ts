import { describe, expect, it } from "vitest";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

const LONG = "Maximilian-Alexander von Hohenberg-Lichtenstein";
const FROM_THE_RIGHT = "מרים כהן לוי";

/** Anna with 5 photos, one with a long name and 4, one with a name from right to left and 3. */
async function threePeople(): Promise<System> {
  const system = await startSystem();
  await system.publish(await makeFaces([5, 4, 3]));
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string; size: number }[] }>("api/faces/clusters");
  for (const [name, size] of [
    ["Anna", 5],
    [LONG, 4],
    [FROM_THE_RIGHT, 3],
  ] as const) {
    const id = clusters.find((cluster) => cluster.size === size)?.id;
    await system.send("POST", `api/faces/clusters/${id}/assign`, { name });
  }
  return system;
}

describe("the people", { timeout: 60_000 }, () => {
  it("are all there, with who is here now in a ring", async () => {
    const system = await threePeople();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=people`);
    await page.getByRole("heading", { level: 1, name: "You know 3 people" }).waitFor();
    expect(await page.locator(".people a").count()).toBe(3);
    expect(await page.locator(".people .here").count()).toBe(0);
    const [face] = await makeFaces([1]);
    await system.publish([{ ...face, id: "now", camera: "garage", timestamp: new Date().toISOString() } as never]);
    await page.locator(".people .here", { hasText: "Garage, now" }).waitFor();
    await page.getByText("Anna is here: Garage.").waitFor();
  });

  it("are found and sorted, and stay so over a reload", async () => {
    const system = await threePeople();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=people`);
    await page.getByRole("combobox", { name: "Order" }).selectOption("By name");
    await expect.poll(() => page.locator(".people strong").allTextContents()).toEqual(["Anna", LONG, FROM_THE_RIGHT]);
    await page.keyboard.press("/");
    await page.keyboard.type("max");
    await expect.poll(() => page.locator(".people strong").allTextContents()).toEqual([LONG]);
    await page.reload();
    await expect.poll(() => page.locator(".people strong").allTextContents()).toEqual([LONG]);
    expect(await page.getByRole("combobox", { name: "Order" }).inputValue()).toBe("name");
    await page.getByRole("searchbox").fill("nobody");
    await page.getByRole("button", { name: "Show everybody" }).click();
    await expect.poll(() => page.locator(".people a").count()).toBe(3);
  });

  it("fit on a phone whatever they are called: two lines, from right to left too", async () => {
    const system = await threePeople();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=people`, PHONE);
    const name = page.locator(".people strong", { hasText: LONG });
    await name.waitFor();
    const { height } = (await name.boundingBox()) ?? { height: 0 };
    expect(height).toBeLessThanOrEqual(41);
    expect(await name.locator("..").getAttribute("title")).toBe(LONG);
    const direction = page.locator(".people strong", { hasText: FROM_THE_RIGHT });
    expect(await direction.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.viewport.width);
  });
});
