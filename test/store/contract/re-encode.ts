import { describe, expect, test } from "vitest";
import { DLIB, SFACE } from "../../../src/domain/model.ts";
import { distance } from "../../../src/domain/vectors/encoding.ts";
import type { Store } from "../../../src/store/port.ts";
import { makeEncoding, makeSface } from "../../make/encoding.ts";
import { assignment, makeScene, type OpenStore, snapshot } from "../scene.ts";

const BY = { via: "panel", user: "Kim" } as const;

export function describeReEncode(open: OpenStore): void {
  const encode = (store: Store, faceIds: readonly number[]) =>
    Promise.all(
      faceIds.map((faceId) =>
        store.saveFurtherEncoding({ faceId, model: SFACE, encoding: makeSface(faceId), quality: 11 }),
      ),
    );

  const looks = async (store: Store, personId: string, model = SFACE) =>
    (await store.gallery()).people
      .find((one) => one.personId === personId)
      ?.encodings.filter((one) => one.model === model) ?? [];

  const sourcesOf = async (store: Store, personId: string, lookId: number | undefined) =>
    (await store.registry()).find((one) => one.personId === personId)?.encodings.find((one) => one.id === lookId)
      ?.sources;

  /** Where they point, for encodings that are put back to their length. */
  const isMeanOf = (encoding: Float32Array | undefined, faceIds: readonly number[]): boolean => {
    const sum = new Float64Array(encoding?.length ?? 0);
    for (const id of faceIds) for (const [axis, value] of makeSface(id).entries()) sum[axis] = (sum[axis] ?? 0) + value;
    const factor = Math.hypot(...(encoding ?? [])) / Math.hypot(...sum);
    const mean = Float32Array.from(sum, (value) => value * factor);
    return encoding !== undefined && distance(encoding, mean) < 1e-5;
  };

  describe("encodings of a further model", () => {
    test("are wanted of the faces behind looks, until they are there", async () => {
      const { store, enrol, add } = await makeScene(open);
      const { ids } = await enrol("Anna", { source: "a.jpg", box: { x: 1, y: 2, width: 3, height: 4 } }, {});
      const [claimed, stranger] = (await add({}, {})) as [number, number];
      await store.claim("anna", [claimed]);
      await encode(store, [ids[1] as number]);
      const [anna] = await store.peopleToReEncode(SFACE);
      expect(anna).toMatchObject({ personId: "anna", name: "Anna", hasLook: false });
      expect(anna?.faces.map(({ id, isEncoded }) => [id, isEncoded])).toEqual([
        [ids[0], false],
        [ids[1], true],
      ]);
      expect(anna?.faces[0]).toMatchObject({ source: "a.jpg", box: { x: 1, y: 2, width: 3, height: 4 } });
      expect(await encode(store, [stranger])).toEqual([false]);
      expect((await store.peopleToReEncode(DLIB))[0]?.faces).toEqual([]);
    });

    test("are wanted of all assigned faces where the looks came by the registry file", async () => {
      const { store, add } = await makeScene(open);
      const encoding = { encoding: makeSface(1), source: "f.jpg", sources: ["f.jpg"], count: 1, model: "dlib" };
      await store.applyRegistryEdit({
        addedPeople: [{ name: "Anna", encodings: [encoding] }],
        removedPeople: [],
        renamedPeople: [],
        addedEncodings: [],
        removedEncodings: [],
      });
      const ids = await add({}, {});
      await store.claim("anna", ids);
      expect((await store.peopleToReEncode(SFACE))[0]?.faces.map((face) => face.id)).toEqual(ids);
      await encode(store, ids);
      expect(await store.enrolAgain(SFACE)).toMatchObject({ looks: 1, people: [{ faceIds: ids }] });
      expect(await looks(store, "anna")).toMatchObject([{ count: 2 }]);
    });

    test("make a look for each look, in one change of all people", async () => {
      const { store, enrol, add, discover } = await makeScene(open);
      const { ids } = await enrol("Anna", { source: "1.jpg" }, { source: "2.jpg" });
      const more = await add({}, {}, {});
      await discover({ c2: more });
      await store.assign(assignment("c2", "Anna"));
      const bob = await enrol("Bob", {});
      await encode(store, [...ids, ...more.slice(1), ...bob.ids]);
      const dlib = await looks(store, "anna", DLIB);
      const outcome = await store.enrolAgain(SFACE, BY);
      expect(outcome).toMatchObject({
        looks: 3,
        people: [
          { person: { personId: "anna" }, encodingCount: 4 },
          { person: { personId: "bob" }, encodingCount: 2 },
        ],
      });
      const made = await looks(store, "anna");
      expect(made.map((one) => one.count)).toEqual([2, 2]);
      expect([isMeanOf(made[0]?.encoding, ids), isMeanOf(made[1]?.encoding, more.slice(1))]).toEqual([true, true]);
      expect(await sourcesOf(store, "anna", made[0]?.id)).toEqual(["1.jpg", "2.jpg"]);
      expect(await looks(store, "anna", DLIB)).toEqual(dlib);
      expect(await store.change(outcome.change ?? 0)).toMatchObject({
        action: "re_encode",
        sentence: "Anna and Bob got 3 looks of the model sface",
        ...BY,
        blocked: null,
        people: [{ personId: "anna" }, { personId: "bob" }],
      });
      expect(await store.enrolAgain(SFACE)).toEqual({ change: null, people: [], looks: 0 });
    });

    test("that come later make the look again", async () => {
      const { store, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", {}, {}, {});
      await encode(store, ids.slice(0, 1));
      await store.enrolAgain(SFACE);
      const before = await snapshot(store);
      await encode(store, ids.slice(1));
      expect(await store.enrolAgain(SFACE)).toMatchObject({ looks: 1 });
      const [look, ...others] = await looks(store, "anna");
      expect(others).toEqual([]);
      expect([look?.count, isMeanOf(look?.encoding, ids)]).toEqual([3, true]);
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
    });

    test("that come later leave alone what a person who was merged brought", async () => {
      const { store, add } = await makeScene(open);
      const edit = { removedPeople: [], renamedPeople: [], addedEncodings: [], removedEncodings: [] };
      const look = (seed: number) => ({ encoding: makeEncoding(seed), source: "", sources: [], count: 1, model: DLIB });
      await store.applyRegistryEdit({
        ...edit,
        addedPeople: ["Anna", "Bob"].map((name, seed) => ({ name, encodings: [look(seed)] })),
      });
      const [annas, bobs, later] = [await add({}, {}), await add({}, {}), await add({})];
      await store.claim("anna", annas);
      await store.claim("bob", bobs);
      await encode(store, [...annas, ...bobs]);
      await store.enrolAgain(SFACE);
      await store.merge(["bob"], "anna");
      await store.claim("anna", later);
      await encode(store, later);
      await store.enrolAgain(SFACE);
      const [own, brought] = await looks(store, "anna");
      expect([own?.count, isMeanOf(own?.encoding, [...annas, ...later])]).toEqual([3, true]);
      expect([brought?.count, isMeanOf(brought?.encoding, bobs)]).toEqual([2, true]);
      await store.unassign(bobs);
      expect(await looks(store, "anna")).toHaveLength(1);
    });

    test("stay over a restart, and the change can be undone and redone as a whole", async () => {
      const scene = await makeScene(open);
      const { ids } = await scene.enrol("Anna", {}, {});
      const bob = await scene.enrol("Bob", {});
      await encode(scene.store, [...ids, ...bob.ids]);
      await scene.reopen();
      const before = await snapshot(scene.store);
      await scene.store.enrolAgain(SFACE);
      const after = await snapshot(scene.store);
      await scene.reopen();
      expect(await scene.store.undo()).toMatchObject({
        action: "re_encode",
        sentence: "taken back: Anna and Bob got 2 looks of the model sface",
        after: [{ personId: "anna" }, { personId: "bob" }],
      });
      expect(await snapshot(scene.store)).toEqual(before);
      await scene.store.redo();
      expect(await snapshot(scene.store)).toEqual(after);
      await scene.store.unassign([ids[0] as number]);
      await expect(scene.store.undo(3)).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
      await scene.store.undo();
      expect(await snapshot(scene.store)).toEqual(after);
    });
  });

  describe("a look of a further model", () => {
    async function anna() {
      const scene = await makeScene(open);
      const { ids } = await scene.enrol("Anna", {}, {}, {});
      await encode(scene.store, ids);
      await scene.store.enrolAgain(SFACE);
      return { ...scene, ids };
    }

    test("is made of the rest when a face is taken out, and goes with the last one", async () => {
      const { store, ids } = await anna();
      await store.unassign(ids.slice(0, 1));
      const [look] = await looks(store, "anna");
      expect([look?.count, isMeanOf(look?.encoding, ids.slice(1))]).toEqual([2, true]);
      await store.unassign(ids.slice(1));
      expect(await looks(store, "anna")).toEqual([]);
      await store.undo();
      await store.undo();
      expect(isMeanOf((await looks(store, "anna"))[0]?.encoding, ids)).toBe(true);
    });

    test("moves with its faces to the person they are given to", async () => {
      const { store, ids, discover, enrol } = await anna();
      await enrol("Bob", {});
      await store.unassign(ids.slice(0, 2));
      await discover({ c5: ids.slice(0, 2) });
      await store.assign(assignment("c5", "Bob"));
      const [look, ...others] = await looks(store, "bob");
      expect([others, look?.count, isMeanOf(look?.encoding, ids.slice(0, 2))]).toEqual([[], 2, true]);
      expect(isMeanOf((await looks(store, "anna"))[0]?.encoding, ids.slice(2))).toBe(true);
      await store.undo();
      expect(await looks(store, "bob")).toEqual([]);
    });

    test("is another's after a merge, and back after its undo", async () => {
      const { store, ids, enrol } = await anna();
      await enrol("Bob", {});
      const before = await snapshot(store);
      await store.merge(["anna"], "bob");
      expect(isMeanOf((await looks(store, "bob"))[0]?.encoding, ids)).toBe(true);
      await store.unassign(ids.slice(0, 1));
      expect(isMeanOf((await looks(store, "bob"))[0]?.encoding, ids.slice(1))).toBe(true);
      await store.undo();
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
    });

    test("goes with its person, and comes back with them", async () => {
      const { store } = await anna();
      const before = await snapshot(store);
      await store.remove("anna", "unassign");
      expect(await store.counts()).toMatchObject({ people: 0, encodings: 0 });
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
      await store.unassign([before.faces[0]?.id as number]);
      expect(await looks(store, "anna")).toMatchObject([{ count: 2 }]);
    });

    test("can be removed in the registry file without the other", async () => {
      const { store, ids } = await anna();
      const before = await snapshot(store);
      const [look] = await looks(store, "anna");
      const edit = { addedPeople: [], removedPeople: [], renamedPeople: [], addedEncodings: [] };
      await store.applyRegistryEdit({ ...edit, removedEncodings: [look?.id as number] });
      expect([await looks(store, "anna"), (await looks(store, "anna", DLIB)).length]).toEqual([[], 1]);
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
      await store.unassign(ids.slice(0, 1));
      expect(await looks(store, "anna")).toMatchObject([{ count: 2 }]);
    });

    test("is erased with the person, and what the change held of them", async () => {
      const { store } = await anna();
      await store.undo();
      await store.remove("anna", "erase");
      expect(await store.counts()).toMatchObject({ faces: 0, encodings: 0 });
      await expect(store.redo()).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
      expect((await store.changes({ limit: 10, cursor: null })).items[1]).toMatchObject({
        sentence: "a person who was erased got a look of the model sface",
        blocked: "a person whom it concerns was erased since",
      });
    });
  });
}
