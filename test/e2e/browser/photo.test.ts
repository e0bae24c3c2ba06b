import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

/** Two photos of Anna with Bert beside her on the first; whole frames are kept. */
async function startWithFrames(): Promise<System> {
  const frames = tempFolder();
  mkdirSync(join(frames, "door"));
  const frame = { create: { width: 640, height: 360, channels: 3, background: "#456" } } as const;
  for (const name of ["1.jpg", "2.jpg"])
    await sharp(frame)
      .jpeg()
      .toFile(join(frames, "door", name));
  const system = await startSystem({ storage: { frames_dir: frames } });
  const [anna, again, bert] = await makeFaces([2, 1]);
  if (!anna || !again || !bert) throw new Error("faces are missing");
  const at = (source: string, x: number, seconds: number) => ({
    camera: "door",
    source: `door/${source}`,
    timestamp: new Date(Date.now() - 60_000 + seconds * 1_000).toISOString(),
    box: { x, y: 120, width: 90, height: 110 },
  });
  await system.publish([
    { ...anna, ...at("1.jpg", 300, 0) },
    { ...bert, ...at("1.jpg", 60, 0) },
    { ...again, ...at("2.jpg", 310, 5) },
  ]);
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string; size: number }[] }>("api/faces/clusters");
  const { id } = clusters.find(({ size }) => size === 2) ?? { id: "" };
  await system.send("POST", `api/faces/clusters/${id}/assign`, { name: "Anna" });
  return system;
}

describe("a photo, large", { timeout: 60_000 }, () => {
  it("boxes everyone who is in the frame with a name, goes on by keys and gives the focus back", async () => {
    const system = await startWithFrames();
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=history`);
    const opener = page.getByRole("button", { name: "Photos: 2 photos were named Anna" });
    await opener.press("Enter");
    const photo = page.getByRole("dialog", { name: "Photo 1 of 2" });
    await photo.locator("[data-box]").first().waitFor();
    const names = async () =>
      (await page.locator("[data-box]").allTextContents()).map((text) => text.trim()).toSorted();
    const shown = [await names()];
    await page.keyboard.press("ArrowRight");
    await page.getByRole("dialog", { name: "Photo 2 of 2" }).locator("[data-box]").first().waitFor();
    shown.push(await names());
    expect(shown.toSorted((a, b) => a.length - b.length)).toEqual([["Anna"], ["Anna", "Unknown"]]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it("can be enlarged and shown whole again, and keys do nothing on the page behind", async () => {
    const system = await startWithFrames();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=history`, PHONE);
    await page.getByRole("button", { name: "Photos: 2 photos were named Anna" }).click();
    await page.locator("[data-box]").first().waitFor();
    const width = async () => (await page.locator(".stage img").boundingBox())?.width ?? 0;
    const whole = await width();
    expect(whole).toBeLessThanOrEqual(360);
    await page.keyboard.press("+");
    expect(await width()).toBeGreaterThan(whole * 1.4);
    await page.keyboard.press("0");
    expect(await width()).toBeCloseTo(whole);
    await page.keyboard.press("d");
    expect(new URL(page.url()).searchParams.get("page")).toBe("history");
  });

  it("without a kept frame shows the face alone and says so", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([3]));
    await system.discover();
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=history`);
    await page.getByRole("button", { name: "Photos: 3 photos were named Anna" }).click();
    await page.getByText("The whole picture is not kept.").waitFor();
  });
});
