import { describe, expect, test } from "vitest";
import { meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import { makeScene, type OpenStore, PAGE, type Scene, snapshot } from "../scene.ts";
import { addVisit, at } from "./visits.ts";

export function describeCorrections(open: OpenStore): void {
  async function makeSystem() {
    const scene = await makeScene(open);
    const { ids: annas } = await scene.enrol("Anna", {});
    await scene.enrol("Bob", {});
    const right = await addVisit(scene, "v_right", { second: 10, personId: "anna", distance: 0.2 });
    const wrong = await addVisit(scene, "v_wrong", { second: 20, camera: "gate", personId: "anna", distance: 0.5 });
    return { ...scene, scene, annas, right, wrong };
  }

  async function all({ store }: Scene) {
    return { ...(await snapshot(store)), visits: (await store.visits({}, PAGE)).items };
  }

  const meanOf = async ({ store }: Scene, ids: readonly number[]) =>
    meanEncoding((await Promise.all(ids.map((id) => store.encodingOf(id)))) as Float32Array[]);

  describe("correcting a visit", () => {
    test("to a new person enrols the mean of its faces, and assigns them", async () => {
      const { scene, store, wrong } = await makeSystem();
      expect(await store.correctVisit("v_wrong", { kind: "is", name: "Zoe", addLook: false })).toMatchObject({
        visit: { visitId: "v_wrong", state: "corrected", person: { name: "Zoe", personId: "zoe" }, distance: null },
        touched: [{ personId: "anna" }, { personId: "zoe" }],
        created: true,
      });
      expect(await store.person("zoe")).toMatchObject({ faces: 2, encodings: 1 });
      const zoe = (await store.registry()).find((person) => person.personId === "zoe");
      expect(zoe?.encodings).toMatchObject([{ encoding: await meanOf(scene, wrong), count: 2 }]);
      expect(await store.personStates(["anna"])).toMatchObject([
        { camera: "front_door", lastSeen: at(10), distance: 0.2 },
      ]);
    });

    test("to a known person adds a look only where that is wanted", async () => {
      const { store } = await makeSystem();
      await store.correctVisit("v_wrong", { kind: "is", name: "bob", addLook: false });
      expect(await store.person("bob")).toMatchObject({ faces: 3, encodings: 1 });
      await store.correctVisit("v_right", { kind: "is", name: "Bob", addLook: true });
      expect(await store.person("bob")).toMatchObject({ faces: 5, encodings: 2 });
    });

    test("gives a person a few looks: of more, the one that says least goes", async () => {
      const { scene, store } = await makeSystem();
      for (let i = 0; i < 7; i++) {
        await addVisit(scene, `v_${i}`, { second: 30 + i * 3 });
        await store.correctVisit(`v_${i}`, { kind: "is", name: "Bob", addLook: true });
      }
      expect(await store.person("bob")).toMatchObject({ faces: 15, encodings: 6 });
      const before = await all(scene);
      await addVisit(scene, "v_8", { second: 60 });
      const added = await all(scene);
      await store.correctVisit("v_8", { kind: "is", name: "Bob", addLook: true });
      expect(await store.person("bob")).toMatchObject({ faces: 17, encodings: 6 });
      await store.undo();
      expect(await all(scene)).toEqual(added);
      expect(before).not.toEqual(added);
    });

    test("to be not a person makes one counter-example, and the faces lose the match", async () => {
      const { scene, store, wrong } = await makeSystem();
      expect(await store.correctVisit("v_wrong", { kind: "not", personId: "anna" })).toMatchObject({
        visit: { state: "corrected", person: null, distance: null },
        touched: [{ personId: "anna" }],
      });
      const [anna] = (await store.gallery()).people;
      expect(anna?.notEncodings).toEqual([{ encoding: await meanOf(scene, wrong), count: 2, model: "dlib" }]);
      expect((await store.faces({ visit: "v_wrong" }, PAGE)).items.map((face) => face.matched)).toEqual([null, null]);
      expect(await store.personStates(["anna"])).toMatchObject([{ camera: "front_door", lastSeen: at(10) }]);
      expect(await store.visit("v_right")).toMatchObject({ state: "recognized" });
    });

    test("back to the person takes the counter-example back", async () => {
      const { store } = await makeSystem();
      await store.correctVisit("v_wrong", { kind: "not", personId: "anna" });
      await store.correctVisit("v_wrong", { kind: "is", name: "Anna", addLook: false });
      expect((await store.gallery()).people[0]?.notEncodings).toEqual([]);
      expect(await store.visit("v_wrong")).toMatchObject({ state: "corrected", person: { name: "Anna" } });
      await store.correctVisit("v_wrong", { kind: "not", personId: "anna" });
      expect(await store.person("anna")).toMatchObject({ faces: 1 });
      expect(await store.visit("v_wrong")).toMatchObject({ state: "corrected", person: null });
    });

    test("to be ignored makes an ignored group of its faces", async () => {
      const { store, wrong, discover } = await makeSystem();
      await discover({ c1: wrong });
      expect(await store.correctVisit("v_wrong", { kind: "ignore" })).toMatchObject({
        visit: { state: "ignored", person: null },
      });
      const { items } = await store.clusters({ ignored: true }, PAGE);
      expect(items).toMatchObject([{ size: 2 }]);
      expect((await store.facesById(wrong)).map((face) => [face.state, face.matched])).toEqual([
        ["ignored", null],
        ["ignored", null],
      ]);
      expect(await store.cluster("c1")).toBeNull();
    });

    test("the same once more is no change", async () => {
      const { scene, store } = await makeSystem();
      const corrections = [
        { kind: "not", personId: "anna" },
        { kind: "is", name: "Bob", addLook: true },
        { kind: "ignore" },
      ] as const;
      for (const correction of corrections) {
        const before = await all(scene);
        await store.correctVisit("v_wrong", correction);
        await store.correctVisit("v_wrong", correction);
        await store.undo();
        expect(await all(scene)).toEqual(before);
      }
    });

    test.each([
      ["it was Bob", { kind: "is", name: "Bob", addLook: true }],
      ["it was Zoe", { kind: "is", name: "Zoe", addLook: true }],
      ["it was not Anna", { kind: "not", personId: "anna" }],
    ] as const)("that %s is one change, and can be taken back", async (sentence, correction) => {
      const { scene, store, wrong } = await makeSystem();
      await scene.discover({ c1: wrong });
      const before = await all(scene);
      await store.correctVisit("v_wrong", correction);
      await scene.reopen();
      expect(await scene.store.undo()).toMatchObject({
        action: "correct",
        sentence: `taken back: a visit at gate was corrected: ${sentence}`,
      });
      expect(await all(scene)).toEqual(before);
    });

    test("that it does not matter can be taken back, also where its faces were assigned", async () => {
      const { scene, store } = await makeSystem();
      await store.correctVisit("v_wrong", { kind: "is", name: "Bob", addLook: true });
      const before = await all(scene);
      await store.correctVisit("v_wrong", { kind: "ignore" });
      expect(await store.person("bob")).toMatchObject({ faces: 1, encodings: 1 });
      expect(await store.undo()).toMatchObject({ sentence: "taken back: a visit at gate was ignored" });
      expect(await all(scene)).toEqual(before);
    });

    test("is refused for what is not there, and for a name that cannot be given", async () => {
      const { store } = await makeSystem();
      await expect(store.correctVisit("v_9", { kind: "ignore" })).rejects.toMatchObject({ code: "VISIT_NOT_FOUND" });
      await expect(store.correctVisit("v_wrong", { kind: "not", personId: "zoe" })).rejects.toMatchObject({
        code: "PERSON_NOT_FOUND",
      });
      await expect(store.correctVisit("v_wrong", { kind: "is", name: "ANNA_2", addLook: true })).resolves.toMatchObject(
        { created: true },
      );
      await expect(store.correctVisit("v_right", { kind: "is", name: "Anna_2", addLook: true })).resolves.toMatchObject(
        { created: false },
      );
    });

    test("stays when the visit goes on", async () => {
      const { scene, store } = await makeSystem();
      await store.correctVisit("v_wrong", { kind: "not", personId: "anna" });
      await addVisit(scene, "v_wrong", { second: 22, count: 1, camera: "gate", personId: "anna", rematch: true });
      expect(await store.visit("v_wrong")).toMatchObject({ state: "corrected", person: null });
    });
  });
}
