import { describe, expect, test } from "vitest";
import { assignment, makeScene, type OpenStore, PAGE, type Scene, snapshot } from "../scene.ts";

async function versionOf({ store }: Scene, cluster: string): Promise<string> {
  return (await store.cluster(cluster))?.version ?? "";
}

export function describeReview(open: OpenStore): void {
  describe("assigning several clusters", () => {
    test("is one change: encodings for those that are to be enrolled, and one undo takes all back", async () => {
      const scene = await makeScene(open);
      const { store } = scene;
      await scene.enrol("Anna", {}, {});
      await scene.enrol("Bob", {});
      const [a, b, c, d, e] = (await scene.add({}, {}, {}, {}, {})) as [number, number, number, number, number];
      await scene.discover({ c1: [a, b], c2: [c], c3: [d], c4: [e] });
      const before = await snapshot(store);
      const outcome = await store.assignAll(
        [
          { cluster: "c1", version: await versionOf(scene, "c1"), personId: "anna", enrol: true },
          { cluster: "c2", version: await versionOf(scene, "c2"), personId: "anna", enrol: false },
          { cluster: "c3", version: await versionOf(scene, "c3"), personId: "bob", enrol: true },
        ],
        false,
      );
      expect(outcome).toMatchObject({
        people: [
          { person: { personId: "anna" }, faceIds: [a, b, c], encodingCount: 2 },
          { person: { personId: "bob" }, faceIds: [d], encodingCount: 2 },
        ],
        clusters: ["c1", "c2", "c3"],
      });
      expect((await store.clusters({ ignored: false }, PAGE)).items.map((one) => one.id)).toEqual(["c4"]);
      const { sentence } = await store.undo();
      expect(sentence).toBe("taken back: 3 groups with 4 faces were assigned to Anna and Bob");
      expect(await snapshot(store)).toEqual(before);
    });

    test("passes over what is not as it was shown, and two faces of one frame", async () => {
      const scene = await makeScene(open);
      const { store } = scene;
      await scene.enrol("Anna", { source: "f1" });
      const [a, b, c] = (await scene.add({ source: "f1" }, { source: "f2" }, { source: "f3" })) as [
        number,
        number,
        number,
      ];
      await scene.discover({ c1: [a], c2: [b], c3: [c] });
      const rest = { personId: "anna", enrol: true };
      const wanted = [
        { cluster: "c1", version: await versionOf(scene, "c1"), ...rest },
        { cluster: "c2", version: "0000000000000000", ...rest },
        { cluster: "c9", version: await versionOf(scene, "c1"), ...rest },
        { cluster: "c3", version: await versionOf(scene, "c3"), ...rest },
        { cluster: "c2", version: await versionOf(scene, "c2"), personId: "nobody", enrol: true },
      ];
      expect(await store.assignAll(wanted, false)).toMatchObject({ clusters: ["c3"] });
      const before = await snapshot(store);
      await expect(store.assignAll(wanted.slice(0, 3), false)).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      expect(await snapshot(store)).toEqual(before);
      expect(await store.assignAll(wanted.slice(0, 3), true)).toMatchObject({ clusters: ["c1"] });
    });
  });

  describe("what a user is unsure of", () => {
    test("is kept while the cluster and the person are there as they were, over discoveries and restarts", async () => {
      const scene = await makeScene(open);
      await scene.enrol("Anna", {});
      await scene.enrol("Bob", {});
      const [a, b, c] = (await scene.add({}, {}, {})) as [number, number, number];
      await scene.discover({ c1: [a, b], c2: [c] });
      const version = await versionOf(scene, "c1");
      const first = { cluster: "c1", version, personId: "anna" };
      await scene.store.saveUnsure(first);
      await scene.store.saveUnsure({ ...first, personId: "bob" });
      await scene.discover({ c1: [a, b], c2: [c] });
      await scene.reopen();
      const { store } = scene;
      expect(await store.unsure()).toEqual([first, { ...first, personId: "bob" }]);
      await store.dropUnsure(first);
      expect(await store.unsure()).toEqual([{ ...first, personId: "bob" }]);
      await store.saveUnsure(first);
      await store.remove("bob", "unassign");
      expect(await store.unsure()).toEqual([first]);
      await expect(store.saveUnsure({ ...first, version: "0" })).rejects.toMatchObject({ code: "CLUSTER_CHANGED" });
      await expect(store.saveUnsure({ ...first, cluster: "c9" })).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
      await expect(store.saveUnsure({ ...first, personId: "bob" })).rejects.toMatchObject({ code: "PERSON_NOT_FOUND" });
      // Answers about clusters that are no more go with the next one.
      await store.assign(assignment("c1", "Anna"));
      const second = { cluster: "c2", version: await versionOf(scene, "c2"), personId: "anna" };
      await store.saveUnsure(second);
      expect(await store.unsure()).toEqual([second]);
    });
  });
}
