import { expect, it } from "vitest";
import type { ClustersAnswer } from "../../../src/wire/out/schemas.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { startSystem } from "./system.ts";

/** One group of two people, so much alike that discovery joins them. */
async function startWithTwoAsOne() {
  const system = await startSystem();
  const anna = makeEncoding(1_000);
  const berta = makeNear(anna, 0.4, 99);
  const faces = (who: string, middle: Float32Array, count: number, seed: number) =>
    Array.from({ length: count }, (_, i) => ({
      id: `${who}-${i}`,
      camera: "door",
      encoding: [...makeNear(middle, 0.3, seed + i)],
    }));
  await system.publish([...faces("anna", anna, 10, 1), ...faces("berta", berta, 9, 50)]);
  await system.discover();
  const clusters = async () => (await system.get<ClustersAnswer>("api/faces/clusters")).clusters;
  const sizes = async () => (await clusters()).map(({ size }) => size);
  const [group] = await clusters();
  return { system, sizes, address: `${system.url}/?page=group&id=${group?.id}` };
}

it("makes two of a group that shows two people, one again with Undo, two with Redo", { timeout: 60_000 }, async () => {
  const { sizes, address } = await startWithTwoAsOne();
  expect(await sizes()).toEqual([19]);
  const { page, complaints } = await openPage(await openBrowser(), address);
  const proposal = page.getByRole("region", { name: "This looks like two people" });
  const undo = page.getByRole("button", { name: "Undo" });
  await proposal.getByText("10 photos").waitFor();
  await proposal.getByText("9 photos").waitFor();
  // A name for both is not the likely thing to do, but can be given.
  const bar = page.getByRole("region", { name: "What to do" });
  expect(await bar.locator(".main").count()).toBe(0);
  expect(await bar.getByRole("button", { name: "Name…" }).isEnabled()).toBe(true);
  expect(await page.locator("[data-item]").count()).toBe(19);

  await proposal.getByRole("button", { name: "Split into two" }).click();
  await page.getByText("10 photos and 9 photos are two groups now").waitFor();
  await page.getByText(/^10 photos on /).waitFor();
  await expect.poll(() => page.locator("[data-item]").count()).toBe(10);
  expect(await proposal.count()).toBe(0);
  expect(await sizes()).toEqual([10, 9]);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");

  await undo.click();
  await proposal.waitFor();
  await expect.poll(() => page.locator("[data-item]").count()).toBe(19);
  expect(await sizes()).toEqual([19]);
  await page.getByRole("button", { name: "Redo" }).click();
  await page.getByText(/^10 photos on /).waitFor();
  expect(await sizes()).toEqual([10, 9]);
  expect(complaints).toEqual([]);
});

it("remembers that it is one person, with Undo, and nothing moves", { timeout: 60_000 }, async () => {
  const { sizes, address } = await startWithTwoAsOne();
  const { page } = await openPage(await openBrowser(), address, PHONE);
  const proposal = page.getByRole("region", { name: "This looks like two people" });
  await proposal.waitFor();
  const top = () =>
    page
      .locator("[data-item]")
      .first()
      .evaluate((tile) => tile.getBoundingClientRect().top);
  const before = await top();
  await proposal.getByRole("button", { name: "No, one person" }).tap();
  await proposal.getByText("Remembered: one person").waitFor();
  expect(await top()).toBe(before);
  await page.reload();
  await page.getByText(/^19 photos on /).waitFor();
  expect(await proposal.count()).toBe(0);
  expect(await sizes()).toEqual([19]);
});
