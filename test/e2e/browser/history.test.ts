import { describe, expect, it } from "vitest";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

interface People {
  readonly people: readonly { readonly name: string }[];
}

const peopleOf = async (system: System) =>
  (await system.get<People>("api/faces/registry")).people.map((person) => person.name).toSorted();

/** Anna with 6 photos and Bert with 4, named over the API. */
async function startWithPeople(): Promise<System> {
  const system = await startSystem();
  await system.publish(await makeFaces([6, 4, 3]));
  await system.discover();
  const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
  for (const [at, name] of ["Anna", "Bert"].entries()) {
    await system.send("POST", `api/faces/clusters/${clusters[at]?.id}/assign`, { name });
  }
  return system;
}

describe("the history of changes", { timeout: 60_000 }, () => {
  it("is what Z opens where nothing was offered: it takes nothing back, however often it is pressed", async () => {
    const system = await startWithPeople();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=people`);
    await page.getByRole("link", { name: /Anna/ }).waitFor();
    for (let n = 0; n < 6; n++) await page.keyboard.press(n % 2 ? "Control+z" : "z");
    await page.getByRole("heading", { name: "2 changes today" }).waitFor();
    expect(await peopleOf(system)).toEqual(["Anna", "Bert"]);
  });

  it("undoes an entry of its own and makes it stand again, leaving the others as they are", async () => {
    const system = await startWithPeople();
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=history`, PHONE);
    await page.getByRole("button", { name: "Undo: 6 photos were named Anna" }).click();
    const redo = page.getByRole("button", { name: "Redo: 6 photos were named Anna" });
    await redo.waitFor();
    expect(await redo.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await peopleOf(system)).toEqual(["Bert"]);
    await redo.click();
    await page.getByRole("button", { name: "Undo: 6 photos were named Anna" }).waitFor();
    expect(await peopleOf(system)).toEqual(["Anna", "Bert"]);
    expect(complaints).toEqual([]);
  });

  it("shows what others change at once, and what has to be undone first", async () => {
    const system = await startWithPeople();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=history`);
    await page.getByRole("heading", { name: "2 changes today" }).waitFor();
    await system.send("PATCH", "api/faces/registry/Anna", { name: "Anja" });
    await page.getByRole("heading", { name: "3 changes today" }).waitFor();
    await page.getByText("Anna was renamed to Anja").first().waitFor();
    await page.getByRole("button", { name: "First undo: Anna was renamed to Anja" }).click();
    const undo = page.getByRole("button", { name: "Undo: Anna was renamed to Anja", exact: true });
    expect(await undo.evaluate((button) => button === document.activeElement)).toBe(true);
    await undo.press("Enter");
    await page.getByRole("button", { name: "Undo: 6 photos were named Anna" }).waitFor();
    expect(await peopleOf(system)).toEqual(["Anna", "Bert"]);
  });

  it("says it in the panel's language", async () => {
    const system = await startWithPeople();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=history&lang=de`);
    await page.getByText("6 Fotos heißen jetzt Anna").first().waitFor();
  });
});

describe("single keys", { timeout: 60_000 }, () => {
  it("can be switched off, and stay off", async () => {
    const system = await startWithPeople();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=people`);
    await page.getByRole("link", { name: /Anna/ }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("checkbox", { name: /Single keys/ }).uncheck();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByRole("link", { name: /Anna/ }).waitFor();
    await page.keyboard.press("?");
    await page.keyboard.press("z");
    await page.getByRole("link", { name: /Anna/ }).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.getByRole("button", { name: "Keys" }).click();
    await page.getByRole("checkbox", { name: /Single keys/ }).check();
    await page.keyboard.press("Escape");
    // Gone, not only hidden: until then keys are the sheet's.
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("z");
    await page.getByRole("heading", { name: "2 changes today" }).waitFor();
  });
});

it("an embedded panel has a way to every page", { timeout: 60_000 }, async () => {
  const system = await startWithPeople();
  const { page } = await openPage(await openBrowser(), `${system.url}/?page=people&embed`, PHONE);
  for (const [name, search] of [
    ["Activity", "activity"],
    ["Status", "status"],
    ["People", "people"],
  ] as const) {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
    await page.waitForURL(new RegExp(`page=${search}.*embed`));
  }
});
