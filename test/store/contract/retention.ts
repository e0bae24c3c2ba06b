import { describe, expect, test } from "vitest";
import { meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import { assignment, makeScene, type OpenStore } from "../scene.ts";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const from = (n: number) => ({ capturedAt: day(n), receivedAt: day(n) });

export function describeRetention(open: OpenStore): void {
  describe("retention", () => {
    test("finds unassigned faces by the later of their times", async () => {
      const { store, add, enrol } = await makeScene(open);
      await enrol("Anna", from(1));
      const [old, , late] = (await add(from(2), { capturedAt: day(1), receivedAt: day(9) }, from(3))) as number[];
      await store.saveThumbnail(old as number, new Uint8Array([1]));
      expect((await store.purgeable(day(3))).map((one) => one.faceId)).toEqual([old]);
      const [candidate] = await store.purgeable(day(4));
      expect(candidate).toMatchObject({ faceId: old, camera: "front_door", capturedAt: day(2), hasThumbnail: true });
      expect((await store.purgeable(day(4))).map((one) => one.faceId)).toEqual([old, late]);
    });

    test("deletes what is still unassigned, and says what went", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      const { ids: annas } = await enrol("Anna", from(1));
      const ids = (await add(from(1), from(1), from(1))) as [number, number, number];
      await store.saveThumbnail(ids[0], new Uint8Array([1]));
      await discover({ c1: ids.slice(0, 2), c2: [ids[2]] });
      expect(await store.purge([...annas, ids[0], ids[2], 99_999])).toEqual([ids[0], ids[2]]);
      expect(await store.thumbnail(ids[0])).toBeNull();
      expect(await store.cluster("c1")).toMatchObject({ size: 1, representatives: [{ id: ids[1] }] });
      expect(await store.cluster("c2")).toBeNull();
      expect(await store.face(annas[0] as number)).not.toBeNull();
      expect(await store.counts()).toMatchObject({ faces: 2, thumbnails: 0 });
    });

    test("keeps the faces that show who is ignored, and the group's mean", async () => {
      const { store, add, discover } = await makeScene(open);
      const ids = await add(...Array.from({ length: 7 }, () => from(1)));
      await discover({ c1: ids });
      await store.ignore("c1", null);
      const mean = (await store.cluster("c1"))?.mean;
      const candidates = (await store.purgeable(day(5))).map((one) => one.faceId);
      expect(candidates).toEqual(ids.slice(5));
      expect(await store.purge(ids)).toEqual(ids.slice(5));
      expect(await store.cluster("c1")).toMatchObject({ size: 5, ignored: true, mean });
    });

    test("makes the mean of a waiting group again of the faces that stay", async () => {
      const { store, add, discover } = await makeScene(open);
      const ids = (await add(from(1), {}, {})) as [number, number, number];
      await discover({ c1: ids });
      await store.purge([ids[0]]);
      const stay = await Promise.all(ids.slice(1).map((id) => store.encodingOf(id)));
      expect((await store.cluster("c1"))?.mean).toEqual(meanEncoding(stay as Float32Array[]));
    });

    test("knows which frames other faces still need", async () => {
      const { store, add } = await makeScene(open);
      const [a, b] = (await add({ source: "x" }, { source: "x" }, { source: "y" }, { source: null })) as [
        number,
        number,
      ];
      expect(await store.otherSources([a])).toEqual(new Set(["x", "y"]));
      expect(await store.otherSources([a, b])).toEqual(new Set(["y"]));
    });

    test("keeps over a restart for how long nothing may be purged", async () => {
      const scene = await makeScene(open);
      expect(await scene.store.purgeHold()).toBe(0);
      await scene.store.savePurgeHold(1_234);
      await scene.reopen();
      expect(await scene.store.purgeHold()).toBe(1_234);
      await scene.store.savePurgeHold(0);
      expect(await scene.store.purgeHold()).toBe(0);
    });

    test("takes from changes what they hold of what was purged: they stay in the history, and no other is touched", async () => {
      const { store, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", from(1), from(1));
      await enrol("Bob", {});
      await store.unassign([ids[0] as number]);
      await store.rename("bob", "Rob", false);
      await store.purge([ids[0] as number]);
      const why = "faces that it holds were purged since";
      const { items } = await store.changes({ limit: 10, cursor: null });
      expect(items.map(({ action, blocked }) => [action, blocked])).toEqual([
        ["rename", null],
        ["unassign", why],
        ["assign", "Bob was renamed to Rob since: undo that first"],
        ["assign", `1 face was taken out of Anna since, and ${why}`],
      ]);
      await expect(store.undo(3)).rejects.toMatchObject({ code: "NOT_UNDOABLE", message: why });
      expect(await store.undo()).toMatchObject({ action: "rename" });
      await expect(store.undo()).rejects.toMatchObject({
        code: "NOTHING_TO_UNDO",
        message: expect.stringContaining(why),
      });
      expect(await store.undo(2)).toMatchObject({ sentence: "taken back: Bob was enrolled from 1 face" });
    });

    test("does not stand in the way of undoing what holds nothing of the purged", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      await enrol("Anna", {});
      const ids = (await add(from(1), from(1))) as [number, number];
      await discover({ c1: ids });
      await store.assign(assignment("c1", "Bob", [ids[1]]));
      await store.purge([ids[1]]);
      expect(await store.undo()).toMatchObject({ action: "assign" });
      expect(await store.cluster("c1")).toMatchObject({ size: 1, representatives: [{ id: ids[0] }] });
    });
  });
}
