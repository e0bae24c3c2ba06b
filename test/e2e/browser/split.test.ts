import { expect, it } from "vitest";
import type { ClustersAnswer } from "../../../src/wire/out/schemas.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { openBrowser, openPage } from "./browser.ts";
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
  const sizes = async () => (await system.get<ClustersAnswer>("api/faces/clusters")).clusters.map(({ size }) => size);
  return { system, sizes };
}

it("makes two of a group that shows two people, on its card and on its page, one again with Undo, two with Redo", {
  timeout: 60_000,
}, async () => {
  const { system, sizes } = await startWithTwoAsOne();
  expect(await sizes()).toEqual([19]);
  const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`);
  const proposal = page.getByRole("region", { name: "These may be two people" });
  const make = proposal.getByRole("button", { name: "Make two groups" });
  const undo = page.getByRole("button", { name: "Undo" });

  await proposal.getByText("10 faces").waitFor();
  await proposal.getByText("9 faces").waitFor();
  // The first thing to do by key, too; naming all of them stays possible.
  await page.locator("article[data-cluster]").focus();
  await page.keyboard.press("Enter");
  expect(await make.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await page.getByRole("combobox", { name: "Name for these 19 faces" }).isVisible()).toBe(true);
  await page.keyboard.press("Enter");
  await page.getByText("Now two groups: 10 faces and 9 faces").waitFor();
  await page.getByRole("heading", { name: "Two groups wait for a name" }).waitFor();
  expect(await sizes()).toEqual([10, 9]);
  expect(await proposal.count()).toBe(0);
  await undo.click();
  await proposal.waitFor();
  expect(await sizes()).toEqual([19]);

  await page.getByRole("link", { name: "See all 19 faces" }).click();
  await page.getByText(/^19 faces, .*\. Loosely alike\.$/).waitFor();
  const worst = page.getByRole("button", { name: /Fits worst$/ });
  expect(await worst.count()).toBe(1);
  await worst.click();
  await page.getByRole("region", { name: "The chosen face in its frame" }).getByText("Fits worst").waitFor();
  await make.click();
  await page.getByText(/^10 faces, .*\. Alike\.$/).waitFor();
  await expect.poll(() => page.locator("[data-item]").count()).toBe(10);
  expect(await proposal.count()).toBe(0);
  await undo.click();
  await proposal.waitFor();
  await expect.poll(() => page.locator("[data-item]").count()).toBe(19);
  expect(await sizes()).toEqual([19]);
  await page.getByRole("button", { name: "Redo" }).click();
  await page.getByText(/^10 faces, /).waitFor();
  expect(await sizes()).toEqual([10, 9]);
  expect(complaints).toEqual([]);
});
