import { describe, expect, it } from "vitest";
import { startTestApp } from "../../helpers/start-test-app.ts";
import { DESKTOP, openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, startSystem } from "./system.ts";

interface Clusters {
  readonly clusters: readonly { readonly id: string; readonly size: number }[];
}
interface People {
  readonly people: readonly { readonly name: string; readonly faces: number; readonly encodings: number }[];
}

async function systemWith(...sizes: number[]) {
  const system = await startSystem();
  await system.publish(await makeFaces(sizes));
  await system.discover();
  return system;
}

const people = async (system: Awaited<ReturnType<typeof startSystem>>) =>
  (await system.get<People>("api/faces/registry")).people;
const sizes = async (system: Awaited<ReturnType<typeof startSystem>>, query = "") =>
  (await system.get<Clusters>(`api/faces/clusters${query}`)).clusters.map((cluster) => cluster.size);

describe("Discover", { timeout: 60_000 }, () => {
  it("names a group, says so where it stood, and takes it back with Undo", async () => {
    const system = await systemWith(7, 4, 1);
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("heading", { name: "Two groups wait for a name" }).waitFor();
    await page.getByRole("combobox", { name: "Name for these 7 faces" }).fill("Zoë");
    await page.getByRole("button", { name: "Assign" }).click();

    await page.getByRole("article").getByText("7 faces are now Zoë").waitFor();
    await page.getByRole("heading", { name: "One group waits for a name" }).waitFor();
    await expect.poll(() => people(system)).toMatchObject([{ name: "Zoë", faces: 7, encodings: 1 }]);

    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { name: "Two groups wait for a name" }).waitFor();
    expect(await people(system)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("says whom it adds to before it does, with the closest two side by side", async () => {
    const system = await systemWith(6, 3);
    const [first] = (await system.get<Clusters>("api/faces/clusters")).clusters;
    await system.send("POST", `api/faces/clusters/${first?.id}/assign`, { name: "Anna" });
    const { page } = await openPage(await openBrowser(), `${system.url}/`);

    const field = page.getByRole("combobox", { name: "Name for these 3 faces" });
    await field.fill("an");
    await page.getByRole("option", { name: /Anna/ }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading", { name: "This adds 3 faces to Anna" }).waitFor();
    expect(await sheet.locator(".versus img").count()).toBe(2);
    await sheet.getByRole("button", { name: "Cancel" }).click();
    expect(await people(system)).toMatchObject([{ name: "Anna", faces: 6 }]);

    // Typed in another case it is the same person.
    await field.fill("ANNA");
    await field.press("Enter");
    await sheet.getByRole("button", { name: "Add 3 faces" }).click();
    await page.getByText("3 faces are now Anna").first().waitFor();
    await expect.poll(() => people(system)).toMatchObject([{ name: "Anna", faces: 9, encodings: 2 }]);
  });

  it("leaves out the faces that were taken out", async () => {
    const system = await systemWith(5);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("link", { name: "See all 5 faces" }).click();
    await page.locator("[data-item]").nth(2).click();
    await page.getByRole("button", { name: "Take out" }).click();
    await page.getByText("One is taken out.").waitFor();
    await page.getByRole("combobox").fill("Omar");
    await page.getByRole("button", { name: "Assign 4" }).click();
    await page.getByText("4 faces are now Omar").first().waitFor();
    await expect.poll(() => people(system)).toMatchObject([{ name: "Omar", faces: 4 }]);
  });

  it("ignores a group, and brings it back from where the ignored ones are", async () => {
    const system = await systemWith(5, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("button", { name: "Ignore" }).first().click();
    await page.getByText("Group ignored, 5 faces").waitFor();
    await expect.poll(() => sizes(system)).toEqual([3]);
    await page.getByRole("link", { name: "Ignored groups, 5 faces" }).click();
    await page.getByRole("button", { name: "Bring back" }).click();
    await page.getByText("Group is back, 5 faces").waitFor();
    await expect.poll(() => sizes(system, "?state=ignored")).toEqual([]);
  });

  it("names several groups together, and undoes them together", async () => {
    const system = await systemWith(5, 4, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("checkbox", { name: "Select 5 faces" }).check({ force: true });
    await page.getByRole("checkbox", { name: "Select 3 faces" }).check({ force: true });
    const dock = page.getByRole("region", { name: "Selected groups" });
    await dock.getByText("2 groups").waitFor();
    await dock.getByRole("combobox").fill("Rosa");
    await dock.getByRole("button", { name: "Assign 8" }).click();
    await page.getByText("8 faces are now Rosa").waitFor();
    await expect.poll(() => people(system)).toMatchObject([{ name: "Rosa", faces: 8, encodings: 2 }]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => people(system)).toEqual([]);
    await page.getByRole("heading", { name: "Three groups wait for a name" }).waitFor();
  });

  it("goes back, and says why, when the group is not the one that was shown", async () => {
    const system = await systemWith(6, 3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("combobox", { name: "Name for these 6 faces" }).fill("Late");
    // Another client is quicker, and this page is not notified.
    await page.route("**/api/events", (route) => route.abort());
    await page.route("**/assign", async (route) => {
      const [first] = (await system.get<Clusters>("api/faces/clusters")).clusters;
      await system.send("POST", `api/faces/clusters/${first?.id}/assign`, { name: "Quick" });
      await route.continue();
    });
    await page.getByRole("button", { name: "Assign" }).click();
    await page
      .getByRole("alert")
      .getByText(/Not assigned\./)
      .first()
      .waitFor();
    await expect.poll(() => people(system)).toMatchObject([{ name: "Quick" }]);
  });

  it("says that it is not connected, keeps what it shows, and comes back by itself", async () => {
    const system = await systemWith(3);
    const { page } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("heading", { name: "One group waits for a name" }).waitFor();
    await system.stop();
    await page.getByText("Not connected.").waitFor();
    await page.getByRole("combobox", { name: "Name for these 3 faces" }).fill("Anna");
    await page.getByRole("button", { name: "Assign" }).click();
    await page.getByText("Not assigned. There is no connection. Nothing was changed.").first().waitFor();
    await page.getByRole("heading", { name: "One group waits for a name" }).waitFor();

    await startTestApp({ folder: system.folder, httpPort: system.httpPort });
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByText("Not connected.").waitFor({ state: "detached" });
  });

  it.each([
    ["a phone", PHONE],
    ["a desktop", DESKTOP],
  ])("shows whom one may mean where one can see it, on %s", async (_, device) => {
    const system = await systemWith(6, 5, 4, 3, 2);
    for (const name of ["Anna", "Bo"]) {
      const [first] = (await system.get<Clusters>("api/faces/clusters")).clusters;
      await system.send("POST", `api/faces/clusters/${first?.id}/assign`, { name });
    }
    const { page } = await openPage(await openBrowser(), `${system.url}/`, device);
    const seen = async () => {
      const list = await page.getByRole("listbox").boundingBox();
      const field = await page.getByRole("combobox", { expanded: true }).boundingBox();
      const navigation = await page.getByRole("navigation").boundingBox();
      const bottom = device === PHONE ? (navigation?.y ?? 0) : device.viewport.height;
      return (
        list !== null && field !== null && list.y >= 0 && field.y >= 0 && Math.floor(list.y + list.height) <= bottom
      );
    };
    for (const field of await page.getByRole("combobox").all()) {
      await field.focus();
      await page.getByRole("option", { name: /Bo/ }).waitFor();
      await expect.poll(seen).toBe(true);
    }
    // In the dock at the bottom, too.
    await page.locator("article[data-cluster]").first().focus();
    await page.keyboard.press("x");
    await page.getByRole("region", { name: "Selected groups" }).getByRole("combobox").focus();
    await page.getByRole("option", { name: /Bo/ }).waitFor();
    await expect.poll(seen).toBe(true);
  });
});
