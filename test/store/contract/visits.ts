import { describe, expect, test } from "vitest";
import type { VisitToSave } from "../../../src/store/port/visits.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makeVisitToSave } from "../../make/visit.ts";
import { makeScene, type OpenStore, PAGE, readPages, type Scene } from "../scene.ts";

export const at = (second: number) => new Date(Date.UTC(2026, 1, 18, 12, 0, second));

/** Stores a visit of so many faces, a second apart, that ends at `second`; answers the face ids. */
export async function addVisit(
  { store }: Scene,
  visitId: string,
  { second = 0, count = 2, ...overrides }: Partial<VisitToSave> & { second?: number; count?: number } = {},
): Promise<number[]> {
  const camera = overrides.camera ?? "front_door";
  const matched =
    overrides.personId === undefined || overrides.personId === null
      ? null
      : { person: "?", personId: overrides.personId, distance: overrides.distance ?? 0.3, score: 0.7 };
  const faces = Array.from({ length: count }, (_, i) =>
    makeFaceToSave({ visitId, camera, matched, capturedAt: at(second - count + 1 + i) }),
  );
  const visit = makeVisitToSave({
    visitId,
    state: matched ? "recognized" : "unknown",
    distance: matched?.distance ?? null,
    from: at(second - count + 1),
    to: at(second),
    faces: count,
    bestFace: faces.at(-1)?.uid as string,
    ...overrides,
    camera,
  });
  return (await store.saveFaces(faces, [visit])).map((one) => one.face.id);
}

export function describeVisits(open: OpenStore): void {
  describe("visits", () => {
    test("are listed newest first, with who it was, and the face that shows them best", async () => {
      const scene = await makeScene(open);
      await scene.enrol("Anna", {});
      const unknown = await addVisit(scene, "v_a", { second: 10, count: 3 });
      const anna = await addVisit(scene, "v_b", { second: 20, camera: "gate", personId: "anna", distance: 0.25 });
      const { items, nextCursor } = await scene.store.visits({}, PAGE);
      expect(nextCursor).toBeNull();
      expect(items).toEqual([
        {
          visitId: "v_b",
          camera: "gate",
          model: "dlib",
          from: at(19),
          to: at(20),
          faces: 2,
          state: "recognized",
          person: { personId: "anna", name: "Anna" },
          distance: 0.25,
          stranger: null,
          representative: await scene.store.face(anna[1] as number),
        },
        {
          visitId: "v_a",
          camera: "front_door",
          model: "dlib",
          from: at(8),
          to: at(10),
          faces: 3,
          state: "unknown",
          person: null,
          distance: null,
          stranger: null,
          representative: await scene.store.face(unknown[2] as number),
        },
      ]);
      expect(await scene.store.visit("v_b")).toEqual(items[0]);
      expect(await scene.store.visit("v_c")).toBeNull();
      const { items: faces } = await scene.store.faces({ visit: "v_a" }, PAGE);
      expect(faces.map((face) => face.id)).toEqual(unknown.toReversed());
    });

    test("are selected by camera, person, stranger, state and time, page by page", async () => {
      const scene = await makeScene(open);
      const { store } = scene;
      await scene.enrol("Anna", {});
      await addVisit(scene, "v_a", { second: 10 });
      await addVisit(scene, "v_b", { second: 20, camera: "gate", personId: "anna" });
      await addVisit(scene, "v_c", { second: 30, camera: "gate" });
      await store.makeStranger(1, "v_a");
      await addVisit(scene, "v_d", { second: 40, camera: "gate", strangerId: "s_1" });
      const ids = async (filter: Parameters<typeof store.visits>[0]) =>
        (await store.visits(filter, PAGE)).items.map((visit) => visit.visitId);
      expect(await ids({ camera: "gate" })).toEqual(["v_d", "v_c", "v_b"]);
      expect(await ids({ personId: "anna" })).toEqual(["v_b"]);
      expect(await ids({ strangerId: "s_1" })).toEqual(["v_d", "v_a"]);
      expect(await ids({ state: "unknown", camera: "gate" })).toEqual(["v_d", "v_c"]);
      expect(await ids({ from: at(20), to: at(40) })).toEqual(["v_c", "v_b"]);
      const pages = await readPages((cursor) => store.visits({ camera: "gate" }, { limit: 2, cursor }));
      expect(pages.map((visits) => visits.map((visit) => visit.visitId).join())).toEqual(["v_d,v_c", "v_b"]);
      expect((await store.visit("v_a"))?.stranger).toEqual({
        strangerId: "s_1",
        number: 1,
        model: "dlib",
        visits: 2,
        cameras: ["front_door", "gate"],
        firstSeen: at(9),
        lastSeen: at(40),
      });
    });

    test("shrink with their faces, which another then shows best, and go with the last one", async () => {
      const scene = await makeScene(open);
      const ids = (await addVisit(scene, "v_a", { second: 10, count: 3 })) as [number, number, number];
      await scene.store.purge([ids[2]]);
      expect(await scene.store.visit("v_a")).toMatchObject({ faces: 2, to: at(9), representative: { id: ids[0] } });
      await scene.store.purge([ids[0], ids[1]]);
      expect(await scene.store.visit("v_a")).toBeNull();
    });

    test("are no one's when the person is deleted, and someone else's after a merge", async () => {
      const scene = await makeScene(open);
      const { store } = scene;
      await scene.enrol("Anna", {});
      await scene.enrol("Bob", {});
      await addVisit(scene, "v_a", { personId: "anna" });
      await store.merge(["anna"], "bob");
      expect(await store.visit("v_a")).toMatchObject({ person: { name: "Bob" }, state: "recognized" });
      await store.rename("bob", "Rob", false);
      expect(await store.visit("v_a")).toMatchObject({ person: { name: "Rob" } });
      await store.remove("bob", "unassign");
      expect(await store.visit("v_a")).toMatchObject({ person: null, state: "unknown", distance: null });
      await store.undo();
      expect(await store.visit("v_a")).toMatchObject({ person: { name: "Rob" }, state: "recognized", distance: 0.3 });
    });
  });
}
