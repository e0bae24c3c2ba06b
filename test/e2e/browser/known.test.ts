import { describe, expect, it } from "vitest";
import type { ClustersAnswer, PeopleAnswer } from "../../../src/wire/out/schemas.ts";
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
  const people = async () =>
    (await system.get<PeopleAnswer>("api/faces/registry")).people.map((one) => `${one.name} ${one.faces}`).sort();
  return { system, clusters, again, people };
}

describe("more of people one knows", { timeout: 60_000 }, () => {
  it("is folded, does not wait for a name, and is confirmed at once and undone at once", async () => {
    const { system, again, people } = await start();
    await again(1, 0.05, 3);
    await again(2, 0.05, 2);
    await system.publish(await makeFaces([4], 7));
    await system.discover();
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("heading", { name: "One group waits for a name" }).waitFor();
    const fold = page.getByRole("button", { name: /More of people you know/ });
    await fold.getByText("2 groups, 5 faces").waitFor();
    expect(await page.getByText("Looks like").count()).toBe(0);
    await fold.click();
    await page.getByText("Looks like Anna").waitFor();
    await page.getByRole("button", { name: "Confirm all 2 sure ones" }).click();
    await page.getByText("Two groups confirmed, 5 faces: Anna and Bo").waitFor();
    await fold.waitFor({ state: "detached" });
    expect(await people()).toEqual(["Anna 8", "Bo 6"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await fold.waitFor();
    expect(await people()).toEqual(["Anna 5", "Bo 4"]);
    expect(complaints).toEqual([]);
  });

  it("leaves who is only perhaps somebody among those that wait, to be compared; Enter does not confirm it", async () => {
    const { system, clusters, again, people } = await start();
    // Nobody is recognized when they come, so that they are not Anna's already.
    await system.send("PATCH", "api/settings", { "recognition.threshold": 0.3 });
    for (const away of [0.36, 0.4, 0.44, 0.48, 0.52]) await again(1, away, 3);
    await system.send("PATCH", "api/settings", { "recognition.threshold": null });
    await system.discover();
    const perhaps = (await clusters("?state=waiting")).find((one) => one.suggestion?.level === "perhaps");
    expect(perhaps?.suggestion?.person).toBe("Anna");
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    const card = page.locator(`article[data-cluster="${perhaps?.id}"]`);
    await card.getByText("Could this be Anna?").waitFor();
    expect(await card.getByRole("button", { name: /^Confirm|^Yes/ }).count()).toBe(0);
    expect(await card.getByRole("combobox").inputValue()).toBe("");
    await card.getByRole("combobox").focus();
    await page.keyboard.press("Enter");
    expect(await people()).toEqual(["Anna 5", "Bo 4"]);

    await card.getByRole("button", { name: "Compare 3 faces with Anna" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading", { name: "Is this Anna?" }).waitFor();
    expect(await sheet.locator(".versus .face").count()).toBe(2);
    await page.keyboard.press("Enter");
    await sheet.waitFor({ state: "hidden" });
    expect(await people()).toEqual(["Anna 5", "Bo 4"]);

    await card.getByRole("button", { name: "Compare 3 faces with Anna" }).click();
    await sheet.getByRole("button", { name: "Yes, Anna" }).click();
    await expect.poll(people).toEqual(["Anna 8", "Bo 4"]);
  });
});
