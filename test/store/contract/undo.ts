import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/store/port.ts";
import { assignment, makeScene, type OpenStore, PAGE, snapshot } from "../scene.ts";

type Change = readonly [
  action: string,
  sentence: string,
  run: (store: Store, ids: readonly number[]) => Promise<unknown>,
];

/** Each is made where Anna (faces 0 to 2) and Bob (3) are known, 4 and 5 wait as c1, and 6 is ignored as c2. */
const CHANGES: readonly Change[] = [
  ["assign", "Zoe was enrolled from 2 faces", (store) => store.assign(assignment("c1", "Zoe"))],
  ["assign", "1 face was assigned to Anna", (store, ids) => store.assign(assignment("c1", "Anna", [ids[4] as number]))],
  ["claim", "1 face was claimed for Bob", (store, ids) => store.claim("bob", [ids[5] as number])],
  ["unassign", "1 face was taken out of Anna", (store, ids) => store.unassign([ids[1] as number])],
  ["unassign", "4 faces were taken out of Anna and Bob", (store, ids) => store.unassign(ids.slice(0, 4))],
  ["rename", "Anna was renamed to Anna Maria", (store) => store.rename("anna", "Anna Maria", false)],
  ["merge", "Anna was merged into Bob", (store) => store.rename("anna", "Bob", true)],
  ["merge", "Bob was merged into Anna", (store) => store.merge(["bob"], "anna")],
  ["delete", "Anna was deleted, 3 faces became unassigned", (store) => store.remove("anna", "unassign")],
  ["unassign", "1 face was taken out of Anna", (store, ids) => store.unassign([ids[4] as number])],
  ["reject", "a group of 2 faces was marked as not Anna", (store) => store.reject("c1", null, "anna")],
  ["ignore", "a group of 2 faces was ignored", (store) => store.ignore("c1", null)],
  ["unignore", "an ignored group of 1 face was brought back", (store) => store.unignore("c2")],
  [
    "registry",
    "Bob was removed in the registry file",
    (store) =>
      store.applyRegistryEdit({
        addedPeople: [],
        removedPeople: ["bob"],
        renamedPeople: [],
        addedEncodings: [],
        removedEncodings: [],
      }),
  ],
];

const anna = { person: "Anna", personId: "anna", distance: 0.2, score: 0.8 };

export function describeUndo(open: OpenStore): void {
  async function makeSystem() {
    const scene = await makeScene(open);
    const { ids: annas } = await scene.enrol("Anna", {}, {}, {});
    const { ids: bobs } = await scene.enrol("Bob", {});
    const rest = await scene.add({ matched: anna }, {}, {});
    await scene.discover({ c2: rest.slice(2) });
    await scene.store.ignore("c2", null);
    await scene.discover({ c1: rest.slice(0, 2) });
    return { scene, ids: [...annas, ...bobs, ...rest] };
  }

  describe("undo", () => {
    test.each(CHANGES)("of %s: %s", async (action, sentence, run) => {
      const { scene, ids } = await makeSystem();
      const before = await snapshot(scene.store);
      await run(scene.store, ids);
      expect(await snapshot(scene.store)).not.toEqual(before);
      await scene.reopen();
      expect(await scene.store.undo()).toMatchObject({ action, sentence: `taken back: ${sentence}` });
      expect(await snapshot(scene.store)).toEqual(before);
    });

    test("takes back one change after another, 60 deep, across restarts", async () => {
      const { scene } = await makeSystem();
      const names = Array.from({ length: 61 }, (_, i) => (i === 0 ? "Anna" : `Anna ${i}`));
      for (const name of names.slice(1)) await scene.store.rename("anna", name, false);
      for (const [i, name] of names.slice(0, -1).reverse().entries()) {
        if (i % 20 === 0) await scene.reopen();
        const { before, after } = await scene.store.undo();
        expect(before).toEqual([{ personId: "anna", name: names[names.length - 1 - i] }]);
        expect(after).toEqual([{ personId: "anna", name }]);
      }
    });

    test("says who came and went", async () => {
      const { scene } = await makeSystem();
      await scene.store.merge(["bob"], "anna");
      const { before, after } = await scene.store.undo();
      expect(before).toEqual([{ personId: "anna", name: "Anna" }]);
      expect(after).toEqual([
        { personId: "anna", name: "Anna" },
        { personId: "bob", name: "Bob" },
      ]);
    });

    test("keeps what arrived since", async () => {
      const { scene } = await makeSystem();
      const { store } = scene;
      const names = (await store.people(PAGE)).items.map((one) => one.name);
      await store.assign(assignment("c1", "Zoe"));
      const zoe = { person: "Zoe", personId: "zoe", distance: 0.1, score: 0.9 };
      const [seen] = (await scene.add({ matched: zoe })) as [number];
      await store.undo();
      expect((await store.people(PAGE)).items.map((one) => one.name)).toEqual(names);
      expect(await store.face(seen)).toMatchObject({ state: "unassigned", matched: null });

      await store.rename("anna", "Ann", false);
      const [again] = (await scene.add({ matched: { ...anna, person: "Ann" } })) as [number];
      await store.undo();
      expect((await store.face(again))?.matched).toMatchObject({ person: "Anna" });
      expect((await store.personStates())[0]).toMatchObject({ name: "Anna", faceId: again });

      await store.ignore("c1", null);
      const [joined] = (await scene.add({ ignoredCluster: "c1" })) as [number];
      await store.undo();
      expect(await store.cluster("c1")).toMatchObject({ ignored: false, size: 3 });
      expect((await store.face(joined))?.state).toBe("unassigned");
    });

    test("after another discovery leaves the faces to that one, but ignored groups come back", async () => {
      const { scene, ids } = await makeSystem();
      const { store } = scene;
      const [, , , , four, five, six] = ids as number[];
      await store.unignore("c2");
      await store.assign(assignment("c1", "Zoe"));
      await scene.discover({ c3: [six as number] });
      await store.undo();
      expect(await store.cluster("c1")).toBeNull();
      expect(await store.facesById([four as number, five as number])).toMatchObject([
        { state: "unassigned", cluster: null },
        { state: "unassigned", cluster: null },
      ]);
      await store.undo();
      expect(await store.cluster("c3")).toBeNull();
      expect(await store.cluster("c2")).toMatchObject({ ignored: true, size: 1 });
      expect((await store.face(six as number))?.state).toBe("ignored");
    });

    test("of taking a face out finds it in whatever group it is by then", async () => {
      const { scene, ids } = await makeSystem();
      const { store } = scene;
      await store.unassign([ids[0] as number]);
      await scene.discover({ c5: [ids[0] as number, ids[4] as number] });
      await store.undo();
      expect(await store.face(ids[0] as number)).toMatchObject({ person: "Anna", cluster: null });
      expect(await store.cluster("c5")).toMatchObject({ size: 1, notPeople: [] });
    });

    test("with nothing to take back says so", async () => {
      const scene = await makeScene(open);
      await expect(scene.store.undo()).rejects.toMatchObject({ code: "NOTHING_TO_UNDO" });
    });
  });
}
