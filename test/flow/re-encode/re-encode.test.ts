import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FacesError } from "../../../src/domain/errors.ts";
import { DLIB, SFACE } from "../../../src/domain/model.ts";
import type { ReEncoding } from "../../../src/domain/pictures/re-encoding.ts";
import type { EmbedPicture } from "../../../src/domain/pictures/snapshot.ts";
import type { Store } from "../../../src/store/port.ts";
import { openSystem } from "../../helpers/open-system.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { drawPicture, embedDrawn } from "../../make/found-face.ts";

const box = { x: 40, y: 40, width: 60, height: 80 };

/** A person with so many faces; those in `pictures` (of their number) have a frame. */
async function enrol(store: Store, name: string, count: number): Promise<number[]> {
  const saved = await store.saveFaces(
    Array.from({ length: count }, (_, i) => makeFaceToSave({ source: `${name}-${i}.jpg`, box })),
  );
  const ids = saved.map(({ face }) => face.id);
  const mean = (await store.encodingOf(ids[0] as number)) as Float32Array;
  const at = new Date("2026-02-18T11:00:00Z");
  await store.saveDiscovery({
    id: name,
    startedAt: at,
    finishedAt: at,
    faces: count,
    clusters: [{ id: `c_${name}`, faceIds: ids, mean, model: DLIB }],
  });
  await store.assign({ cluster: `c_${name}`, name, version: null, excludeFaces: [], allowSameFrame: true });
  return ids;
}

async function open(embed: EmbedPicture = embedDrawn) {
  const frames = tempFolder();
  mkdirSync(frames, { recursive: true });
  const running = await openSystem({ embed, env: { STORAGE_FRAMES_DIR: frames } });
  const { store, people } = running;
  const { reEncode } = running.system;
  const order = { model: SFACE, dryRun: false, enrol: people.as({ via: "panel", user: "Kim" }).enrolAgain };
  return {
    ...running,
    reEncode,
    order,
    run: async (more: Partial<typeof order> = {}) => (await reEncode.start({ ...order, ...more })).done,
    putFrame: (name: string, picture: Uint8Array) => writeFileSync(join(frames, name), picture),
    looksOf: async (personId: string) =>
      (await store.gallery()).people
        .find((one) => one.personId === personId)
        ?.encodings.filter((one) => one.model === SFACE).length,
  };
}

describe("new encodings of named people", () => {
  test("are made of frames and thumbnails, and enrolled in one change; who could not be done is said", async () => {
    const { store, run, putFrame, looksOf, bus, people } = await open();
    await enrol(store, "Anna", 2);
    putFrame("Anna-0.jpg", drawPicture({ seed: 1, box }));
    const bob = await enrol(store, "Bob", 1);
    await store.saveThumbnail(bob[0] as number, drawPicture({ seed: 2 }));
    await enrol(store, "Cleo", 3);
    await enrol(store, "Dan", 1);
    putFrame("Dan-0.jpg", drawPicture({ seed: 3, box, norm: 4 }));
    const emitted: ReEncoding[] = [];
    bus.on("reEncode", (one) => emitted.push(one));
    const changed: string[] = [];
    bus.on("people", ({ changes }) => changed.push(...changes.map((one) => one.person.name)));
    const ended = await run();
    expect(ended).toMatchObject({
      state: "done",
      model: SFACE,
      people: 4,
      peopleDone: 4,
      faces: 7,
      facesDone: 7,
      facesFailed: 5,
      enrolled: 2,
      couldNot: [
        { personId: "cleo", name: "Cleo", faces: 3, failure: "no_picture" },
        { personId: "dan", name: "Dan", faces: 1, failure: "too_poor" },
      ],
      error: null,
    });
    expect(emitted.map((one) => one.state)).toEqual(["running", ...emitted.slice(2).map(() => "running"), "done"]);
    expect(changed).toEqual(["Anna", "Bob"]);
    expect([await looksOf("anna"), await looksOf("bob"), await looksOf("cleo")]).toEqual([1, 1, 0]);
    expect(await store.change(ended.change ?? 0)).toMatchObject({ action: "re_encode", via: "panel", user: "Kim" });
    await people.undo();
    expect([await looksOf("anna"), await looksOf("bob")]).toEqual([0, 0]);
  });

  test("are not made twice", async () => {
    let pictures = 0;
    const { store, run, putFrame } = await open((picture, gates) => {
      pictures++;
      return embedDrawn(picture, gates);
    });
    await enrol(store, "Anna", 2);
    for (const i of [0, 1]) putFrame(`Anna-${i}.jpg`, drawPicture({ seed: i, box }));
    await run();
    expect(await run()).toMatchObject({
      state: "done",
      faces: 2,
      facesDone: 2,
      enrolled: 0,
      couldNot: [],
      change: null,
    });
    expect(pictures).toBe(2);
  });

  test("that a dry run is about are not made: it says who has no picture", async () => {
    const { store, run, putFrame, looksOf } = await open(() => Promise.reject(new Error("it was not to look")));
    await enrol(store, "Anna", 1);
    putFrame("Anna-0.jpg", drawPicture({ seed: 1, box }));
    await enrol(store, "Bob", 2);
    expect(await run({ dryRun: true })).toMatchObject({
      state: "done",
      dryRun: true,
      facesDone: 3,
      facesFailed: 2,
      couldNot: [{ name: "Bob", faces: 2, failure: "no_picture" }],
      change: null,
    });
    expect(await looksOf("anna")).toBe(0);
    expect((await store.peopleToReEncode(SFACE))[0]?.faces[0]?.isEncoded).toBe(false);
  });

  test("that were made before a cancel are kept: the next run goes on with the others", async () => {
    let pictures = 0;
    let cancelled: Promise<ReEncoding> | null = null;
    const { store, run, reEncode, order, putFrame, looksOf } = await open(async (picture, gates) => {
      if (++pictures === 2) cancelled = reEncode.cancel();
      return embedDrawn(picture, gates);
    });
    await enrol(store, "Anna", 4);
    for (const i of [0, 1, 2, 3]) putFrame(`Anna-${i}.jpg`, drawPicture({ seed: i, box }));
    const { done } = await reEncode.start(order);
    expect((await reEncode.start(order)).done).toBe(done);
    expect(await done).toMatchObject({ state: "cancelled", facesDone: 2, enrolled: 0, change: null });
    expect(await cancelled).toEqual(await done);
    expect(await looksOf("anna")).toBe(0);
    expect(await run()).toMatchObject({ state: "done", faces: 4, facesDone: 4, enrolled: 1 });
    expect(pictures).toBe(4);
  });

  test("do not wait for a dry run, and are not taken for one", async () => {
    const { store, reEncode, order, putFrame, looksOf } = await open();
    await enrol(store, "Anna", 2);
    for (const i of [0, 1]) putFrame(`Anna-${i}.jpg`, drawPicture({ seed: i, box }));
    const preview = await reEncode.start({ ...order, dryRun: true });
    const [one, other] = await Promise.all([reEncode.start(order), reEncode.start(order)]);
    expect(await preview.done).toMatchObject({ state: "cancelled", dryRun: true });
    expect(one.reEncoding).toMatchObject({ state: "running", dryRun: false });
    expect(other.done).toBe(one.done);
    expect(await one.done).toMatchObject({ state: "done", dryRun: false, enrolled: 1 });
    expect(await looksOf("anna")).toBe(1);
  });

  test("of somebody who is erased meanwhile leave nothing", async () => {
    const { store, run, putFrame, people } = await open(async (picture, gates) => {
      if ((await store.person("anna")) !== null) await people.remove("anna", "erase");
      return embedDrawn(picture, gates);
    });
    await enrol(store, "Anna", 2);
    for (const i of [0, 1]) putFrame(`Anna-${i}.jpg`, drawPicture({ seed: i, box }));
    expect(await run()).toMatchObject({ state: "done", enrolled: 0, change: null });
  });

  test("fail as a whole when pictures cannot be looked at, with the reason", async () => {
    const { store, run, putFrame } = await open(() => Promise.reject(new Error("no thread starts")));
    await enrol(store, "Anna", 1);
    putFrame("Anna-0.jpg", drawPicture({ seed: 1, box }));
    expect(await run()).toMatchObject({ state: "failed", error: "no thread starts" });
  });

  test("are refused by a model that makes none here, and without its weights", async () => {
    const { reEncode, order } = await open();
    await expect(reEncode.start({ ...order, model: "dlib" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: '"model" must be sface, which is what pictures are encoded with here',
    });
    const without = await openSystem();
    const failed = await without.system.reEncode.start(order).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(FacesError);
    expect(failed).toMatchObject({ code: "MODELS_MISSING" });
    expect(without.system.reEncode.current().state).toBe("idle");
    expect((failed as FacesError).message).toContain("run `faces2mqtt models`");
  });

  test("of somebody whose looks came by the registry file alone cannot be made", async () => {
    const { store, run } = await open();
    const [encoding] = (await store.saveFaces([makeFaceToSave()])).map(({ face }) => store.encodingOf(face.id));
    const look = {
      model: DLIB,
      encoding: (await encoding) as Float32Array,
      source: "f.jpg",
      sources: ["f.jpg"],
      count: 1,
    };
    await store.applyRegistryEdit({
      addedPeople: [{ name: "Anna", encodings: [look] }],
      removedPeople: [],
      renamedPeople: [],
      addedEncodings: [],
      removedEncodings: [],
    });
    expect(await run()).toMatchObject({ couldNot: [{ name: "Anna", faces: 0, failure: "no_face" }] });
  });
});
