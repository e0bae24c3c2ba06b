import { describe, expect, test } from "vitest";
import { makeEncoding, makeSface } from "../../make/encoding.ts";
import { assignment, makeScene, type OpenStore, PAGE, snapshot } from "../scene.ts";

/** Groups of three, two and one faces, and an ignored one. */
async function makeGroups(open: OpenStore) {
  const scene = await makeScene(open);
  const ids = await scene.add(...Array.from({ length: 7 }, (_, i) => ({ encoding: makeEncoding(i + 1) })));
  const [a, b, c] = [ids.slice(0, 3), ids.slice(3, 5), ids.slice(5, 6)] as [number[], number[], number[]];
  await scene.discover({ c1: a, c2: b, c3: c, c4: ids.slice(6) });
  await scene.store.ignore("c4", null);
  const sides = (...groups: number[][]) =>
    new Map(groups.flatMap((faces, side) => faces.map((face) => [face, side] as const)));
  return { ...scene, a, b, c, sides };
}

export function describeGroupings(open: OpenStore): void {
  describe("groups of one person, or of different ones", () => {
    test("are merged under the id of the largest, kept together, and can be undone and redone", async () => {
      const { store, a, b, c, sides } = await makeGroups(open);
      const before = await snapshot(store);
      const { cluster, change } = await store.mergeClusters({ clusters: ["c3", "c1", "c2"], allowSameFrame: true });
      expect([cluster, change]).toEqual(["c1", 2]);
      expect(await store.cluster("c1")).toMatchObject({ size: 6, split: null });
      expect([await store.cluster("c2"), await store.cluster("c3")]).toEqual([null, null]);
      expect(await store.groupings()).toEqual([{ together: true, sides: sides(a, b, c) }]);
      const [entry] = (await store.changes(PAGE)).items;
      expect(entry).toMatchObject({
        action: "merge_groups",
        sentence: "3 groups with 6 faces were merged into one",
        facts: { faces: 6 },
        blocked: null,
      });
      expect(entry?.faceIds.length).toBeGreaterThan(0);
      await store.undo();
      expect(await store.groupings()).toEqual([]);
      expect(await snapshot(store)).toEqual(before);
      await store.redo();
      expect(await store.cluster("c1")).toMatchObject({ size: 6 });
      expect(await store.groupings()).toHaveLength(1);
    });

    test("that were merged and named since are undone in that order", async () => {
      const { store } = await makeGroups(open);
      const { change } = await store.mergeClusters({ clusters: ["c1", "c2"], allowSameFrame: true });
      await store.assign(assignment("c1", "Anna"));
      await expect(store.undo(change)).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
      await store.undo();
      await store.undo(change);
      expect(await store.cluster("c2")).toMatchObject({ size: 2 });
    });

    test("are not merged where that cannot be", async () => {
      const { store, add, discover } = await makeScene(open);
      const frame = { camera: "door", source: "a.jpg" };
      const [a, b, c] = await add(frame, frame, { encoding: makeSface(1), model: "sface" });
      await discover({ c1: [a as number], c2: [b as number], c3: [c as number] }, { c3: { model: "sface" } });
      const before = await snapshot(store);
      const merge = (clusters: string[], allowSameFrame = true) => store.mergeClusters({ clusters, allowSameFrame });
      await expect(merge([])).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(merge(["c1", "c1"])).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(merge(["c1", "c9"])).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
      await expect(merge(["c1", "c3"])).rejects.toMatchObject({ code: "INVALID_INPUT" });
      await expect(merge(["c1", "c2"], false)).rejects.toMatchObject({ code: "SAME_FRAME" });
      expect(await snapshot(store)).toEqual(before);
      await store.ignore("c2", null);
      await expect(merge(["c1", "c2"])).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
    });

    test("are said to be different people; nothing else changes, and it can be undone", async () => {
      const { store, a, b, sides } = await makeGroups(open);
      const before = await snapshot(store);
      const { change } = await store.keepApart(["c2", "c1"]);
      expect(await store.groupings()).toEqual([{ together: false, sides: sides(a, b) }]);
      const [entry] = (await store.changes(PAGE)).items;
      expect(entry).toMatchObject({
        id: change,
        action: "keep_apart",
        sentence: "2 groups with 5 faces were said to be different people",
      });
      expect(entry?.faceIds.length).toBeGreaterThan(0);
      const { groupings: _, ...rest } = await snapshot(store);
      expect(before).toMatchObject(rest);
      // It is no obstacle to what is done with them later, nor the other way round.
      await store.assign(assignment("c1", "Anna"));
      await store.undo(change);
      expect(await store.groupings()).toEqual([]);
      await store.redo(change);
      expect(await store.groupings()).toHaveLength(1);
      await expect(store.keepApart(["c2"])).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(store.keepApart(["c2", "c4"])).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
    });

    test("are said to be one person: the proposed split goes, until it is undone", async () => {
      const { store, add, discover } = await makeScene(open);
      const ids = await add({}, {}, {});
      const [a, b, c] = ids as [number, number, number];
      const split = [[a, b], [c]] as const;
      await discover({ c1: ids }, { c1: { split } });
      await expect(store.keepTogether({ cluster: "c1", version: "0" })).rejects.toMatchObject({
        code: "CLUSTER_CHANGED",
      });
      const { change } = await store.keepTogether({ cluster: "c1", version: null });
      expect((await store.cluster("c1"))?.split).toBeNull();
      expect(await store.groupings()).toEqual([{ together: true, sides: new Map(ids.map((id) => [id, 0])) }]);
      expect((await store.changes(PAGE)).items).toMatchObject([
        { id: change, action: "keep_together", sentence: "a group of 3 faces was said to be one person" },
      ]);
      await store.undo();
      expect((await store.cluster("c1"))?.split).toEqual(split);
      expect(await store.groupings()).toEqual([]);
      await expect(store.keepTogether({ cluster: "c9", version: null })).rejects.toMatchObject({
        code: "CLUSTER_NOT_FOUND",
      });
    });
  });
}
