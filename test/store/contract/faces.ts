import { describe, expect, test } from "vitest";
import { makeEncoding } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makeScene, type OpenStore, PAGE, readPages } from "../scene.ts";

export function describeFaces(open: OpenStore): void {
  describe("faces", () => {
    test("that are only tried leave nothing: no face, no camera, no id", async () => {
      const scene = await makeScene(open);
      await scene.store.tryFace(makeFaceToSave({ uid: "tried", camera: "elsewhere" }));
      await scene.store.tryFace(makeFaceToSave({ uid: "tried", camera: "elsewhere" }));
      expect((await scene.store.faces({}, PAGE)).items).toEqual([]);
      expect(await scene.store.knownUids(["tried"])).toEqual(new Set());
      expect(await scene.store.cameraStates()).toEqual([]);
      const [saved] = await scene.store.saveFaces([makeFaceToSave({})]);
      expect(saved?.face.id).toBe(1);
    });

    test("come back as they were stored, also after a restart", async () => {
      const scene = await makeScene(open);
      const face = makeFaceToSave({ sourceEventId: "e1", detectionScore: 0.5, quality: 12.5 });
      const [saved] = await scene.store.saveFaces([face]);
      const id = saved?.face.id as number;
      const stored = {
        id: expect.any(Number),
        uid: face.uid,
        camera: "front_door",
        source: face.source,
        capturedAt: face.capturedAt,
        receivedAt: face.receivedAt,
        box: face.box,
        model: "dlib",
        quality: 12.5,
        detectionScore: 0.5,
        sourceEventId: "e1",
        visitId: null,
        strangerId: null,
        state: "unassigned",
        person: null,
        personId: null,
        matched: null,
        cluster: null,
        hasThumbnail: false,
      };
      expect(saved).toEqual({ face: stored, cameraId: "front_door", duplicate: false });
      await scene.reopen();
      expect(await scene.store.face(id)).toEqual(stored);
      expect(await scene.store.encodingOf(id)).toEqual(face.encoding);
      expect(await scene.store.face(id + 1)).toBeNull();
      expect(await scene.store.encodingOf(id + 1)).toBeNull();
    });

    test("without box, source and score have none", async () => {
      const { store, add } = await makeScene(open);
      const [id] = await add({ box: null, source: null, detectionScore: null });
      expect(await store.face(id as number)).toMatchObject({ box: null, source: null, detectionScore: null });
    });

    test("of one uid are stored once, within a batch and later", async () => {
      const { store } = await makeScene(open);
      const face = makeFaceToSave();
      const first = await store.saveFaces([face, { ...face, camera: "garden" }]);
      const again = await store.saveFaces([{ ...face, encoding: makeEncoding(999) }]);
      expect(first.map((one) => one.duplicate)).toEqual([false, true]);
      expect(again).toEqual([{ face: first[0]?.face, cameraId: "front_door", duplicate: true }]);
      expect(await store.encodingOf(first[0]?.face.id as number)).toEqual(face.encoding);
      expect((await store.counts()).faces).toBe(1);
    });

    test("are answered as they are stored: matched, in an ignored cluster, or with a match that is gone", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      const { personId } = await enrol("Anna", {});
      await discover({ c_x: await add({}) });
      await store.ignore("c_x", null);
      const matched = { person: "Anna or so", personId, distance: 0.3, score: 0.7 };
      const saved = await store.saveFaces([
        makeFaceToSave({ matched }),
        makeFaceToSave({ matched: { ...matched, personId: "gone" } }),
        makeFaceToSave({ ignoredCluster: "c_x" }),
        makeFaceToSave({ ignoredCluster: "c_gone", wantsThumbnail: true, thumbnail: new Uint8Array(3) }),
      ]);
      for (const { face } of saved) expect(face).toEqual(await store.face(face.id));
      expect(saved.map(({ face }) => [face.state, face.matched?.person])).toEqual([
        ["unassigned", "Anna"],
        ["unassigned", undefined],
        ["ignored", undefined],
        ["unassigned", undefined],
      ]);
    });

    test("are committed when saveFaces returns its promise: a change started next finds them", async () => {
      const { store, enrol } = await makeScene(open);
      const { personId } = await enrol("Anna", {});
      const match = { person: "Anna", personId, distance: 0.3, score: 0.7 };
      /** What is stored of a face that matches Anna, when she is deleted right after `save` was called. */
      async function saveAndDelete(save: typeof store.saveFaces) {
        const saving = save([makeFaceToSave({ matched: match })]);
        const removing = store.remove(personId, "unassign");
        const [saved] = await saving;
        await removing;
        expect((await store.face(saved?.face.id as number))?.matched).toBeNull();
        await store.undo();
        return saved?.face.matched;
      }
      expect(await saveAndDelete(store.saveFaces)).toEqual({ person: "Anna", personId, distance: 0.3 });
      // The control: a store that commits one microtask later.
      expect(await saveAndDelete(async (batch) => store.saveFaces(await batch))).toBeNull();
    });

    test("are listed newest first, page by page, each once", async () => {
      const { store, add } = await makeScene(open);
      const at = (second: number) => ({ capturedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)) });
      const ids = await add(at(3), at(1), at(2), at(2), at(5));
      const pages = await readPages((cursor) => store.faces({}, { limit: 2, cursor }));
      expect(pages.flat().map((face) => face.id)).toEqual([ids[4], ids[0], ids[3], ids[2], ids[1]]);
    });

    test("are found by camera, time, state, person and cluster", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      const { personId, ids: anna } = await enrol("Anna", {}, {});
      const early = { capturedAt: new Date("2020-01-01T00:00:00Z") };
      const [other, old, waiting] = await add({ camera: "garden" }, early, {});
      await discover({ c_x: [other as number] });
      await store.ignore("c_x", null);
      await discover({ c_w: [waiting as number] });
      const find = async (filter: Parameters<typeof store.faces>[0]) =>
        (await store.faces(filter, PAGE)).items.map((face) => face.id).sort((a, b) => a - b);
      expect(await find({ camera: "garden" })).toEqual([other]);
      expect(await find({ personId })).toEqual(anna);
      expect(await find({ state: "assigned" })).toEqual(anna);
      expect(await find({ state: "ignored" })).toEqual([other]);
      expect(await find({ state: "unassigned" })).toEqual([old, waiting]);
      expect(await find({ cluster: "c_w" })).toEqual([waiting]);
      expect(await find({ cluster: "c_x" })).toEqual([other]);
      expect(await find({ to: new Date("2020-01-01T00:00:00.001Z") })).toEqual([old]);
      expect(await find({ from: new Date("2020-01-01T00:00:00.001Z") })).not.toContain(old);
      expect(await find({ personId: "no_one" })).toEqual([]);
    });

    test("are found by the person they matched or are assigned to, and by whether one was recognized", async () => {
      const { store, add, enrol } = await makeScene(open);
      const { personId, ids: named } = await enrol("Anna", {}, {});
      const match = { person: "Anna", personId, distance: 0.3, score: 0.7 };
      const [recognized, stranger] = await add({ matched: match }, {});
      const find = async (filter: Parameters<typeof store.faces>[0]) =>
        (await store.faces(filter, PAGE)).items.map((face) => face.id).sort((a, b) => a - b);
      expect(await find({ seenAs: personId })).toEqual([...named, recognized]);
      expect(await find({ seenAs: personId, recognized: false })).toEqual(named);
      expect(await find({ recognized: true })).toEqual([recognized]);
      expect(await find({ recognized: false })).toEqual([...named, stranger]);
    });

    test("are counted by camera and hour", async () => {
      const { store, add } = await makeScene(open);
      const since = new Date("2026-02-18T10:30:00.500Z");
      const later = (ms: number, camera = "front_door") => ({ camera, capturedAt: new Date(since.getTime() + ms) });
      await add(later(-1), later(0), later(3_599_000), later(3_600_000), later(7_300_000, "garden"));
      expect(await store.facesByHour(since)).toEqual([
        { camera: "front_door", hour: 0, faces: 2 },
        { camera: "front_door", hour: 1, faces: 1 },
        { camera: "garden", hour: 2, faces: 1 },
      ]);
    });

    test("refuse a cursor that is not of an earlier page", async () => {
      const { store } = await makeScene(open);
      for (const page of [
        { limit: 10, cursor: "x" },
        { limit: 10, cursor: Buffer.from('["a"]').toString("base64url") },
        { limit: 10, cursor: Buffer.from('[1,"a"]').toString("base64url") },
      ]) {
        await expect(store.faces({}, page)).rejects.toMatchObject({ code: "INVALID_INPUT" });
        await expect(store.clusters({ ignored: false }, { ...page, cursor: page.cursor && "x" })).rejects.toMatchObject(
          {
            code: "INVALID_INPUT",
          },
        );
      }
    });

    test("wait for their thumbnails, with the picture that came, until these are there or never will be", async () => {
      const scene = await makeScene(open);
      const thumbnail = new Uint8Array([1, 2, 3]);
      const [given, cut, none] = await scene.add(
        { wantsThumbnail: true, thumbnail },
        { wantsThumbnail: true },
        { wantsThumbnail: false, thumbnail },
      );
      await scene.reopen();
      const { store } = scene;
      const pending = await store.pendingThumbnails(10);
      expect(pending.map((one) => one.faceId)).toEqual([given, cut]);
      expect(new Uint8Array(pending[0]?.image as Uint8Array)).toEqual(thumbnail);
      expect(pending[1]).toMatchObject({ image: null, source: expect.any(String), box: { x: 10 } });
      expect(await store.pendingThumbnails(1)).toHaveLength(1);
      await store.saveThumbnail(given as number, new Uint8Array([9]));
      await store.saveThumbnail(cut as number, null);
      await store.saveThumbnail(12_345, new Uint8Array([9]));
      expect(await store.pendingThumbnails(10)).toEqual([]);
      expect(new Uint8Array((await store.thumbnail(given as number)) as Uint8Array)).toEqual(new Uint8Array([9]));
      expect(await store.thumbnail(cut as number)).toBeNull();
      expect((await store.face(given as number))?.hasThumbnail).toBe(true);
      expect((await store.face(none as number))?.hasThumbnail).toBe(false);
      expect((await store.counts()).thumbnails).toBe(1);
    });

    test("are packed for clustering, with numbers for their frames", async () => {
      const { store, add, enrol } = await makeScene(open);
      await enrol("Anna", {});
      const match = { person: "Anna", personId: "anna", distance: 0.3, score: 0.7 };
      const ids = await add({ source: "a" }, { source: "b" }, { source: null }, { source: "a" }, { matched: match });
      const [collected] = await store.collectUnassigned({ includeRecognized: true });
      expect(collected?.faceIds).toEqual(ids);
      expect(collected?.data.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(collected?.data.length).toBe(ids.length * 128);
      expect(collected?.data.slice(128, 256)).toEqual(await store.encodingOf(ids[1] as number));
      expect([...(collected?.frames ?? [])].slice(0, 4)).toEqual([0, 1, -1, 0]);
      const [strangers] = await store.collectUnassigned({ includeRecognized: false });
      expect(strangers?.faceIds).toEqual(ids.slice(0, 4));
      expect((await store.encodings(["assigned", "unassigned"], "dlib")).faceIds).toHaveLength(6);
      expect((await store.encodings([], "dlib")).faceIds).toEqual([]);
    });

    test("are strangers again when they were taken out of the person they matched", async () => {
      const { store, add, enrol } = await makeScene(open);
      const { personId } = await enrol("Anna", {});
      const [id] = await add({ matched: { person: "Anna", personId, distance: 0.3, score: 0.7 } });
      const strangers = async () =>
        (await store.collectUnassigned({ includeRecognized: false })).flatMap((one) => [...one.faceIds]);
      expect(await strangers()).toEqual([]);
      await store.claim(personId, [id as number]);
      await store.unassign([id as number]);
      expect(await strangers()).toEqual([id]);
    });

    test("of more than one chunk are all packed, yielding in between", async () => {
      const { store, add } = await makeScene(open);
      const encoding = makeEncoding(1);
      const ids = await add(...Array.from({ length: 2_500 }, () => ({ encoding })));
      let rounds = 0;
      const timer = setInterval(() => rounds++, 0);
      const [collected] = await store.collectUnassigned({ includeRecognized: true });
      clearInterval(timer);
      expect(collected?.faceIds).toEqual(ids);
      expect(rounds).toBeGreaterThan(0);
    });
  });
}
