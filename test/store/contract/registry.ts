import { describe, expect, test } from "vitest";
import type { RegistryEdit } from "../../../src/store/port.ts";
import { makeEncoding } from "../../make/encoding.ts";
import { makeScene, type OpenStore } from "../scene.ts";

const nothing: RegistryEdit = {
  addedPeople: [],
  removedPeople: [],
  renamedPeople: [],
  addedEncodings: [],
  removedEncodings: [],
};
const enrolled = (seed: number) => ({
  encoding: makeEncoding(seed),
  source: `s${seed}`,
  sources: [],
  count: 1,
  model: "dlib",
});

export function describeRegistry(open: OpenStore): void {
  describe("the registry", () => {
    test("keeps the journal, each part until it is replaced; an erasure drops the merge base", async () => {
      const scene = await makeScene(open);
      expect(await scene.store.registryRecord()).toEqual({ digests: [], mergeBase: null });
      await scene.store.saveRegistryRecord({ digests: ["a", "b"] });
      await scene.store.saveRegistryRecord({ mergeBase: "text" });
      await scene.reopen();
      expect(await scene.store.registryRecord()).toEqual({ digests: ["a", "b"], mergeBase: "text" });
      await scene.enrol("Anna", {});
      await scene.store.remove("anna", "erase");
      expect(await scene.store.registryRecord()).toEqual({ digests: ["a", "b"], mergeBase: null });
    });

    test("takes in people added, removed, renamed and changed, as one step that can be undone", async () => {
      const { store, enrol } = await makeScene(open);
      await enrol("Anna", {});
      const { ids } = await enrol("Bob", {}, {});
      await enrol("Cleo", {});
      const [, , cleo] = await store.registry();
      const outcome = await store.applyRegistryEdit({
        addedPeople: [{ name: "Dora", encodings: [enrolled(1), enrolled(2)] }],
        removedPeople: ["bob"],
        renamedPeople: [{ personId: "anna", name: "Anne" }],
        addedEncodings: [{ personId: "cleo", encoding: enrolled(3) }],
        removedEncodings: [cleo?.encodings[0]?.id as number],
      });
      expect(outcome.added).toEqual([{ personId: "dora", name: "Dora" }]);
      expect(outcome.removed).toEqual([{ personId: "bob", name: "Bob" }]);
      expect(outcome.changed).toEqual([
        { personId: "cleo", name: "Cleo", formerName: "Cleo" },
        { personId: "anna", name: "Anne", formerName: "Anna" },
      ]);
      const people = await store.registry();
      expect(people.map((one) => [one.personId, one.name, one.encodings.length])).toEqual([
        ["anna", "Anne", 1],
        ["cleo", "Cleo", 1],
        ["dora", "Dora", 2],
      ]);
      expect(people[2]?.encodings[0]).toMatchObject(enrolled(1));
      expect((await store.facesById(ids)).map((face) => face.state)).toEqual(["unassigned", "unassigned"]);
      expect(await store.undo()).toMatchObject({ action: "registry" });
      expect((await store.registry()).map((one) => one.name)).toEqual(["Anna", "Bob", "Cleo"]);
    });

    test("keeps encodings that came from the file when faces are taken out", async () => {
      const { store, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", {});
      await store.applyRegistryEdit({ ...nothing, addedEncodings: [{ personId: "anna", encoding: enrolled(1) }] });
      expect(await store.unassign(ids)).toMatchObject([{ encodingCount: 1 }]);
      expect((await store.registry())[0]?.encodings).toMatchObject([{ source: "s1" }]);
    });

    test("refuses names that cannot be, and then nothing has changed", async () => {
      const { store, enrol } = await makeScene(open);
      await enrol("Anna", {});
      await enrol("Łukasz", {});
      const bad = { ...nothing, removedPeople: ["anna"], addedPeople: [{ name: "Lukasz", encodings: [] }] };
      await expect(store.applyRegistryEdit(bad)).rejects.toMatchObject({ code: "INVALID_NAME" });
      const taken = { ...nothing, renamedPeople: [{ personId: "anna", name: "ŁUKASZ" }] };
      await expect(store.applyRegistryEdit(taken)).rejects.toMatchObject({ code: "PERSON_EXISTS" });
      expect(await store.registry()).toHaveLength(2);
    });

    test("an edit that changes nothing is nothing to undo", async () => {
      const { store } = await makeScene(open);
      expect(await store.applyRegistryEdit(nothing)).toEqual({ change: null, added: [], removed: [], changed: [] });
      await expect(store.undo()).rejects.toMatchObject({ code: "NOTHING_TO_UNDO" });
    });
  });

  describe("settings", () => {
    test("are kept, null too, until they are taken back", async () => {
      const scene = await makeScene(open);
      await scene.store.saveSettings({ "recognition.threshold": 0.5, "discovery.schedule": null });
      await scene.reopen();
      expect(await scene.store.settings()).toEqual({ "recognition.threshold": 0.5, "discovery.schedule": null });
      const left = { "discovery.schedule": null, "storage.retention_days": 3 };
      const changes = { "recognition.threshold": undefined, "storage.retention_days": 3 };
      expect(await scene.store.saveSettings(changes)).toEqual(left);
      expect(await scene.store.settings()).toEqual(left);
    });

    test("the instance is made once", async () => {
      const scene = await makeScene(open);
      const { instance } = scene.store;
      expect(instance).toMatch(/^[0-9a-f]{8}$/);
      await scene.reopen();
      expect(scene.store.instance).toBe(instance);
    });
  });
}
