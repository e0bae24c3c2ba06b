import { describe, expect, it } from "vitest";
import type { ClustersAnswer } from "../../../src/wire/out/schemas.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { openBrowser, openPage } from "./browser.ts";
import { makeFaces, startSystem } from "./system.ts";

/** Anna and Bo are named from five and four faces; `again` publishes more faces around a person's, `away` from them. */
async function start() {
  const system = await startSystem();
  await system.publish(await makeFaces([5, 4]));
  await system.discover();
  const clusters = async (query = "") => (await system.get<ClustersAnswer>(`api/faces/clusters${query}`)).clusters;
  for (const [i, { id }] of (await clusters()).entries()) {
    await system.send("POST", `api/faces/clusters/${id}/assign`, { name: i === 0 ? "Anna" : "Bo" });
  }
  let made = 0;
  async function again(person: number, away: number, count: number) {
    made++;
    const middle = makeNear(makeEncoding(person), away, made);
    const faces = Array.from({ length: count }, (_, i) => ({
      id: `again-${made}-${i}`,
      camera: "garden",
      encoding: [...makeNear(middle, 0.1, made * 100 + i)],
    }));
    await system.publish(faces);
  }
  return { system, clusters, again };
}

describe("more of people one knows", { timeout: 60_000 }, () => {
  it("is one folded line that opens the review, and does not count as unknown", async () => {
    const { system, again } = await start();
    await again(1, 0.05, 3);
    await again(2, 0.05, 2);
    await system.publish(await makeFaces([4], 7));
    await system.discover();
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("heading", { level: 1, name: "1 unknown face" }).waitFor();
    expect(await page.locator("[data-at]").count()).toBe(1);
    const line = page.getByRole("link", { name: /More of people you know/ });
    await line.getByText("2 groups, 5 photos").waitFor();
    await expect.poll(() => line.locator(".face").count()).toBe(2);
    await line.click();
    await page.waitForURL(/page=review/);
    expect(complaints).toEqual([]);
  });

  it("does not appear above what is on the screen when somebody is named", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([5, 4]));
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    const tile = page.getByRole("option", { name: /, 5 photos,/ });
    const before = await tile.boundingBox();
    await tile.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 5 photos" }).fill("Anna");
    await page.keyboard.press("Enter");
    await page.getByText("5 photos are now Anna").waitFor();
    const more = (await makeFaces([3])).map((face) => ({ ...face, id: `${face.id}-again` }));
    // Not recognized when they come, so that they wait as more of Anna.
    await system.send("PATCH", "api/settings", { "recognition.threshold": 0.3 });
    await system.publish(
      more.map((face, n) => ({ ...face, encoding: [...makeNear(Float32Array.from(face.encoding), 0.36, n)] })),
    );
    await system.send("PATCH", "api/settings", { "recognition.threshold": null });
    await system.discover();
    await expect
      .poll(async () => (await page.getByRole("option", { name: "Anna, 5 photos, named" }).boundingBox())?.y)
      .toBe(before?.y);
    expect(await page.getByRole("link", { name: /More of people you know/ }).count()).toBe(0);
  });

  it("leaves who is only perhaps somebody among the unknown ones, without a name", async () => {
    const { system, clusters, again } = await start();
    // Nobody is recognized when they come, so that they are not Anna's already.
    await system.send("PATCH", "api/settings", { "recognition.threshold": 0.3 });
    for (const away of [0.36, 0.4, 0.44, 0.48, 0.52]) await again(1, away, 3);
    await system.send("PATCH", "api/settings", { "recognition.threshold": null });
    await system.discover();
    const perhaps = (await clusters("?state=waiting")).find((one) => one.suggestion?.level === "perhaps");
    expect(perhaps?.suggestion?.person).toBe("Anna");
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    const tile = page.locator(`[data-cluster="${perhaps?.id}"]`);
    await tile.waitFor();
    expect(await tile.textContent()).not.toContain("Anna");
  });
});
