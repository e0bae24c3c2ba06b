import { describe, expect, it } from "vitest";
import type { TestConfig } from "../../helpers/start-test-app.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { openBrowser, openPage } from "./browser.ts";
import { makeFaces, type PublishedFace, type System, startSystem } from "./system.ts";

/** Anna is known by 5 faces of earlier; `now` is another face of the n-th made person, seen now. */
async function systemWithAnna(recognition: TestConfig["recognition"] = {}) {
  const system = await startSystem({ recognition: { cooldown_seconds: 30, visit_seconds: 2, ...recognition } });
  await system.publish(await makeFaces([5]));
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
  await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
  return system;
}

/** What a visit is turns out when it ends. */
const UNTIL_ENDED = { timeout: 10_000 };

let shots = 0;

/** Further faces of made people, seen now at one camera. */
async function see(system: System, person: number, count = 1, camera = "garage"): Promise<void> {
  const faces = (await makeFaces([count], person)).map(({ timestamp: _, ...face }): PublishedFace => {
    shots++;
    return { ...face, id: `now-${shots}`, camera };
  });
  for (const face of faces) await system.publish([face]);
}

describe("Activity", { timeout: 60_000 }, () => {
  it("shows visits as they happen, each once however many faces it has, and why", async () => {
    const system = await systemWithAnna();
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("button", { name: /^Anna/ }).first().waitFor();

    await see(system, 1, 3);
    const anna = page.getByRole("button", { name: /Anna.*Garage, 3 faces so far/ });
    await anna.waitFor();
    await see(system, 60);
    await page.getByRole("button", { name: /Stranger.*Garage, 1 face so far/ }).waitFor();

    await anna.click();
    expect(await anna.getAttribute("aria-expanded")).toBe("true");
    const why = page.locator(".why");
    await why.getByText(/^Anna 0\.\d\d$/).waitFor();
    await why.getByRole("img", { name: /^Clearly Anna: Anna is 0\.\d\d away/ }).waitFor();
    await why.getByRole("button", { name: "Whole picture" }).click();
    await page.getByRole("dialog").getByText("The whole frame is not kept.").waitFor();
    await page.keyboard.press("Escape");
    await why.getByRole("link", { name: "Open Anna" }).click();
    await page.getByRole("heading", { level: 1, name: "Anna" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("still shows what happened after it is loaded again, under the names of now", async () => {
    const system = await systemWithAnna();
    await see(system, 1, 2);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("button", { name: /Anna.*Garage, 2 faces/ }).waitFor();
    await system.send("PATCH", "api/faces/registry/anna", { name: "Anja" });
    await page.getByRole("button", { name: /Anja.*Garage, 2 faces/ }).waitFor();
    expect(await page.getByText("Anna", { exact: true }).count()).toBe(0);
  });

  it("is filtered by kind, person and camera, and the address says so", async () => {
    const system = await systemWithAnna();
    await see(system, 1);
    await see(system, 60);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    const rows = page.locator(".visit");
    const filter = page.getByRole("group", { name: "Show only" });
    await page.getByRole("button", { name: /Stranger.*Garage/ }).waitFor();
    await filter.getByRole("button", { name: "People", exact: true }).click();
    await expect
      .poll(() => rows.allTextContents().then((all) => all.map((text) => /Anna/.test(text))), UNTIL_ENDED)
      .toEqual([true]);
    await filter.getByRole("button", { name: "Strangers" }).click();
    // Anna's first faces were a stranger's, too.
    await expect.poll(() => page.getByRole("button", { name: /Stranger.*Garage/ }).count(), UNTIL_ENDED).toBe(1);
    await filter.getByRole("button", { name: "Garage" }).click();
    await expect.poll(() => rows.count(), UNTIL_ENDED).toBe(1);
    expect(page.url()).toContain("kind=unknown");
    expect(page.url()).toContain("camera=garage");

    await filter.getByRole("button", { name: "Anna" }).click();
    await page.getByRole("heading", { name: "Nothing found" }).waitFor();
    await page.getByRole("button", { name: "Show everything" }).click();
    await page.getByRole("button", { name: /Stranger.*Garage/ }).waitFor();

    // As Home Assistant links to it.
    await page.goto(`${system.url}/?page=activity&camera=garage`);
    await expect.poll(() => rows.count()).toBe(2);
    expect(await filter.getByRole("button", { name: "Garage" }).getAttribute("aria-pressed")).toBe("true");
  });

  it("names no person where two are too close, and says so", async () => {
    const system = await systemWithAnna({ margin: 0.3 });
    const anna = makeEncoding(1);
    const julia = makeNear(anna, 0.8, 7);
    await system.publish((await makeFaces([3], 2)).map((face) => ({ ...face, encoding: [...julia] })));
    await system.discover();
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Julia" });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity&kind=ambiguous`);
    await page.getByRole("heading", { name: "Nothing found" }).waitFor();
    const between = anna.map((value, at) => (value + (julia[at] as number)) / 2);
    await system.publish([{ id: "between", camera: "garage", encoding: [...between] }]);
    const row = page.getByRole("button", { name: /Not clear who.*too close to call, no name given/ });
    await row.click();
    await page
      .locator(".why")
      .getByText(/Anna 0\.\d\d, Julia 0\.\d\d|Julia 0\.\d\d, Anna 0\.\d\d/)
      .waitFor();
  });

  it("leads from a stranger to the group that waits for a name", async () => {
    const system = await systemWithAnna();
    await see(system, 60, 3);
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("button", { name: /Stranger.*Garage, 3 faces/ }).click();
    await page.getByRole("link", { name: "Who is this?" }).click();
    await page.getByRole("combobox", { name: "Name for these 3 faces" }).waitFor();
  });

  it("does not move what is being read: new visits wait behind a pill", async () => {
    const system = await systemWithAnna();
    await see(system, 60);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    const stranger = page.getByRole("button", { name: /Stranger.*Garage/ });
    await stranger.click();
    await see(system, 1);
    await page.getByRole("button", { name: "Show one new visit" }).click();
    await page.getByRole("button", { name: /Anna.*Garage/ }).waitFor();
  });

  it("puts a visit right in two presses: who it was not, and who it was", async () => {
    const system = await systemWithAnna();
    await see(system, 1, 2);
    await see(system, 60, 2);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("button", { name: /^Anna.*Garage/ }).click();
    await page.getByRole("button", { name: "Not Anna" }).click();
    await page.getByText("This was not Anna").waitFor();
    await expect
      .poll(async () =>
        (await system.get<{ visits: { state: string }[] }>("api/visits")).visits.map(({ state }) => state),
      )
      .toContain("corrected");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: /^Anna.*Garage/ }).waitFor();

    await page.getByRole("button", { name: /^Stranger.*Garage/ }).click();
    await page.locator(".happened", { hasText: "Stranger" }).getByRole("button", { name: "Name…" }).click();
    await page.getByRole("dialog").getByRole("combobox").fill("Bob");
    await page.keyboard.press("Enter");
    await page.getByText("This was Bob").waitFor();
    await page.getByRole("button", { name: /^Bob.*Garage/ }).waitFor();
  });

  it("is walked through with the keyboard", async () => {
    const system = await systemWithAnna();
    await see(system, 60);
    await see(system, 1);
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("button", { name: /Anna.*Garage/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("button", { name: /Stranger.*Garage/ }).getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("Escape");
    await page.locator(".why").waitFor({ state: "detached" });
    await page.keyboard.press("f");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Everything");
  });

  it("says what will stand here before anything was seen, and what to do when it cannot be loaded", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=activity`);
    await page.getByRole("heading", { name: "Nothing has been seen yet" }).waitFor();
    await page.route("**/api/visits*", (route) => route.fulfill({ status: 502, body: "bad gateway" }));
    await page.reload();
    await page.getByRole("heading", { name: "Activity could not be loaded" }).waitFor();
    await page.unroute("**/api/visits*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Nothing has been seen yet" }).waitFor();
  });
});
