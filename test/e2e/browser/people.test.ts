import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openBrowser, openPage } from "./browser.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

interface People {
  readonly people: readonly { readonly name: string; readonly faces: number }[];
}

async function systemOf(people: Readonly<Record<string, number>>): Promise<System> {
  const system = await startSystem();
  await system.publish(await makeFaces(Object.values(people)));
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string; size: number }[] }>("api/faces/clusters");
  for (const [name, size] of Object.entries(people)) {
    const id = clusters.find((cluster) => cluster.size === size)?.id;
    await system.send("POST", `api/faces/clusters/${id}/assign`, { name });
  }
  return system;
}

const people = async (system: System) =>
  (await system.get<People>("api/faces/registry")).people.map((one) => [one.name, one.faces]).sort();

describe("a person", { timeout: 60_000 }, () => {
  it("is merged only after the dialog said what that means, and the merge can be undone", async () => {
    const system = await systemOf({ Anna: 5, Anja: 3 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anja`);
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "New name for Anja" }).fill("anna");
    await page.getByRole("button", { name: "Save" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading", { name: "This merges Anja with Anna" }).waitFor();
    await sheet.getByText("Together they have 8 faces and two looks.").waitFor();
    expect(await people(system)).toEqual([
      ["Anja", 3],
      ["Anna", 5],
    ]);
    await sheet.getByRole("button", { name: "Merge them" }).click();
    await page.getByRole("heading", { level: 1, name: "Anna" }).waitFor();
    await expect.poll(() => people(system)).toEqual([["Anna", 8]]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => people(system))
      .toEqual([
        ["Anja", 3],
        ["Anna", 5],
      ]);
  });

  it("is joined with whom one picks from the others", async () => {
    const system = await systemOf({ Anna: 5, Anja: 3 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`);
    await page.getByRole("button", { name: "Merge with…" }).click();
    await page.getByRole("dialog").getByRole("combobox").fill("an");
    expect(await page.getByRole("option", { name: "Anna" }).count()).toBe(0);
    // Only known people are offered.
    expect(await page.getByRole("option", { name: /New person/ }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Assign" }).count()).toBe(0);
    await page.getByRole("option", { name: /Anja/ }).click();
    await page.getByRole("button", { name: "Merge them" }).click();
    await expect.poll(() => people(system)).toEqual([["Anja", 8]]);
  });

  it("gives back a face of another person, also when the daemon refuses", async () => {
    const system = await systemOf({ Anna: 5 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`);
    await page.route("**/unassign", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        body: '{"code":"INTERNAL","detail":"oh"}',
      }),
    );
    await page.locator("[data-item]").first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Take out" }).click();
    await page.getByText(/^That did not work\./).waitFor();
    expect(await page.locator("[data-item]").count()).toBe(5);
    await page.unroute("**/unassign");
    await page.locator("[data-item]").first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Take out" }).click();
    await page.getByText("One face is no longer Anna").waitFor();
    await expect.poll(() => people(system)).toEqual([["Anna", 4]]);
  });

  it("is shown by camera, when one camera is asked for", async () => {
    const system = await systemOf({ Anna: 6 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`);
    await page.getByRole("button", { name: "Garden", exact: true }).click();
    await expect.poll(() => page.locator("[data-item]").count()).toBe(2);
    await page.getByRole("button", { name: "All cameras" }).click();
    await expect.poll(() => page.locator("[data-item]").count()).toBe(6);
  });

  it("is exported, deleted with the faces kept, and brought back", async () => {
    const system = await systemOf({ Anna: 5 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export", exact: true }).click(),
    ]);
    const saved = JSON.parse(await readFile(await file.path(), "utf8")) as { people: Record<string, unknown> };
    expect(Object.keys(saved.people)).toEqual(["Anna"]);
    await page.getByRole("button", { name: "Delete Anna" }).click();
    await page.getByRole("heading", { name: "You know nobody yet" }).waitFor();
    expect(await people(system)).toEqual([]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { name: "You know one person" }).waitFor();
    expect(await people(system)).toEqual([["Anna", 5]]);
  });

  it("is deleted once, however often the button is pressed", async () => {
    const system = await systemOf({ Anna: 5 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`);
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "DELETE") asked.push(request.url());
    });
    await page.getByRole("button", { name: "Delete Anna" }).dblclick();
    await page.getByText("Anna is deleted, the faces are back in Discover").waitFor();
    expect(asked).toHaveLength(1);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => people(system)).toEqual([["Anna", 5]]);
  });

  it("is left with its dialog when one goes back", async () => {
    const system = await systemOf({ Anna: 5 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=people`);
    await page.getByRole("link", { name: /Anna/ }).click();
    await page.locator("[data-item]").first().click();
    await page.getByRole("dialog").getByRole("heading", { name: "Anna" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "You know one person" }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });

  it("is erased only when it was asked for twice, and then for good", async () => {
    const system = await systemOf({ Anna: 5 });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=person&id=anna`);
    await page.getByRole("radio", { name: /Erase the faces/ }).check();
    await page.getByRole("button", { name: "Delete Anna" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(await people(system)).toEqual([["Anna", 5]]);
    await page.getByRole("button", { name: "Delete Anna" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Erase for good" }).click();
    await page.getByRole("heading", { name: "You know nobody yet" }).waitFor();
    const status = await system.get<{ stats: { faces: number } }>("api/status");
    expect(status.stats.faces).toBe(0);
    expect(await page.getByRole("button", { name: "Undo" }).count()).toBe(0);
  });
});
