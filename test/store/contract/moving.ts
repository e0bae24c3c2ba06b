import { describe, expect, test } from "vitest";
import { makeEncoding, makeNear, makeSface } from "../../make/encoding.ts";
import { makeScene, type OpenStore, PAGE, snapshot } from "../scene.ts";

const anna = { person: "Anna", personId: "anna", distance: 0.3, score: 0.7 };

export function describeMoving(open: OpenStore): void {
  /** Anna has three faces in one look, Bob one; further a group of two, an ignored one, and one recognized as Anna. */
  async function makeSystem() {
    const scene = await makeScene(open);
    const centre = makeEncoding(1);
    const { ids: annas } = await scene.enrol("Anna", { encoding: centre }, { encoding: makeNear(centre, 0.2) }, {});
    await scene.enrol("Bob", {});
    const group = await scene.add({}, {});
    const [ignored = 0] = await scene.add({});
    const [recognized = 0] = await scene.add({ matched: anna });
    await scene.discover({ c_group: group, c_ignored: [ignored] });
    await scene.store.ignore("c_ignored", null);
    const move = (faceIds: readonly number[], name: string, addLooks: readonly string[] = []) =>
      scene.store.move({ faceIds, name, addLooks, allowSameFrame: true });
    return { ...scene, annas, group, ignored, recognized, move };
  }

  describe("moving faces", () => {
    test("out of a person, a group and ignored ones to a known person is one change", async () => {
      const { store, annas, group, ignored, recognized, move } = await makeSystem();
      const ids = [annas[2] as number, group[0] as number, ignored, recognized];
      const before = await snapshot(store);
      expect(await move(ids, "bob")).toMatchObject({
        person: { personId: "bob", name: "Bob" },
        faceIds: ids,
        created: false,
        from: [{ personId: "anna", name: "Anna" }],
        encodingCount: 1,
      });
      expect(await store.person("anna")).toMatchObject({ faces: 2, recognized: 0, encodings: 1 });
      expect(await store.person("bob")).toMatchObject({ faces: 5, encodings: 1 });
      const [look] = (await store.gallery()).people.find((one) => one.personId === "anna")?.encodings ?? [];
      expect(look?.count).toBe(2);
      expect(await store.cluster("c_group")).toMatchObject({ size: 1 });
      expect(await store.cluster("c_ignored")).toBeNull();
      const [change] = (await store.changes(PAGE)).items;
      expect(change).toMatchObject({
        action: "assign",
        sentence: "4 faces were assigned to Bob, from Anna",
        blocked: null,
        people: [{ personId: "anna" }, { personId: "bob" }],
      });

      const after = await snapshot(store);
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
      await store.redo();
      expect(await snapshot(store)).toEqual(after);
    });

    test("to a name that no person has makes one, with a look of each model", async () => {
      const { store, add, annas, move } = await makeSystem();
      const [sface = 0] = await add({ encoding: makeSface(5), model: "sface" });
      expect(await move([annas[0] as number, sface], "Zoe")).toMatchObject({ created: true, encodingCount: 2 });
      expect(await store.person("Zoe")).toMatchObject({ faces: 2, models: ["dlib", "sface"] });
      await store.undo();
      expect(await store.person("Zoe")).toBeNull();
      expect(await store.person("anna")).toMatchObject({ faces: 3, encodings: 1 });
    });

    test("gives a known person a look where that is wanted, of few at most", async () => {
      const { store, add, move } = await makeSystem();
      await move(await add({}, {}), "Bob", ["dlib"]);
      expect(await store.person("bob")).toMatchObject({ faces: 3, encodings: 2 });
      for (let i = 0; i < 7; i++) await move(await add({}), "Bob", ["dlib"]);
      expect(await store.person("bob")).toMatchObject({ faces: 10, encodings: 6 });
    });

    test("passes over what is the person's already", async () => {
      const { store, annas, group, move } = await makeSystem();
      const count = (await store.changes(PAGE)).items.length;
      expect(await move(annas, "Anna")).toMatchObject({ change: null, faceIds: [], from: [], encodingCount: 1 });
      expect((await store.changes(PAGE)).items).toHaveLength(count);
      expect(await move([...annas, ...group], "Anna")).toMatchObject({ faceIds: group });
    });

    test("takes back that they are not the person", async () => {
      const { store, annas, move } = await makeSystem();
      await store.unassign([annas[2] as number]);
      await move([annas[2] as number], "Anna");
      expect((await store.gallery()).people[0]?.notEncodings).toEqual([]);
    });

    test("refuses no faces, a missing one, and two of one frame, and changes nothing", async () => {
      const { store, add, group, move } = await makeSystem();
      const pair = await add({ source: "one.jpg" }, { source: "one.jpg" });
      const before = await snapshot(store);
      await expect(move([], "Bob")).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(move([group[0] as number, 9_999], "Zoe")).rejects.toMatchObject({ code: "FACE_NOT_FOUND" });
      const wanted = { faceIds: pair, name: "Bob", addLooks: [], allowSameFrame: false };
      await expect(store.move(wanted)).rejects.toMatchObject({ code: "SAME_FRAME", details: { faces: pair } });
      expect(await snapshot(store)).toEqual(before);
    });
  });
}
