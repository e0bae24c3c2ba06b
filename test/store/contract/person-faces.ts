import { describe, expect, test } from "vitest";
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

    test("of a person who does not exist is empty", async () => {
      const { store } = await makeHistory();
      expect(await store.facesOfPerson("bob", PAGE)).toEqual({ items: [], nextCursor: null });
    });
  });
}
