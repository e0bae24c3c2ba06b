import { describe, expect, test } from "vitest";
import { meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import { measureTightness } from "../../../src/domain/vectors/tightness.ts";
import type { SeenFilter } from "../../../src/store/port/clusters.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { assignment, makeScene, type OpenStore, PAGE, readPages } from "../scene.ts";

export function describeClusters(open: OpenStore): void {
  describe("clusters", () => {
    test("are the last result, largest first, and survive a restart", async () => {
      const scene = await makeScene(open);
      const ids = await scene.add({ camera: "b" }, { camera: "a" }, {}, {}, {}, {}, {});
      const [a, b, c, d, e, f, g] = ids as [number, number, number, number, number, number, number];
      await scene.discover({ old: ids });
      await scene.discover({ small: [g], big: [b, a, c, d, e, f] });
      await scene.reopen();
      const { items, nextCursor } = await scene.store.clusters({ ignored: false }, { limit: 1, cursor: null });
      expect(items[0]).toMatchObject({ id: "big", ignored: false, size: 6, cameras: ["a", "b", "front_door"] });
      expect(items[0]?.representatives.map((face) => face.id)).toEqual([b, a, c, d, e]);
      const next = await scene.store.clusters({ ignored: false }, { limit: 1, cursor: nextCursor });
      expect(next.items.map((one) => one.id)).toEqual(["small"]);
      expect(next.nextCursor).toBeNull();
      expect(await scene.store.cluster("old")).toBeNull();
      expect(await scene.store.clusterMembers()).toEqual(
        new Map([
          ["big", [a, b, c, d, e, f]],
          ["small", [g]],
        ]),
      );
      const last = await scene.store.lastDiscovery();
      expect(last).toMatchObject({ id: "d2", faces: 7, clusters: 2 });
      expect(last?.finishedAt).toEqual(scene.clock.now());
      expect((await scene.store.face(g))?.cluster).toBe("small");
    });

    test("leave out faces that were assigned, ignored or purged while the discovery ran", async () => {
      const { store, add, discover } = await makeScene(open);
      const [a, b, c, d, e] = (await add({}, {}, {}, {}, {})) as [number, number, number, number, number];
      await discover({ c1: [a], c2: [b], c3: [c] });
      await store.assign(assignment("c1", "Anna"));
      await store.ignore("c2", null);
      await store.purge([c]);
      await discover({ all: [a, b, c, d, e], gone: [a] });
      expect((await store.cluster("all"))?.size).toBe(2);
      expect((await store.cluster("all"))?.mean).toEqual(
        meanEncoding([(await store.encodingOf(d)) as Float32Array, (await store.encodingOf(e)) as Float32Array]),
      );
      expect(await store.cluster("gone")).toBeNull();
      expect(await store.lastDiscovery()).toMatchObject({ clusters: 1 });
      expect((await store.cluster("c2"))?.ignored).toBe(true);
    });

    test("never take the id of an ignored group", async () => {
      const { store, add, discover } = await makeScene(open);
      const [a, b] = (await add({}, {})) as [number, number];
      await discover({ c1: [a] });
      await store.ignore("c1", null);
      await discover({ c1: [a, b] });
      expect(await store.cluster("c1")).toMatchObject({ ignored: true, size: 1 });
      const { items } = await store.clusters({ ignored: false }, PAGE);
      expect(items).toMatchObject([{ size: 1, representatives: [{ id: b }] }]);
    });

    test("have a version that is the same for the same faces and another for others", async () => {
      const { store, add, discover } = await makeScene(open);
      const [a, b, c] = (await add({}, {}, {})) as [number, number, number];
      await discover({ c1: [a, b], c2: [c] });
      const first = (await store.cluster("c1"))?.version;
      await discover({ x: [b, a], c2: [c] });
      expect((await store.cluster("x"))?.version).toBe(first);
      await discover({ c1: [a, b, c] });
      expect((await store.cluster("c1"))?.version).not.toBe(first);
    });

    test("keep how tight they are, which face fits worst and a proposed split, until their faces change", async () => {
      const scene = await makeScene(open);
      const encodings = [0, 0.1, 0.2, 0.6].map((away, i) => makeNear(makeEncoding(1), away, i + 1));
      const ids = await scene.add(...encodings.map((encoding) => ({ encoding })));
      const [a, b, c, d] = ids as [number, number, number, number];
      const proposal = {
        tightness: 0.25,
        worst: { faceId: d, distance: 0.5 },
        split: [
          [a, c],
          [b, d],
        ] as const,
      };
      await scene.discover({ c1: ids }, { c1: proposal });
      await scene.reopen();
      const { store } = scene;
      expect(await store.cluster("c1")).toMatchObject(proposal);
      expect((await store.clusters({ ignored: false }, PAGE)).items[0]).toMatchObject(proposal);

      await store.purge([d]);
      const left = await store.cluster("c1");
      const rest = measureTightness(encodings.slice(0, 3), meanEncoding(encodings.slice(0, 3)));
      expect(left).toMatchObject({ tightness: rest.tightness, worst: { faceId: c }, split: [[a, c], [b]] });
      await store.assign(assignment("c1", "Anna", [a, c]));
      expect(await store.cluster("c1")).toMatchObject({ size: 2, split: null });
      await store.undo();
      expect(await store.cluster("c1")).toMatchObject({ size: 3, split: [[a, c], [b]] });
      await store.purge([a, b]);
      expect(await store.cluster("c1")).toMatchObject({ size: 1, tightness: null, worst: null, split: null });
    });

    test("that are split stay apart: the larger keeps its id, both are measured anew, and it can be undone", async () => {
      const { store, add, discover } = await makeScene(open);
      const ids = await add(...[1, 2, 3, 4, 5].map((seed) => ({ encoding: makeEncoding(seed), camera: `c${seed}` })));
      const [a, b, c, d, e] = ids as [number, number, number, number, number];
      await discover(
        { c1: ids },
        {
          c1: {
            split: [
              [a, b],
              [c, d, e],
            ],
          },
        },
      );
      const before = await store.cluster("c1");
      const {
        clusters: [kept, made],
      } = await store.split({ cluster: "c1", version: before?.version ?? "", faces: null });
      expect(kept).toBe("c1");
      expect(await store.cluster(kept)).toMatchObject({ size: 3, cameras: ["c3", "c4", "c5"], split: null });
      expect(await store.cluster(made)).toMatchObject({ size: 2, cameras: ["c1", "c2"], split: null });
      expect((await store.cluster(made))?.representatives.map((face) => face.id)).toEqual([a, b]);
      expect((await store.cluster(made))?.tightness).toBeGreaterThan(0);
      const sides = new Map([...[c, d, e].map((id) => [id, 0] as const), ...[a, b].map((id) => [id, 1] as const)]);
      expect(await store.groupings()).toEqual([{ together: false, sides }]);

      await store.purge([a]);
      sides.delete(a);
      expect(await store.groupings()).toEqual([{ together: false, sides }]);
      expect(await store.undo()).toMatchObject({ sentence: "taken back: a group of 5 faces was split" });
      expect(await store.groupings()).toEqual([]);
      expect(await store.cluster(made)).toBeNull();
      expect(await store.cluster("c1")).toMatchObject({ size: 4, split: [[b], [c, d, e]] });
    });

    test("are split by the faces given, and refuse what is no split", async () => {
      const { store, add, discover } = await makeScene(open);
      const [a, b, c, d] = (await add({}, {}, {}, {})) as [number, number, number, number];
      await discover({ c1: [a, b, c], c2: [d] });
      const split = (faces: readonly number[] | null, version: string | null = null, cluster = "c1") =>
        store.split({ cluster, version, faces });
      await expect(split(null)).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(split([])).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(split([a, b, c])).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(split([d])).rejects.toMatchObject({ code: "INVALID_INPUT" });
      await expect(split([999])).rejects.toMatchObject({ code: "FACE_NOT_FOUND" });
      await expect(split([a], "0")).rejects.toMatchObject({ code: "CLUSTER_CHANGED" });
      await expect(split([a], null, "c9")).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
      await store.ignore("c2", null);
      await expect(split([d], null, "c2")).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
      const {
        clusters: [kept, made],
      } = await split([a, b]);
      expect([kept, (await store.cluster(kept))?.size, (await store.cluster(made))?.size]).toEqual(["c1", 2, 1]);
      expect((await store.face(c))?.cluster).toBe(made);
    });

    test("keep by whom they are shown and how they are split, as it is looked at anew", async () => {
      const { store, add, discover } = await makeScene(open);
      const ids = await add({}, {}, { wantsThumbnail: true });
      const [a, b, c] = ids as [number, number, number];
      await discover({ c1: [c, a, b] });
      await store.saveThumbnail(c, new Uint8Array(3));
      const shown = async () => (await store.cluster("c1"))?.representatives.map((face) => face.id);
      const isOther = await store.saveClusterView("c1", (faces, model) => {
        expect(model).toBe("dlib");
        expect(faces.map(({ encoding: _, ...face }) => face)).toEqual([
          { faceId: a, visitId: null, hasThumbnail: false },
          { faceId: b, visitId: null, hasThumbnail: false },
          { faceId: c, visitId: null, hasThumbnail: true },
        ]);
        return { faceIds: [b, c, a], split: [[a, c], [b]] };
      });
      expect([isOther, await shown()]).toEqual([true, [b, c, a]]);
      expect((await store.cluster("c1"))?.split).toEqual([[a, c], [b]]);
      expect(await store.saveClusterView("c1", () => ({ faceIds: [b, c, a] }))).toBe(false);
      expect((await store.cluster("c1"))?.split).toEqual([[a, c], [b]]);
      await store.saveClusterView("c1", () => ({ faceIds: [b, c, a], split: null }));
      expect((await store.cluster("c1"))?.split).toBeNull();
      expect(await store.saveClusterView("gone", () => ({ faceIds: [a] }))).toBe(false);
      expect(await store.faceLooks([c, a, 999])).toEqual(
        new Map([
          [c, { visitId: null, hasThumbnail: true }],
          [a, { visitId: null, hasThumbnail: false }],
        ]),
      );
    });

    test("that are ignored keep their faces out of discovery; new ones join silently and count", async () => {
      const { store, add, discover } = await makeScene(open);
      const [a, b] = (await add({ encoding: makeEncoding(1) }, { encoding: makeEncoding(2) })) as [number, number];
      await discover({ c1: [a, b] });
      const before = await store.ignore("c1", null);
      expect(before).toMatchObject({ id: "c1", ignored: true, size: 2 });
      const encoding = makeEncoding(3);
      const [joined] = await add({ encoding, ignoredCluster: "c1", camera: "zoo", capturedAt: new Date("2030-01-01") });
      const cluster = await store.cluster("c1");
      expect(cluster).toMatchObject({ size: 3, ignored: true, cameras: ["front_door", "zoo"] });
      expect(cluster?.lastSeen).toEqual(new Date("2030-01-01"));
      expect(cluster?.version).not.toBe(before.version);
      expect((await store.face(joined as number))?.state).toBe("ignored");
      expect(await store.collectUnassigned({ includeRecognized: true })).toEqual([]);
      expect(await store.counts()).toMatchObject({ faces: 3, unassigned: 0, ignored: 3, assigned: 0, clusters: 0 });
      const { ignored } = await store.gallery();
      expect(ignored).toMatchObject([{ cluster: "c1", encoding: cluster?.mean }]);
      const others = await store.cameraStates();
      expect(others.find((one) => one.camera === "zoo")).toMatchObject({
        cameraId: "zoo",
        lastSeen: null,
        faceId: null,
      });
    });

    test("that are gone are joined by no face", async () => {
      const { store, add } = await makeScene(open);
      const [id] = await add({ ignoredCluster: "c9" });
      expect(await store.face(id as number)).toMatchObject({ state: "unassigned", cluster: null });
    });

    test("come back from being ignored at once, under their id, until the next discovery", async () => {
      const { store, add, discover } = await makeScene(open);
      const [a] = (await add({})) as [number];
      await discover({ c1: [a] });
      await store.ignore("c1", null);
      await discover({});
      expect(await store.unignore("c1")).toEqual({ cluster: "c1", faceIds: [a], change: 2 });
      expect(await store.cluster("c1")).toMatchObject({ ignored: false, size: 1 });
      expect((await store.face(a))?.state).toBe("unassigned");
      await discover({ c2: [a] });
      expect(await store.cluster("c1")).toBeNull();
      await expect(store.unignore("c1")).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
      await expect(store.unignore("c2")).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
      await expect(store.ignore("c2", "0")).rejects.toMatchObject({ code: "CLUSTER_CHANGED" });
    });

    test("are listed by size, time and id, page by page in either order, and found by what faces they have", async () => {
      const { store, add, discover } = await makeScene(open);
      const at = (day: number) => new Date(Date.UTC(2026, 1, day, 12));
      const [a, b, c, d, e, f] = (await add(
        { camera: "door", capturedAt: at(1) },
        { camera: "garden", capturedAt: at(9) },
        { camera: "door", capturedAt: at(5) },
        { camera: "door", capturedAt: at(6) },
        { camera: "garden", capturedAt: at(7) },
        { camera: "garden", capturedAt: at(8) },
      )) as [number, number, number, number, number, number];
      await discover({ long: [a, b, f], door: [c, d], garden: [e] });
      const ids = async (filter: object) =>
        (await store.clusters({ ignored: false, ...filter }, PAGE)).items.map((one) => one.id);
      expect(await ids({})).toEqual(["long", "door", "garden"]);
      expect(await ids({ sort: "last_seen" })).toEqual(["long", "garden", "door"]);
      expect(await ids({ ids: ["garden", "long", "other"] })).toEqual(["long", "garden"]);
      expect(await ids({ ids: [] })).toEqual([]);
      const seen = async (filter: SeenFilter) => [...(await store.clustersSeen(filter))].sort();
      expect(await seen({})).toEqual(["door", "garden", "long"]);
      expect(await seen({ camera: "door" })).toEqual(["door", "long"]);
      expect(await seen({ from: at(9) })).toEqual(["long"]);
      expect(await seen({ to: at(5) })).toEqual(["long"]);
      // It was seen before and after, but not then, and in the garden then, but not at the door.
      expect(await seen({ from: at(5), to: at(7) })).toEqual(["door"]);
      expect(await seen({ camera: "door", from: at(7) })).toEqual([]);
      expect(await seen({ camera: "garden", from: at(7) })).toEqual(["garden", "long"]);
      for (const sort of ["size", "last_seen"] as const) {
        const pages = await readPages((cursor) => store.clusters({ ignored: false, sort }, { limit: 1, cursor }));
        expect(pages.flat().map((one) => one.id)).toEqual(await ids({ sort }));
      }
      const { nextCursor } = await store.clusters({ ignored: false }, { limit: 1, cursor: null });
      await expect(
        store.clusters({ ignored: false, sort: "last_seen" }, { limit: 1, cursor: nextCursor }),
      ).rejects.toMatchObject({ code: "INVALID_INPUT" });
    });

    test("have outlines without their faces, and say how many faces were recognized", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      const { personId } = await enrol("Anna", {});
      const match = { person: "Anna", personId, distance: 0.2, score: 0.8 };
      const [a, b, c, d] = (await add({ matched: match }, {}, {}, {})) as [number, number, number, number];
      await discover({ c1: [a, b, c], c2: [d] });
      await store.ignore("c2", null);
      const {
        representatives: _,
        tightness: _t,
        worst: _w,
        visits: _v,
        ...outline
      } = (await store.cluster("c1")) ?? { representatives: [], tightness: null, worst: null, visits: 1 };
      expect(await store.clusterOutlines({ ignored: false })).toEqual([outline]);
      expect(await store.clusterOutlines({ ignored: true })).toMatchObject([{ id: "c2", ignored: true, size: 1 }]);
      expect(await store.countRecognized("c1", personId)).toBe(1);
      expect(await store.countRecognized("c1", "bob")).toBe(0);
      expect(await store.countRecognized("c9", personId)).toBe(0);
    });
  });
}
