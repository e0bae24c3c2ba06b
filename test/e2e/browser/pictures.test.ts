import { describe, expect, it } from "vitest";
import type { SettingsAnswer, StatusJson } from "../../../src/wire/out/schemas.ts";
import { makePictureFaces } from "../../make/found-face.ts";
import { makeEmbedder, makePicture } from "../../make/picture.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { makeFaces, type System, startSystem } from "./system.ts";

const startWithPictures = () => startSystem({ snapshots: { enabled: true } }, {}, makeEmbedder());

/** Resolves when the daemon has looked at all of them. */
async function publishPictures(system: System, pictures: readonly Buffer[]): Promise<void> {
  for (const picture of pictures) await system.client.publishAsync("faces2mqtt/snapshot/front_door", picture);
  const looked = async () => {
    const { snapshots } = await system.get<StatusJson>("api/status");
    const camera = snapshots?.cameras.find((one) => one.camera === "front_door");
    return camera ? camera.pictures - camera.queue : 0;
  };
  await expect.poll(looked, { timeout: 10_000 }).toBe(pictures.length);
}

describe("pictures", { timeout: 60_000 }, () => {
  it("are counted by camera, and what was not taken is shown with its reason", async () => {
    const system = await startWithPictures();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`, PHONE);
    await page.getByText("No picture yet").waitFor();
    await publishPictures(system, [
      makePicture([{ who: 1 }]),
      makePicture(),
      makePicture([{ who: 2, size: 22 }]),
      makePicture([{ who: 3, norm: 7.2 }]),
    ]);
    await page.getByText("4 pictures, 1 face. 1 without a face").waitFor();
    await page.getByText("2 faces not taken").waitFor();
    await page.getByRole("button", { name: "Why faces at Front door were not taken" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("22 pixels, 28 are needed.").waitFor();
    await sheet.getByText("Its quality is 7.2, 9 is needed").waitFor();
    expect(await sheet.locator("img").count()).toBe(2);
    await sheet.getByRole("button", { name: "Close" }).click();
  });

  it("need what the gates say, which can be changed and given back", async () => {
    const system = await startWithPictures();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    const now = async () => (await system.get<SettingsAnswer>("api/settings")).settings["snapshots.min_face_px"];
    await page.getByRole("button", { name: "Change what a face needs to be taken" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel(/^Pixels at the shorter side/).fill("40");
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText("At least 40 pixels").waitFor();
    expect(await now()).toEqual({ value: 40, default: 28, source: "database" });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("At least 28 pixels").waitFor();
    expect(await now()).toEqual({ value: 28, default: 28, source: "default" });
  });

  it("give people new looks who are known by an older face model only, and that can be undone", async () => {
    const embedder = { ...makeEmbedder(), embed: async () => makePictureFaces() };
    const system = await startSystem({ snapshots: { enabled: true } }, {}, embedder);
    await system.publish(await makeFaces([3]));
    await system.discover();
    const { clusters } = await system.get<{ clusters: { id: string }[] }>("api/faces/clusters");
    await system.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    await page.getByText("One person is known only by an older face model").waitFor();
    await page.getByRole("button", { name: "Make new ones" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("They can be made of 3 photos of 1 person. The older ones stay.").waitFor();
    await sheet.getByRole("button", { name: "Make them" }).click();
    const models = async () =>
      (await system.get<{ people: { models: string[] }[] }>("api/faces/registry")).people[0]?.models;
    await expect.poll(models).toEqual(["dlib", "sface"]);
    await page.getByText("New looks of 1 person are in use").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(models).toEqual(["dlib"]);
    await page.getByText("One person is known only by an older face model").waitFor();
  });

  it("are not spoken of where they are not looked at", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=status`);
    await page.getByRole("heading", { level: 1, name: "All is well" }).waitFor();
    expect(await page.getByRole("heading", { name: "Pictures" }).count()).toBe(0);
  });
});
