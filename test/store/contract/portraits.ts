import { describe, expect, test } from "vitest";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeScene, type OpenStore, PAGE } from "../scene.ts";

const JPEG = new Uint8Array([1, 2, 3]);

export function describePortraits(open: OpenStore): void {
  /** Anna: faces at 0.1, 0.3 and 0 from the middle; the first two have pictures. Bob: one with a picture. */
  async function makeSystem() {
    const scene = await makeScene(open);
    const centre = makeEncoding(1);
    const { ids } = await scene.enrol(
      "Anna",
      { encoding: makeNear(centre, 0.1, 1) },
      { encoding: makeNear(centre, 0.6, 2) },
      { encoding: centre },
    );
    const [near = 0, far = 0, bare = 0] = ids;
    const { ids: bobs } = await scene.enrol("Bob", {});
    const bob = bobs[0] ?? 0;
    for (const id of [near, far, bob]) await scene.store.saveThumbnail(id, JPEG);
    const portrait = async (who = "anna") => (await scene.store.person(who))?.portraitFace;
    return { ...scene, near, far, bare, bob, portrait };
  }

  describe("the portrait of a person", () => {
    test("is the most central face that has a picture, until one is chosen", async () => {
      const { store, near, far, bob, portrait } = await makeSystem();
      expect(await portrait()).toBe(near);
      expect(await store.portraits()).toEqual([
        { personId: "anna", faceId: near },
        { personId: "bob", faceId: bob },
      ]);
      expect(await store.setPortrait("anna", far)).toMatchObject({ change: 3, faceIds: [far], encodingCount: 1 });
      expect(await store.person("anna")).toMatchObject({ portraitFace: far, chosenPortrait: far });
      expect((await store.people(PAGE)).items[0]).toMatchObject({ personId: "anna", portraitFace: far });
      expect(await store.portraits(["anna", "no_one"])).toEqual([{ personId: "anna", faceId: far }]);
      expect(await store.setPortrait("anna", far)).toMatchObject({ change: null });
      await store.setPortrait("anna", null);
      expect(await store.person("anna")).toMatchObject({ portraitFace: near, chosenPortrait: null });
    });

    test("is chosen in a change that can be undone and redone by itself", async () => {
      const { store, near, far, portrait } = await makeSystem();
      const { change } = await store.setPortrait("anna", far);
      await store.rename("anna", "Ania", false);
      expect(await store.change(change ?? 0)).toMatchObject({
        action: "portrait",
        sentence: "a portrait of Anna was chosen",
        blocked: null,
        faceIds: [far],
        people: [{ personId: "anna" }],
      });
      expect(await store.undo(change ?? 0)).toMatchObject({ after: [{ personId: "anna" }] });
      expect(await portrait()).toBe(near);
      await store.redo(change ?? 0);
      expect(await portrait()).toBe(far);
      expect((await store.person("anna"))?.name).toBe("Ania");
    });

    test("is the most central face while the chosen one is taken out, and the chosen one when it is back", async () => {
      const { store, near, far, portrait } = await makeSystem();
      await store.setPortrait("anna", far);
      const [out] = await store.unassign([far]);
      expect(await portrait()).toBe(near);
      await store.undo(out?.change ?? 0);
      expect(await portrait()).toBe(far);
    });

    test("comes back with a person who was deleted", async () => {
      const { store, far, portrait } = await makeSystem();
      await store.setPortrait("anna", far);
      await store.remove("anna", "unassign");
      expect(await portrait()).toBeUndefined();
      await store.undo();
      expect(await portrait()).toBe(far);
    });

    test("of a person who is merged is that of who stays, where that has none", async () => {
      const { store, near, far, bob, portrait } = await makeSystem();
      await store.setPortrait("bob", bob);
      await store.merge(["bob"], "anna");
      expect(await portrait()).toBe(bob);
      await store.undo();
      expect([await portrait(), await portrait("bob")]).toEqual([near, bob]);
      await store.setPortrait("anna", far);
      await store.merge(["bob"], "anna");
      expect(await portrait()).toBe(far);
    });

    test("goes with the faces when those are erased", async () => {
      const { store, far, portrait } = await makeSystem();
      await store.setPortrait("anna", far);
      await store.remove("anna", "erase");
      expect(await portrait()).toBeUndefined();
      expect(await store.portraits()).toMatchObject([{ personId: "bob" }]);
    });

    test("cannot be another person's face, or one without a picture", async () => {
      const { store, bare, bob, add, near, portrait } = await makeSystem();
      const [unassigned = 0] = await add({});
      await expect(store.setPortrait("anna", bob)).rejects.toMatchObject({ code: "FACE_NOT_ASSIGNED" });
      await expect(store.setPortrait("anna", unassigned)).rejects.toMatchObject({ code: "FACE_NOT_ASSIGNED" });
      await expect(store.setPortrait("anna", bare)).rejects.toMatchObject({ code: "THUMBNAIL_NOT_FOUND" });
      await expect(store.setPortrait("anna", 9_999)).rejects.toMatchObject({ code: "FACE_NOT_FOUND" });
      await expect(store.setPortrait("no_one", near)).rejects.toMatchObject({ code: "PERSON_NOT_FOUND" });
      expect(await portrait()).toBe(near);
    });

    test("is none without a picture", async () => {
      const { store, enrol } = await makeSystem();
      await enrol("Zoe", {});
      expect(await store.person("zoe")).toMatchObject({ portraitFace: null, chosenPortrait: null });
    });
  });
}
