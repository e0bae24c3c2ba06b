import { describe, expect, test } from "vitest";
import { makeEncoding } from "../../make/encoding.ts";
import { makeScene, type OpenStore, PAGE, snapshot } from "../scene.ts";

export function describeManyClusters(open: OpenStore): void {
  describe("clusters, many at once", () => {
    test("are ignored in one change, which is undone at once", async () => {
      const { store, add, discover } = await makeScene(open);
      const [a, b, c, d] = (await add({}, {}, {}, {})) as [number, number, number, number];
      await discover({ c1: [a, b], c2: [c], c3: [d] });
      const before = await snapshot(store);
      const shown = ["c1", "c2"].map((cluster) => ({ cluster, version: null }));
      expect(await store.ignoreAll(shown)).toEqual({ clusters: 2, faces: 3, change: 1 });
      expect((await store.clusters({ ignored: true }, PAGE)).items.map((one) => one.id)).toEqual(["c1", "c2"]);
      expect((await store.changes(PAGE)).items).toMatchObject([
        { action: "ignore", sentence: "2 groups with 3 faces were ignored", blocked: null },
      ]);
      // Those that are ignored already are passed over.
      expect(await store.ignoreAll(shown)).toEqual({ clusters: 0, faces: 0, change: null });
      expect(await store.ignoreAll([])).toEqual({ clusters: 0, faces: 0, change: null });
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
      await store.redo();
      expect((await store.clusters({ ignored: true }, PAGE)).items).toHaveLength(2);
    });

    test("are ignored all or none", async () => {
      const { store, add, discover } = await makeScene(open);
      const [a, b] = (await add({}, {})) as [number, number];
      await discover({ c1: [a], c2: [b] });
      const first = { cluster: "c1", version: null };
      await expect(store.ignoreAll([first, { cluster: "c2", version: "0" }])).rejects.toMatchObject({
        code: "CLUSTER_CHANGED",
      });
      await expect(store.ignoreAll([first, { cluster: "c9", version: null }])).rejects.toMatchObject({
        code: "CLUSTER_NOT_FOUND",
      });
      expect((await store.clusters({ ignored: true }, PAGE)).items).toEqual([]);
    });

    test("are given one name in one change; the largest few become looks", async () => {
      const { store, add, discover } = await makeScene(open);
      const ids = await add(...Array.from({ length: 11 }, (_, i) => ({ encoding: makeEncoding(i + 1) })));
      const groups = { c1: ids.slice(0, 1), c2: ids.slice(1, 4), c3: ids.slice(4, 8), c4: ids.slice(8, 10) };
      await discover({ ...groups, other: ids.slice(10) });
      const before = await snapshot(store);
      const clusters = ["c1", "c2", "c3", "c4"].map((cluster) => ({ cluster, version: null }));
      const outcome = await store.assignClusters({ clusters, name: "Anna", allowSameFrame: true });
      expect(outcome).toMatchObject({ change: 1, created: true, encodingCount: 3, person: { name: "Anna" } });
      expect(outcome.faceIds).toHaveLength(10);
      const { people } = await store.gallery();
      expect(people[0]?.encodings.map((one) => one.count)).toEqual([4, 3, 2]);
      expect((await store.clusters({ ignored: false }, PAGE)).items.map((one) => one.id)).toEqual(["other"]);
      expect((await store.changes(PAGE)).items).toMatchObject([{ sentence: "Anna was enrolled from 10 faces" }]);
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
    });

    test("are named all or none", async () => {
      const { store, add, discover } = await makeScene(open);
      const frame = { camera: "door", source: "a.jpg" };
      const [a, b, c] = (await add(frame, frame, {})) as [number, number, number];
      await discover({ c1: [a], c2: [b], c3: [c] });
      const before = await snapshot(store);
      const give = (ids: readonly string[], allowSameFrame = true, version: string | null = null) =>
        store.assignClusters({
          clusters: ids.map((cluster) => ({ cluster, version })),
          name: "Anna",
          allowSameFrame,
        });
      await expect(give([])).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(give(["c1", "c9"])).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
      await expect(give(["c1"], true, "0")).rejects.toMatchObject({ code: "CLUSTER_CHANGED" });
      await expect(give(["c1", "c2"], false)).rejects.toMatchObject({ code: "SAME_FRAME", details: { faces: [a, b] } });
      expect(await snapshot(store)).toEqual(before);
      expect((await give(["c1", "c3"], false)).faceIds).toEqual([a, c]);
      await expect(give(["c2"], false)).rejects.toMatchObject({ code: "SAME_FRAME" });
    });
  });
}
