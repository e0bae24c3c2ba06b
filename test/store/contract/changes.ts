import { describe, expect, test } from "vitest";
import { meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { assignment, makeScene, type OpenStore, PAGE } from "../scene.ts";

export function describeChanges(open: OpenStore): void {
  describe("assigning", () => {
    test("a cluster makes a person of it: one encoding, the mean, with the frame of the nearest face", async () => {
      const { store, add, discover } = await makeScene(open);
      const centre = makeEncoding(1);
      const faces = [
        { encoding: makeNear(centre, 0.3, 1), source: "far" },
        { encoding: centre, source: "near" },
        { encoding: makeNear(centre, 0.3, 2), source: "far" },
      ];
      const ids = await add(...faces);
      await discover({ c1: ids });
      const version = (await store.cluster("c1"))?.version as string;
      expect(await store.assign({ ...assignment("c1", "Łukasz"), version })).toEqual({
        change: 1,
        person: { personId: "lukasz", name: "Łukasz" },
        faceIds: ids,
        encodingCount: 1,
        created: true,
      });
      const encoding = meanEncoding(faces.map((face) => face.encoding));
      expect(await store.registry()).toEqual([
        {
          personId: "lukasz",
          name: "Łukasz",
          encodings: [
            {
              id: expect.any(Number),
              encoding,
              source: "near",
              sources: ["far", "near"],
              count: 3,
              model: "dlib",
              variance: expect.any(Number),
            },
          ],
        },
      ]);
      expect((await store.gallery()).people).toEqual([
        {
          personId: "lukasz",
          name: "Łukasz",
          encodings: [{ id: expect.any(Number), encoding, count: 3, model: "dlib", variance: expect.any(Number) }],
          notEncodings: [],
        },
      ]);
      expect(await store.cluster("c1")).toBeNull();
      expect(await store.face(ids[0] as number)).toMatchObject({
        state: "assigned",
        person: "Łukasz",
        personId: "lukasz",
        cluster: null,
      });
      expect(await store.collectUnassigned({ includeRecognized: true })).toEqual([]);
    });

    test("without some of the faces leaves those as a smaller cluster", async () => {
      const { store, add, discover } = await makeScene(open);
      const ids = await add({}, {}, {}, {});
      await discover({ c1: ids });
      const before = await store.cluster("c1");
      const { faceIds } = await store.assign(assignment("c1", "Anna", ids.slice(2)));
      expect(faceIds).toEqual(ids.slice(0, 2));
      const after = await store.cluster("c1");
      expect(after?.representatives.map((face) => face.id)).toEqual(ids.slice(2));
      expect(after).toMatchObject({ size: 2 });
      expect(after?.version).not.toBe(before?.version);
      await expect(
        store.assign({ ...assignment("c1", "Anna"), version: before?.version as string }),
      ).rejects.toMatchObject({ code: "CLUSTER_CHANGED", details: { version: after?.version } });
    });

    test("to a known person, by name in any case or by id, adds an encoding", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      await enrol("Łukasz", {});
      const [a, b] = (await add({}, {})) as [number, number];
      await discover({ c1: [a], c2: [b] });
      expect(await store.assign(assignment("c1", "łUKASZ"))).toMatchObject({ created: false, encodingCount: 2 });
      expect(await store.assign(assignment("c2", "lukasz"))).toMatchObject({
        created: false,
        encodingCount: 3,
        person: { name: "Łukasz" },
      });
      expect(await store.person("ŁUKASZ")).toMatchObject({ personId: "lukasz", encodings: 3, faces: 3 });
    });

    test("makes ids unique, and refuses a name that is another person's id in other letters", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      await enrol("Ana Maria", {});
      expect(await enrol("Ána María", {})).toMatchObject({ personId: "ana_maria_2" });
      expect(await enrol("李雷", {})).toMatchObject({ personId: "person_3" });
      const ids = await add({});
      await discover({ c1: ids });
      await expect(store.assign(assignment("c1", "ANA_MARIA_2"))).rejects.toMatchObject({ code: "INVALID_NAME" });
    });

    test("refuses what cannot be, and then nothing has changed", async () => {
      const { store, add, discover } = await makeScene(open);
      const frame = { camera: "gate", source: "f1" };
      const ids = (await add(frame, frame, {}, {})) as [number, number, number, number];
      await discover({ c1: ids.slice(0, 3), c2: [ids[3]] });
      const refusals = [
        [assignment("c9", "Anna"), "CLUSTER_NOT_FOUND"],
        [{ ...assignment("c1", "Anna"), version: "0000000000000000" }, "CLUSTER_CHANGED"],
        [assignment("c1", "Anna", ids.slice(0, 3)), "EMPTY_SELECTION"],
        [assignment("c1", "Anna", [99_999]), "FACE_NOT_FOUND"],
        [assignment("c1", "Anna", [ids[3]]), "INVALID_INPUT"],
        [{ ...assignment("c1", "Anna"), allowSameFrame: false }, "SAME_FRAME"],
      ] as const;
      for (const [change, code] of refusals) await expect(store.assign(change)).rejects.toMatchObject({ code });
      await expect(store.assign(refusals[5][0])).rejects.toMatchObject({ details: { faces: [ids[0], ids[1]] } });
      expect((await store.people(PAGE)).items).toEqual([]);
      expect(await store.counts()).toMatchObject({ unassigned: 4, assigned: 0 });
      await expect(store.undo()).rejects.toMatchObject({ code: "NOTHING_TO_UNDO" });
    });

    test("a face of a frame in which the person already is, asks", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      const frame = { camera: "gate", source: "f1" };
      const { ids } = await enrol("Anna", frame);
      const [again] = (await add(frame)) as [number];
      await discover({ c1: [again] });
      const change = { ...assignment("c1", "Anna"), allowSameFrame: false };
      await expect(store.assign(change)).rejects.toMatchObject({
        code: "SAME_FRAME",
        details: { faces: [ids[0], again] },
      });
      await store.assign({ ...change, name: "Bob" });
    });

    test("claims single faces without another encoding, passing over those that are taken", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", {});
      const [a, b, c] = (await add({}, {}, {})) as [number, number, number];
      await discover({ c1: [a, b], c2: [c] });
      await store.ignore("c2", null);
      expect(await store.claim("anna", [a, c, ...ids, 99_999])).toEqual({
        change: 3,
        person: { personId: "anna", name: "Anna" },
        faceIds: [a],
        encodingCount: 1,
      });
      expect(await store.cluster("c1")).toMatchObject({ size: 1 });
      await expect(store.claim("anna", [a])).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(store.claim("bob", [b])).rejects.toMatchObject({ code: "PERSON_NOT_FOUND" });
    });
  });

  describe("taking faces out of a person", () => {
    test("makes the encoding of those that stay, and remembers who it is not", async () => {
      const { store, enrol, discover } = await makeScene(open);
      const { ids } = await enrol("Anna", { source: "a" }, { source: "b" }, { source: "c" });
      const [out, ...rest] = ids as [number, number, number];
      expect(await store.unassign([out])).toEqual([
        { change: 2, person: { personId: "anna", name: "Anna" }, faceIds: [out], encodingCount: 1 },
      ]);
      const encodings = (await Promise.all(rest.map((id) => store.encodingOf(id)))) as Float32Array[];
      const [person] = await store.registry();
      expect(person?.encodings).toMatchObject([{ encoding: meanEncoding(encodings), sources: ["b", "c"], count: 2 }]);
      const [known] = (await store.gallery()).people;
      expect(known?.notEncodings).toEqual([{ encoding: await store.encodingOf(out), count: 1, model: "dlib" }]);
      await discover({ c1: [out] });
      expect((await store.cluster("c1"))?.notPeople).toEqual(["anna"]);
      await store.assign(assignment("c1", "Anna"));
      expect((await store.gallery()).people[0]?.notEncodings).toEqual([]);
    });

    test("keeps the person when nothing is left", async () => {
      const { store, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", {}, {});
      expect(await store.unassign(ids)).toMatchObject([{ encodingCount: 0 }]);
      expect(await store.person("Anna")).toMatchObject({ faces: 0, encodings: 0, lastSeen: null, lastCamera: null });
    });

    test("refuses faces that do not exist or are not assigned, and then takes out none", async () => {
      const { store, add, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", {});
      const [free] = (await add({})) as [number];
      await expect(store.unassign([])).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(store.unassign([...ids, 99_999])).rejects.toMatchObject({ code: "FACE_NOT_FOUND" });
      await expect(store.unassign([...ids, free])).rejects.toMatchObject({ code: "FACE_NOT_ASSIGNED" });
      expect(await store.person("Anna")).toMatchObject({ faces: 1 });
    });
  });

  describe("renaming, merging and deleting", () => {
    const match = { person: "Anna", personId: "anna", distance: 0.2, score: 0.8 };

    test("a name follows everywhere, the id stays", async () => {
      const { store, add, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", {});
      const [seen] = (await add({ matched: match })) as [number];
      expect(await store.rename("anna", "Anna Maria", false)).toMatchObject({
        person: { personId: "anna", name: "Anna Maria" },
        before: { personId: "anna", name: "Anna" },
        joined: null,
      });
      expect(await store.face(ids[0] as number)).toMatchObject({ person: "Anna Maria", personId: "anna" });
      expect((await store.face(seen))?.matched).toEqual({ person: "Anna Maria", personId: "anna", distance: 0.2 });
      expect(await store.rename("anna", "anna MARIA", false)).toMatchObject({ person: { name: "anna MARIA" } });
      expect(await store.person("Anna")).toBeNull();
      expect(await store.person("anna")).toMatchObject({ name: "anna MARIA" });
    });

    test("onto the name of another person is refused, and merges them when asked to", async () => {
      const { store, add, enrol } = await makeScene(open);
      await enrol("Anna", {}, {});
      const { ids } = await enrol("Bob", {});
      const [seen] = (await add({ matched: match })) as [number];
      await expect(store.rename("anna", "BOB", false)).rejects.toMatchObject({
        code: "PERSON_EXISTS",
        details: { person: "Bob", person_id: "bob", faces: 1, encodings: 1, joining: { faces: 2, encodings: 1 } },
      });
      expect(await store.rename("anna", "BOB", true)).toMatchObject({
        person: { personId: "bob", name: "Bob" },
        before: { personId: "anna" },
        joined: { faces: 2, encodings: 1 },
        encodingCount: 2,
      });
      expect(await store.person("anna")).toBeNull();
      expect(await store.person("bob")).toMatchObject({ faces: 3, encodings: 2 });
      expect((await store.face(seen))?.matched).toMatchObject({ person: "Bob", personId: "bob" });
      expect((await store.face(ids[0] as number))?.person).toBe("Bob");
    });

    test("a name that is another person's id is refused, their own is not", async () => {
      const { store, enrol } = await makeScene(open);
      await enrol("Anna", {});
      await enrol("Bob", {});
      await store.rename("anna", "Zoe", false);
      await expect(store.rename("bob", "Anna", false)).rejects.toMatchObject({ code: "INVALID_NAME" });
      await store.rename("anna", "Anna", false);
      await expect(store.rename("no_one", "X", false)).rejects.toMatchObject({ code: "PERSON_NOT_FOUND" });
    });

    test("merging moves faces, encodings and who they are not", async () => {
      const { store, enrol, discover } = await makeScene(open);
      await enrol("Anna", {}, {});
      const { ids: bobs } = await enrol("Bob", {}, {});
      await enrol("Cleo", {});
      await store.unassign([bobs[0] as number]);
      await discover({ c1: [bobs[0] as number] });
      expect(await store.merge(["bob", "cleo"], "anna")).toMatchObject({
        person: { name: "Anna" },
        encodingCount: 3,
        removed: [
          { personId: "bob", name: "Bob" },
          { personId: "cleo", name: "Cleo" },
        ],
      });
      expect((await store.people(PAGE)).items).toMatchObject([{ name: "Anna", faces: 4, encodings: 3 }]);
      expect((await store.cluster("c1"))?.notPeople).toEqual(["anna"]);
      await expect(store.merge(["anna"], "anna")).rejects.toMatchObject({ code: "INVALID_INPUT" });
      await expect(store.merge([], "anna")).rejects.toMatchObject({ code: "EMPTY_SELECTION" });
      await expect(store.merge(["bob"], "anna")).rejects.toMatchObject({ code: "PERSON_NOT_FOUND" });
    });

    test("deleting leaves the faces unassigned, and no name anywhere", async () => {
      const { store, add, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", {}, {});
      const [seen] = (await add({ matched: match })) as [number];
      expect(await store.remove("anna", "unassign")).toEqual({
        change: 2,
        person: { personId: "anna", name: "Anna" },
        faceIds: ids,
      });
      expect(await store.face(ids[0] as number)).toMatchObject({ state: "unassigned", person: null });
      expect((await store.face(seen))?.matched).toBeNull();
      expect(await store.registry()).toEqual([]);
      await expect(store.remove("anna", "unassign")).rejects.toMatchObject({ code: "PERSON_NOT_FOUND" });
    });

    test("erasing takes the faces too, is remembered without the name, and cannot be undone", async () => {
      const { store, add, enrol, clock } = await makeScene(open);
      const { ids } = await enrol("Anna", { wantsThumbnail: true }, {});
      await store.saveThumbnail(ids[0] as number, new Uint8Array([1]));
      const [seen] = (await add({ matched: match })) as [number];
      expect(await store.erasedAt("Anna")).toBeNull();
      expect((await store.remove("anna", "erase")).faceIds).toEqual(ids);
      expect(await store.facesById([...ids, seen])).toMatchObject([{ id: seen, matched: null }]);
      expect(await store.thumbnail(ids[0] as number)).toBeNull();
      expect(await store.erasedAt("ANNA")).toEqual(clock.now());
      await expect(store.undo()).rejects.toMatchObject({
        code: "NOTHING_TO_UNDO",
        message: expect.stringContaining("erasure"),
      });
      await enrol("Anna", {});
      expect(await store.erasedAt("Anna")).toBeNull();
      expect(await store.undo()).toMatchObject({ action: "assign" });
    });
  });
}
