import { describe, expect, test } from "vitest";
import type { ChangeOrigin } from "../../../src/domain/change.ts";
import { assignment, makeScene, type OpenStore, PAGE, type Scene, snapshot } from "../scene.ts";

const DAY_MS = 86_400_000;
const grandma: ChangeOrigin = { via: "panel", user: "Grandma" };

async function sentences({ store }: Scene): Promise<string[]> {
  return (await store.changes(PAGE)).items.map((change) => change.sentence);
}

export function describeHistory(open: OpenStore): void {
  /** Anna has faces 0 to 2, Bob 3; 4 and 5 wait as c1. Changes 1 and 2 enrolled them. */
  async function makeSystem() {
    const scene = await makeScene(open);
    const { ids: annas } = await scene.enrol("Anna", {}, {}, {});
    const { ids: bobs } = await scene.enrol("Bob", {});
    const rest = await scene.add({}, {});
    await scene.discover({ c1: rest });
    return { scene, ids: [...annas, ...bobs, ...rest] as [number, number, number, number, number, number] };
  }

  describe("the history of changes", () => {
    test("says what was changed, when, by whom, and shows the faces and people, newest first", async () => {
      const { scene, ids } = await makeSystem();
      const { change } = await scene.store.rename("anna", "Anna Maria", false, grandma);
      const at = scene.clock.now();
      await scene.store.ignore("c1", null, { via: "mqtt", user: null });
      await scene.reopen();
      const first = await scene.store.changes({ limit: 2, cursor: null });
      expect(first.items).toMatchObject([
        {
          action: "ignore",
          sentence: "a group of 2 faces was ignored",
          via: "mqtt",
          user: null,
          faceIds: ids.slice(4),
        },
        { id: change, at, action: "rename", ...grandma, people: [{ name: "Anna Maria", personId: "anna" }] },
      ]);
      const rest = await scene.store.changes({ limit: 2, cursor: first.nextCursor });
      expect(rest).toMatchObject({
        items: [
          { sentence: "Bob was enrolled from 1 face", via: null, user: null, undoneAt: null, blocked: null },
          { id: 1, people: [{ personId: "anna" }], faceIds: ids.slice(0, 3) },
        ],
        nextCursor: null,
      });
      expect(await scene.store.change(1)).toEqual(rest.items[1]);
      expect(await scene.store.change(99)).toBeNull();
    });

    test("undoes independent changes in any order, across restarts", async () => {
      const { scene, ids } = await makeSystem();
      const initial = await snapshot(scene.store);
      const { store } = scene;
      const changes = [
        (await store.rename("anna", "Ann", false)).change,
        (await store.assign(assignment("c1", "Bob", [ids[5]]))).change,
        (await store.claim("anna", [ids[5]])).change,
        (await store.unassign([ids[0]]))[0]?.change,
      ] as number[];
      for (const [i, change] of [2, 0, 3, 1].map((n, i) => [i, changes[n] as number] as const)) {
        if (i === 2) await scene.reopen();
        expect((await scene.store.change(change))?.blocked).toBeNull();
        expect(await scene.store.undo(change)).toMatchObject({ change });
      }
      expect(await snapshot(scene.store)).toEqual(initial);
      const { items } = await scene.store.changes(PAGE);
      expect(items.slice(0, 4).map((one) => one.undoneAt)).toEqual(Array(4).fill(scene.clock.now()));
    });

    test("names the later change that has to be undone first, and then undoes both", async () => {
      const { scene, ids } = await makeSystem();
      const { store } = scene;
      const initial = await snapshot(store);
      const zoe = (await store.assign(assignment("c1", "Zoe"))).change as number;
      const renamed = (await store.rename("zoe", "Zoey", false)).change as number;
      const taken = (await store.unassign([ids[4]]))[0]?.change as number;
      expect((await store.change(zoe))?.blocked).toBe("1 face was taken out of Zoey since: undo that first");
      await expect(store.undo(zoe)).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
      await store.undo(taken);
      await expect(store.undo(zoe)).rejects.toThrow("Zoe was renamed to Zoey since: undo that first");
      await store.undo(renamed);
      await store.undo(zoe);
      expect(await snapshot(store)).toEqual(initial);
    });

    test("a person who was given something cannot go before that is taken back", async () => {
      const { scene, ids } = await makeSystem();
      const { store } = scene;
      await store.claim("bob", [ids[4]]);
      expect((await store.change(2))?.blocked).toBe("1 face was claimed for Bob since: undo that first");
      await store.merge(["bob"], "anna");
      expect((await store.change(1))?.blocked).toBe("Bob was merged into Anna since: undo that first");
    });

    test("a change stands again when it is redone, and can be undone again", async () => {
      const { scene, ids } = await makeSystem();
      const initial = await snapshot(scene.store);
      const change = (await scene.store.merge(["bob"], "anna", grandma)).change as number;
      await scene.store.claim("anna", [ids[4]]);
      const merged = await snapshot(scene.store);
      await scene.store.undo(change);
      await scene.reopen();
      expect(await scene.store.redo(change)).toMatchObject({
        change,
        sentence: "done again: Bob was merged into Anna",
        before: [{ personId: "anna" }, { personId: "bob" }],
        after: [{ personId: "anna" }],
      });
      expect(await snapshot(scene.store)).toEqual(merged);
      expect(await scene.store.change(change)).toMatchObject({ undoneAt: null, blocked: null, ...grandma });
      expect(await scene.store.undo()).toMatchObject({ change });
      expect(await scene.store.undo()).toMatchObject({ action: "claim" });
      expect(await snapshot(scene.store)).toEqual(initial);
      expect(await scene.store.redo()).toMatchObject({ action: "claim" });
      expect(await scene.store.redo()).toMatchObject({ change });
      expect(await snapshot(scene.store)).toEqual(merged);
    });

    test("what was undone last is redone first", async () => {
      const { scene } = await makeSystem();
      const { store } = scene;
      const zoe = (await store.assign(assignment("c1", "Zoe"))).change as number;
      const renamed = (await store.rename("zoe", "Zoey", false)).change as number;
      const both = await snapshot(store);
      await store.undo(renamed);
      await store.undo(zoe);
      expect((await store.change(renamed))?.blocked).toContain("Zoe was enrolled from 2 faces");
      await expect(store.redo(renamed)).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
      await store.redo(zoe);
      await store.redo(renamed);
      expect(await snapshot(store)).toEqual(both);
    });

    test("a change is not redone over what was done meanwhile", async () => {
      const { scene } = await makeSystem();
      const { store } = scene;
      const zoe = (await store.assign(assignment("c1", "Zoe"))).change as number;
      await store.undo(zoe);
      await store.assign(assignment("c1", "Anna"));
      await expect(store.redo(zoe)).rejects.toThrow("2 faces were assigned to Anna since: undo that first");
      const before = await snapshot(store);
      await store.undo();
      await store.redo(zoe);
      expect(await snapshot(store)).not.toEqual(before);
    });

    test("a name that another person has by now is not taken from them", async () => {
      const { scene } = await makeSystem();
      const { store } = scene;
      const removed = (await store.remove("anna", "unassign")).change;
      await store.assign(assignment("c1", "Anna"));
      await expect(store.undo(removed)).rejects.toThrow("another person now who is called Anna");
      await store.undo();
      await store.undo(removed);
      expect((await store.people(PAGE)).items.map((one) => one.name)).toEqual(["Anna", "Bob"]);
    });

    test("refuses what is not there, is undone already, or stands", async () => {
      const { scene } = await makeSystem();
      await expect(scene.store.undo(77)).rejects.toMatchObject({ code: "CHANGE_NOT_FOUND" });
      await expect(scene.store.redo(77)).rejects.toMatchObject({ code: "CHANGE_NOT_FOUND" });
      await expect(scene.store.redo(1)).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
      await expect(scene.store.redo()).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
      await scene.store.undo(1);
      await expect(scene.store.undo(1)).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
    });

    test("an erasure stays in it without the name, as does what concerned the person; the rest can be undone", async () => {
      const { scene, ids } = await makeSystem();
      const { store } = scene;
      await store.rename("anna", "Anna Maria", false);
      await store.rename("bob", "Annabel", false);
      await store.unassign([ids[0], ids[3]]);
      const { change } = await store.remove("anna", "erase", grandma);
      expect(await sentences(scene)).toEqual([
        "a person was erased with 2 faces",
        "2 faces were taken out of a person who was erased and Annabel",
        "Bob was renamed to Annabel",
        "a person who was erased was renamed to a person who was erased",
        "Bob was enrolled from 1 face",
        "a person who was erased was enrolled from 3 faces",
      ]);
      const { items } = await store.changes(PAGE);
      const concerned = "a person whom it concerns was erased since";
      expect(items.map((one) => one.blocked)).toEqual([
        "an erasure cannot be undone",
        concerned,
        null,
        concerned,
        expect.stringContaining("since, and a person whom it concerns was erased since"),
        concerned,
      ]);
      expect(items[0]).toMatchObject({ id: change, action: "erase", ...grandma, faceIds: [], people: [] });
      await expect(store.undo()).rejects.toMatchObject({ code: "NOTHING_TO_UNDO" });
      await store.undo(items[2]?.id);
      expect((await store.people(PAGE)).items.map((one) => one.name)).toEqual(["Bob"]);
    });

    test("of people who were merged the name of each goes with them", async () => {
      const { scene } = await makeSystem();
      await scene.store.rename("bob", "Bobby", false);
      await scene.store.merge(["bob"], "anna");
      await scene.store.remove("anna", "erase");
      expect((await sentences(scene)).join()).not.toMatch(/Anna|Bob/);
    });

    test("an undone change whose faces were purged cannot be redone", async () => {
      const { scene, ids } = await makeSystem();
      const zoe = (await scene.store.assign(assignment("c1", "Zoe"))).change as number;
      await scene.store.undo(zoe);
      await scene.store.purge([ids[4]]);
      await expect(scene.store.redo(zoe)).rejects.toThrow("purged");
    });

    test("keeps a thousand, and none that is older than asked", async () => {
      const { scene } = await makeSystem();
      const { store, clock } = scene;
      for (let n = 0; n < 1_001; n++) await store.rename("anna", n % 2 === 0 ? "Ann" : "Anna", false);
      const { items } = await store.changes(PAGE);
      expect(items).toHaveLength(1_000);
      expect(items.at(-1)?.id).toBe(4);
      clock.advance(DAY_MS);
      await store.rename("bob", "Rob", false);
      await store.trimChanges(clock.now());
      expect(await sentences(scene)).toEqual(["Bob was renamed to Rob"]);
    });
  });
}
