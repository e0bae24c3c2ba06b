import { describe, expect, test } from "vitest";
import { distance, meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import type { Store } from "../../../src/store/port.ts";
import { assignment, makeScene, type OpenStore, PAGE, snapshot } from "../scene.ts";

const anna = { person: "Anna", personId: "anna", distance: 0.4, score: 0.6 };

export function describeCounterExamples(open: OpenStore): void {
  const notAnna = async (store: Store) =>
    (await store.gallery()).people.find((one) => one.personId === "anna")?.notEncodings;

  async function encodingsOf(store: Store, ids: readonly number[]): Promise<Float32Array[]> {
    return (await Promise.all(ids.map((id) => store.encodingOf(id)))) as Float32Array[];
  }

  describe("saying that a group is not a person", () => {
    test("makes one counter-example of all of it, and its faces lose the match", async () => {
      const { store, enrol, add, discover } = await makeScene(open);
      await enrol("Anna", {});
      const ids = await add({ matched: anna }, {}, {});
      await discover({ c1: ids });
      expect(await store.reject("c1", null, "anna")).toEqual({
        change: 2,
        person: { personId: "anna", name: "Anna" },
        faceIds: ids,
        encodingCount: 1,
      });
      const encoding = meanEncoding(await encodingsOf(store, ids));
      expect(await notAnna(store)).toEqual([{ encoding, count: 3, model: "dlib" }]);
      expect((await store.cluster("c1"))?.notPeople).toEqual(["anna"]);
      expect(await store.face(ids[0] as number)).toMatchObject({ state: "unassigned", matched: null });
      expect(await store.counts()).toMatchObject({ counterExamples: 1 });
    });

    test("once more changes nothing", async () => {
      const { store, enrol, add, discover } = await makeScene(open);
      await enrol("Anna", {});
      await discover({ c1: await add({}, {}) });
      await store.reject("c1", null, "anna");
      await store.reject("c1", null, "anna");
      expect(await notAnna(store)).toHaveLength(1);
      expect(await store.undo()).toMatchObject({
        action: "reject",
        sentence: "taken back: a group of 2 faces was marked as not Anna",
      });
      expect(await notAnna(store)).toEqual([]);
    });

    test("is refused for what is not there, or is not as it was shown", async () => {
      const { store, enrol, add, discover } = await makeScene(open);
      await enrol("Anna", {});
      await discover({ c1: await add({}) });
      await expect(store.reject("c9", null, "anna")).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
      await expect(store.reject("c1", "0000000000000000", "anna")).rejects.toMatchObject({ code: "CLUSTER_CHANGED" });
      await expect(store.reject("c1", null, "bob")).rejects.toMatchObject({ code: "PERSON_NOT_FOUND" });
    });

    test("holds in later discoveries, and after a restart", async () => {
      const scene = await makeScene(open);
      await scene.enrol("Anna", {});
      const ids = await scene.add({}, {});
      await scene.discover({ c1: ids });
      await scene.store.reject("c1", null, "anna");
      await scene.reopen();
      await scene.discover({ c2: [...ids, ...(await scene.add({}))] });
      expect((await scene.store.cluster("c2"))?.notPeople).toEqual(["anna"]);
      expect(await notAnna(scene.store)).toHaveLength(1);
    });
  });

  describe("a counter-example", () => {
    test("stays when its faces are purged, and goes with the person", async () => {
      const scene = await makeScene(open);
      await scene.enrol("Anna", {});
      const ids = await scene.add({}, {});
      await scene.discover({ c1: ids });
      await scene.store.reject("c1", null, "anna");
      expect(await scene.store.purge(ids)).toEqual(ids);
      await scene.reopen();
      expect(await notAnna(scene.store)).toMatchObject([{ count: 2 }]);
      await scene.store.remove("anna", "unassign");
      expect(await scene.store.counts()).toMatchObject({ counterExamples: 0 });
      await scene.store.undo();
      expect(await notAnna(scene.store)).toMatchObject([{ count: 2 }]);
    });

    test("is void for faces that are the person after all: the rest of its group stays", async () => {
      const { store, enrol, add, discover } = await makeScene(open);
      await enrol("Anna", {});
      const ids = await add({}, {}, {});
      const [first, ...others] = await encodingsOf(store, ids);
      await discover({ c1: ids });
      await store.reject("c1", null, "anna");
      const before = await snapshot(store);
      await store.claim("anna", ids.slice(0, 1));
      const left = (await notAnna(store)) ?? [];
      expect(left).toMatchObject([{ count: 2 }]);
      expect(distance(left[0]?.encoding as Float32Array, meanEncoding(others))).toBeLessThan(1e-6);
      await store.claim("anna", ids.slice(1));
      expect(await notAnna(store)).toEqual([]);
      await store.undo();
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
      expect(first).toBeDefined();
    });

    test("follows a merge; what both were said not to be is said once", async () => {
      const { store, enrol, add, discover } = await makeScene(open);
      await enrol("Anna", {});
      await enrol("Bob", {});
      const ids = await add({}, {});
      await discover({ c1: ids.slice(0, 1), c2: ids.slice(1) });
      await store.reject("c1", null, "anna");
      await store.reject("c1", null, "bob");
      await store.reject("c2", null, "bob");
      await store.merge(["bob"], "anna");
      expect(await notAnna(store)).toHaveLength(2);
      expect((await store.cluster("c2"))?.notPeople).toEqual(["anna"]);
      await store.undo();
      expect((await store.gallery()).people.map((one) => one.notEncodings.length)).toEqual([1, 2]);
    });

    test("of an erased person's face goes with the face", async () => {
      const { store, enrol, add, discover } = await makeScene(open);
      await enrol("Anna", {});
      const ids = await add({}, {});
      await discover({ c1: ids });
      await store.reject("c1", null, "anna");
      await discover({ c2: ids.slice(0, 1) });
      await store.assign(assignment("c2", "Bob"));
      await store.remove("bob", "erase");
      const left = (await notAnna(store)) ?? [];
      const [other] = await encodingsOf(store, ids.slice(1));
      expect(left).toMatchObject([{ count: 1 }]);
      expect(distance(left[0]?.encoding as Float32Array, other as Float32Array)).toBeLessThan(1e-6);
      await store.remove("anna", "erase");
      expect(await store.counts()).toMatchObject({ counterExamples: 0, faces: 1 });
    });
  });

  describe("taking a recognized face out of the person", () => {
    test("keeps that it is not them: the match goes, and the sighting becomes the one before", async () => {
      const { store, enrol, add } = await makeScene(open);
      await enrol("Anna", {});
      const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, second));
      const [right, wrong] = (await add(
        { matched: anna, capturedAt: at(1), camera: "gate" },
        { matched: { ...anna, distance: 0.5 }, capturedAt: at(2), camera: "attic" },
      )) as [number, number];
      const before = await snapshot(store);
      expect(await store.unassign([wrong])).toMatchObject([{ person: { name: "Anna" }, faceIds: [wrong] }]);
      expect(await store.face(wrong)).toMatchObject({ state: "unassigned", matched: null });
      expect(await store.personStates()).toMatchObject([
        { camera: "gate", lastSeen: at(1), faceId: right, distance: 0.4 },
      ]);
      expect(await notAnna(store)).toMatchObject([{ count: 1 }]);
      await expect(store.unassign([wrong])).rejects.toMatchObject({ code: "FACE_NOT_ASSIGNED" });
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
      expect((await store.people(PAGE)).items).toHaveLength(1);
    });
  });
}
