import { describe, expect, test } from "vitest";
import { distance, toLength, varianceOf } from "../../../src/domain/vectors/encoding.ts";
import { lengthOf, meanOf } from "../../../src/domain/vectors/mean.ts";
import { makeEncoding, makeNear, makeSface } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makeVisitToSave } from "../../make/visit.ts";
import { assignment, makeScene, type OpenStore, PAGE, type Scene } from "../scene.ts";

const at = (second: number) => new Date(Date.UTC(2026, 1, 18, 12, 0, second));
const LATER = new Date("2026-02-19T00:00:00Z");

/** An ended visit of nearly equal faces, a second apart; the last one shows it. */
async function addAlike({ store }: Scene, visitId: string, encodings: readonly Float32Array[], model = "dlib") {
  const faces = encodings.map((encoding, i) =>
    makeFaceToSave({ uid: `${visitId}-${i}`, visitId, encoding, model, capturedAt: at(i) }),
  );
  const visit = makeVisitToSave({
    visitId,
    model,
    state: "unknown",
    from: at(0),
    to: at(encodings.length - 1),
    faces: encodings.length,
    mean: meanOf(encodings, model),
    variance: varianceOf(encodings),
    bestFace: `${visitId}-${encodings.length - 1}`,
  });
  return { faces, ids: (await store.saveFaces(faces, [visit])).map((one) => one.face.id) };
}

const alike = (count: number, make: (seed: number) => Float32Array = makeEncoding) =>
  Array.from({ length: count }, (_, i) => toLength(makeNear(make(1), 0.05, i + 1), lengthOf(make(1))));

export function describeThinning(open: OpenStore): void {
  describe("thinning", () => {
    for (const [model, make] of [
      ["dlib", makeEncoding],
      ["sface", makeSface],
    ] as const) {
      test(`a kept face counts for all that it stands for: ${model}`, async () => {
        const scene = await makeScene(open);
        const { store } = scene;
        const encodings = alike(12, make);
        const { ids } = await addAlike(scene, "v_a", encodings, model);
        expect(await store.thin("v_a", 0.2, [{ keep: ids[11] as number, gone: ids.slice(0, 6) }])).toHaveLength(6);
        // Again, and the face that stands for others goes too: nothing counts twice.
        const rest = [ids[6], ids[11]] as [number, number];
        expect(await store.thin("v_a", 0.2, [{ keep: ids[10] as number, gone: ids.slice(0, 10) }])).toHaveLength(4);
        expect(await store.thin("v_a", 0.2, [{ keep: ids[10] as number, gone: rest }])).toEqual([]);
        expect(await store.visit("v_a")).toMatchObject({ faces: 12, from: at(0), to: at(11) });

        await scene.discover({ c1: ids.slice(10) });
        await store.assign(assignment("c1", "Anna"));
        const enrolled = async () => (await store.gallery()).people[0]?.encodings[0];
        const expected = meanOf(encodings, model);
        const look = await enrolled();
        expect(look).toMatchObject({ count: 12 });
        expect(distance(look?.encoding as Float32Array, expected)).toBeLessThan(1e-7);
        expect(look?.variance).toBeCloseTo(varianceOf(encodings), 9);

        // It takes its share with it, and brings it back.
        await store.unassign([ids[11] as number]);
        const without = await enrolled();
        expect(without).toMatchObject({ count: 5 });
        expect(distance(without?.encoding as Float32Array, meanOf(encodings.slice(6, 11), model))).toBeLessThan(1e-7);
        await store.undo();
        expect(await enrolled()).toEqual(look);
        await store.undo();
        expect(await enrolled()).toBeUndefined();
        await store.purge([ids[11] as number]);
        expect(await store.visit("v_a")).toMatchObject({ faces: 5 });
        await store.purge([ids[10] as number]);
        expect(await store.visit("v_a")).toBeNull();
      });
    }

    test("a thinned face that is sent again is the one that stands for it", async () => {
      const scene = await makeScene(open);
      const { faces, ids } = await addAlike(scene, "v_a", alike(4));
      await scene.store.thin("v_a", 0.2, [{ keep: ids[1] as number, gone: [ids[0] as number] }]);
      await scene.store.thin("v_a", 0.2, [{ keep: ids[3] as number, gone: [ids[1] as number] }]);
      expect([...(await scene.store.knownUids(["v_a-0", "v_a-1", "new"]))]).toEqual(["v_a-0", "v_a-1"]);
      const [again] = await scene.store.saveFaces(faces.slice(0, 1));
      expect(again).toMatchObject({ duplicate: true, face: { id: ids[3] } });
      expect((await scene.store.faces({}, PAGE)).items.map((face) => face.id)).toEqual([ids[3], ids[2]]);
    });

    test("never of an open visit, never what was named, said or shows something", async () => {
      const scene = await makeScene(open);
      const { store } = scene;
      const { ids } = await addAlike(scene, "v_a", alike(8));
      const [keep, named, denied, free, undone, , , best] = ids as [
        number,
        number,
        number,
        number,
        number,
        0,
        0,
        number,
      ];
      await scene.enrol("Bob", {});
      await scene.discover({ c1: [named], c2: [denied], c3: [free, keep], c4: [undone] });
      await store.assign(assignment("c1", "Anna"));
      await store.reject("c2", null, "bob");
      await store.assign(assignment("c4", "Anna"));
      await store.undo();
      expect((await store.facesToThin("v_a")).map((face) => face.id)).not.toContain(named);
      expect(await store.thin("v_a", 0.2, [{ keep, gone: [named, denied, free, undone, best] }])).toEqual([free]);
      expect(await store.cluster("c3")).toMatchObject({ size: 1 });

      const visit = makeVisitToSave({ visitId: "v_b", to: at(1), bestFace: "b-0" });
      const faces = alike(2).map((encoding, i) => makeFaceToSave({ uid: `b-${i}`, visitId: "v_b", encoding }));
      const going = (await store.saveFaces(faces, [visit])).map((one) => one.face.id) as [number, number];
      expect(await store.thin("v_b", 0.2, [{ keep: going[0], gone: [going[1]] }])).toEqual([]);
      expect(await store.visitsToThin(0.2, LATER)).toEqual([]);
    });

    test("a visit is thinned once at a distance, and again when it grew or the distance did", async () => {
      const scene = await makeScene(open);
      const { store } = scene;
      await addAlike(scene, "v_a", alike(4));
      expect(await store.visitsToThin(0.2, at(3))).toEqual([]);
      expect(await store.visitsToThin(0.2, LATER)).toEqual(["v_a"]);
      await store.thin("v_a", 0.2, []);
      expect(await store.visitsToThin(0.2, LATER)).toEqual([]);
      expect(await store.visitsToThin(0.25, LATER)).toEqual(["v_a"]);
      await store.saveFaces([], [makeVisitToSave({ visitId: "v_a", state: "unknown", bestFace: "v_a-0" })]);
      expect(await store.visitsToThin(0.2, LATER)).toEqual(["v_a"]);
    });
  });
}
