import { describe, expect, test } from "vitest";
import { makeEncoding } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makeVisitToSave } from "../../make/visit.ts";
import { assignment, makeScene, type OpenStore, PAGE, readPages, type Scene, snapshot } from "../scene.ts";

const at = (hour: number): Date => new Date(Date.UTC(2026, 1, 18, hour));

interface Given {
  readonly hour?: number;
  readonly camera?: string;
  readonly strangerId?: string | null;
  readonly faces?: number;
}

/** An unknown visit that has ended; answers its faces. */
async function addVisit({ store }: Scene, visitId: string, given: Given = {}): Promise<number[]> {
  const { hour = 10, camera = "front_door", strangerId = null, faces = 1 } = given;
  const batch = Array.from({ length: faces }, () =>
    makeFaceToSave({ visitId, camera, capturedAt: at(hour), receivedAt: at(hour) }),
  );
  const visit = makeVisitToSave({
    visitId,
    camera,
    from: at(hour),
    to: at(hour),
    faces,
    mean: makeEncoding(hour),
    bestFace: batch[0]?.uid ?? "",
    strangerId,
  });
  const saved = await store.saveFaces(batch, [visit]);
  await store.endVisits([{ visitId, state: "unknown", personId: null, distance: null, strangerId }]);
  return saved.map(({ face }) => face.id);
}

/** Stranger 1 at two cameras, and two people who came once. */
async function makeStrangers(open: OpenStore) {
  const scene = await makeScene(open);
  const first = await addVisit(scene, "a", { hour: 8, faces: 2 });
  await addVisit(scene, "x", { hour: 9 });
  await addVisit(scene, "y", { hour: 9 });
  await scene.store.makeStranger(1, "a");
  const second = await addVisit(scene, "b", { hour: 12, camera: "garden", strangerId: "s_1" });
  return { scene, first, second };
}

export function describeStrangers(open: OpenStore): void {
  describe("strangers", () => {
    test("are named by the groups that show them: those with more than half of their faces of these visits", async () => {
      const { scene, first, second } = await makeStrangers(open);
      const { store, add, discover } = scene;
      const others = await add({}, {}, {});
      await discover({ back: [...first, ...second, others[0] as number], lone: others.slice(1) });
      const stranger = { strangerId: "s_1", number: 1, visits: 2 };
      expect(await store.cluster("back")).toMatchObject({ size: 4, visits: 2, stranger });
      expect(await store.cluster("lone")).toMatchObject({ size: 2, visits: 1, stranger: null });
      const outlines = await store.clusterOutlines({ ignored: false });
      expect(outlines.map((one) => [one.id, one.stranger])).toEqual([
        ["back", stranger],
        ["lone", null],
      ]);
      await discover({ half: [first[0] as number, others[1] as number] });
      expect(await store.cluster("half")).toMatchObject({ stranger: null });
    });

    test("are made of a visit and the next, with a number that counts up", async () => {
      const { scene, first, second } = await makeStrangers(open);
      const { store } = scene;
      const { items, nextCursor } = await store.strangers(PAGE);
      expect(items).toMatchObject([
        {
          strangerId: "s_1",
          number: 1,
          model: "dlib",
          visits: 2,
          cameras: ["front_door", "garden"],
          firstSeen: at(8),
          lastSeen: at(12),
          bestFace: second[0],
          representative: { id: second[0], camera: "garden", strangerId: "s_1", visitId: "b" },
        },
      ]);
      expect(nextCursor).toBeNull();
      expect(await store.stranger("s_1")).toEqual(items[0]);
      expect(await store.stranger("s_2")).toBeNull();
      expect(await store.strangerCount()).toBe(1);
      expect((await store.face(first[0] as number))?.strangerId).toBe("s_1");
      expect((await store.unknownVisits()).lastNumber).toBe(1);
    });

    test("are shown by the face that has a picture", async () => {
      const { scene, first } = await makeStrangers(open);
      await scene.store.saveThumbnail(first[0] as number, new Uint8Array([1]));
      expect(await scene.store.stranger("s_1")).toMatchObject({ bestFace: first[0] });
    });

    test("come by last visit, the newest first, in pages", async () => {
      const { scene } = await makeStrangers(open);
      await scene.store.makeStranger(2, "x");
      await scene.store.makeStranger(3, "y");
      const pages = await readPages((cursor) => scene.store.strangers({ limit: 1, cursor }));
      expect(pages.flat().map((one) => one.strangerId)).toEqual(["s_1", "s_3", "s_2"]);
      await expect(scene.store.strangers({ limit: 1, cursor: "x" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    });

    test("stay over a restart, with the means of their visits", async () => {
      const { scene } = await makeStrangers(open);
      const before = await scene.store.unknownVisits();
      expect(before.visits.map(({ visitId, strangerId, faces }) => [visitId, strangerId, faces])).toEqual([
        ["a", "s_1", 2],
        ["x", null, 1],
        ["y", null, 1],
        ["b", "s_1", 1],
      ]);
      expect(before.visits[1]?.mean).toEqual(makeEncoding(9));
      await scene.reopen();
      expect(await scene.store.unknownVisits()).toEqual(before);
    });

    test("are not made of a visit that is known, another's or gone", async () => {
      const { scene, second } = await makeStrangers(open);
      await scene.store.makeStranger(2, "a");
      await scene.store.makeStranger(3, "gone");
      await scene.discover({ c: second });
      await scene.store.assign(assignment("c", "Anna"));
      await scene.store.makeStranger(4, "b");
      expect((await scene.store.strangers(PAGE)).items.map((one) => one.strangerId)).toEqual(["s_1"]);
      expect((await scene.store.unknownVisits()).lastNumber).toBe(1);
    });

    test("can be taken back; their number is not given again", async () => {
      const { scene } = await makeStrangers(open);
      await scene.store.dissolveStranger("s_1");
      expect(await scene.store.strangerCount()).toBe(0);
      const { visits, lastNumber } = await scene.store.unknownVisits();
      expect(visits.every((one) => one.strangerId === null)).toBe(true);
      expect(lastNumber).toBe(1);
    });

    test("stay through discoveries, and go with the last visit", async () => {
      const { scene, first, second } = await makeStrangers(open);
      await scene.discover({ c1: first, c2: second });
      await scene.discover({ c1: [...first, ...second] });
      expect(await scene.store.strangerCount()).toBe(1);
      await scene.store.purge(first);
      expect(await scene.store.stranger("s_1")).toMatchObject({ visits: 1, cameras: ["garden"], firstSeen: at(12) });
      await scene.store.purge(second);
      expect(await scene.store.stranger("s_1")).toBeNull();
    });

    test("become a person's history when they are named, in one change", async () => {
      const { scene, first, second } = await makeStrangers(open);
      const { store } = scene;
      const before = { ...(await snapshot(store)), strangers: await store.strangers(PAGE) };
      const outcome = await store.assignStranger("s_1", "Anna");
      expect(outcome).toMatchObject({ created: true, faceIds: [...first, ...second], encodingCount: 1 });
      expect(await store.strangerCount()).toBe(0);
      expect((await store.faces({ personId: "anna" }, PAGE)).items).toHaveLength(3);
      expect((await store.gallery()).people).toMatchObject([{ name: "Anna", encodings: [{ count: 3 }] }]);
      expect((await store.unknownVisits()).visits.map((one) => one.visitId)).toEqual(["x", "y"]);
      expect((await store.undo()).sentence).toBe("taken back: stranger 1 was named Anna, from 3 faces");
      expect({ ...(await snapshot(store)), strangers: await store.strangers(PAGE) }).toEqual(before);
    });

    test("named like a person who exists add an encoding; nobody brings them back but new visits", async () => {
      const { scene } = await makeStrangers(open);
      const { store } = scene;
      await scene.enrol("Anna", {});
      expect(await store.assignStranger("s_1", "anna")).toMatchObject({ created: false, encodingCount: 2 });
      await store.remove("anna", "unassign");
      expect(await store.strangerCount()).toBe(0);
      expect((await store.unknownVisits()).visits.map((one) => [one.visitId, one.strangerId])).toEqual(
        ["a", "x", "y", "b"].map((id) => [id, null]),
      );
    });

    test("that are not there, or have no face left, cannot be named", async () => {
      const { scene, first, second } = await makeStrangers(open);
      const { store } = scene;
      await expect(store.assignStranger("s_9", "Anna")).rejects.toMatchObject({ code: "STRANGER_NOT_FOUND" });
      await scene.discover({ c: [...first, ...second] });
      await store.ignore("c", null);
      await expect(store.assignStranger("s_1", "Anna")).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
    });
  });
}
