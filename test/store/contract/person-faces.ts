import { describe, expect, test } from "vitest";
import type { PersonFaceFilter } from "../../../src/store/port/faces.ts";
import { makeScene, type OpenStore, PAGE, readPages } from "../scene.ts";

const at = (second: number) => new Date(Date.UTC(2026, 1, 18, 12, 0, second));
const anna = { person: "Anna", personId: "anna", distance: 0.3, score: 0.7 };

export function describePersonFaces(open: OpenStore): void {
  /** Anna has a face at second 10, and was recognized at 5, 20 and 30. */
  async function makeHistory() {
    const scene = await makeScene(open);
    const { ids } = await scene.enrol("Anna", { capturedAt: at(10), camera: "gate" });
    const recognized = await scene.add(
      { capturedAt: at(5), matched: anna },
      { capturedAt: at(20), matched: anna },
      { capturedAt: at(30), matched: anna, camera: "attic" },
    );
    await scene.add({ capturedAt: at(40) });
    const [first, second, third] = recognized as [number, number, number];
    return { ...scene, own: ids[0] as number, first, second, third };
  }

  describe("the history of a person", () => {
    test("is what was assigned and what was recognized, newest first, each with its state", async () => {
      const { store, own, first, second, third } = await makeHistory();
      const { items } = await store.facesOfPerson("anna", PAGE);
      expect(items.map((face) => [face.id, face.state])).toEqual([
        [third, "unassigned"],
        [second, "unassigned"],
        [own, "assigned"],
        [first, "unassigned"],
      ]);
      expect(await store.person("anna")).toMatchObject({
        faces: 1,
        recognized: 3,
        firstSeen: at(5),
        lastSeen: at(30),
        lastCamera: "attic",
      });
    });

    test("is read page by page", async () => {
      const { store, own, first, second, third } = await makeHistory();
      const pages = await readPages((cursor, at) => store.facesOfPerson("anna", { limit: 1 + at, cursor }));
      expect(pages.map((faces) => faces.map((face) => face.id))).toEqual([[third], [second, own], [first]]);
    });

    test("leaves out what was assigned to another person, or denied", async () => {
      const { store, enrol, own, first, second, third } = await makeHistory();
      await enrol("Bob", {});
      await store.claim("bob", [third]);
      await store.unassign([second]);
      const { items } = await store.facesOfPerson("anna", PAGE);
      expect(items.map((face) => face.id)).toEqual([own, first]);
      expect(await store.person("anna")).toMatchObject({ recognized: 1, lastSeen: at(10), lastCamera: "gate" });
      expect(await store.person("bob")).toMatchObject({ faces: 2, recognized: 0 });
    });

    test("of a claimed face counts it once", async () => {
      const { store, third } = await makeHistory();
      await store.claim("anna", [third]);
      expect(await store.person("anna")).toMatchObject({ faces: 2, recognized: 2 });
      expect((await store.facesOfPerson("anna", PAGE)).items).toHaveLength(4);
    });

    test("is narrowed by camera, time and state, page by page", async () => {
      const { store, own, first, second, third } = await makeHistory();
      const ids = async (filter: PersonFaceFilter) => {
        const pages = await readPages((cursor) => store.facesOfPerson("anna", { limit: 1, cursor }, filter));
        return pages.flat().map((face) => face.id);
      };
      expect(await ids({ state: "assigned" })).toEqual([own]);
      expect(await ids({ state: "recognized" })).toEqual([third, second, first]);
      expect(await ids({ camera: "attic" })).toEqual([third]);
      expect(await ids({ from: at(10), to: at(30) })).toEqual([second, own]);
      expect(await ids({ state: "recognized", from: at(5), to: at(6) })).toEqual([first]);
    });

    test("is counted by quarters of an hour and camera", async () => {
      const { store, add } = await makeHistory();
      await add({ capturedAt: new Date("2026-02-18T12:14:59.999Z"), matched: anna });
      await add({ capturedAt: new Date("2026-02-18T12:15:00Z"), matched: anna });
      const quarter = new Date("2026-02-18T12:00:00Z");
      const next = { at: new Date("2026-02-18T12:15:00Z"), camera: "front_door", faces: 1, recognized: 1 };
      expect(await store.quartersOfPerson("anna", {})).toEqual([
        { at: quarter, camera: "attic", faces: 1, recognized: 1 },
        { at: quarter, camera: "front_door", faces: 3, recognized: 3 },
        { at: quarter, camera: "gate", faces: 1, recognized: 0 },
        next,
      ]);
      expect(await store.quartersOfPerson("anna", { from: next.at })).toEqual([next]);
      expect(await store.quartersOfPerson("anna", { camera: "gate" })).toHaveLength(1);
      expect(await store.quartersOfPerson("bob", {})).toEqual([]);
    });

    test("of a person who does not exist is empty", async () => {
      const { store } = await makeHistory();
      expect(await store.facesOfPerson("bob", PAGE)).toEqual({ items: [], nextCursor: null });
    });
  });
}
