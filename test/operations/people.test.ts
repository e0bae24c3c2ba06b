import { describe, expect, it } from "vitest";
import { peopleOperations } from "../../src/operations/people.ts";
import { createReadPersonFaces } from "../../src/operations/reads/people/person-faces.ts";
import { openSystem } from "../helpers/open-system.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { makeFaceToSave } from "../make/face.ts";

const centre = makeEncoding(1);
const odd = makeNear(centre, 0.85, 5);
const anna = { person: "Anna", personId: "anna", distance: 0.3, score: 0.7 };
const at = (time: string) => ({ capturedAt: new Date(time), receivedAt: new Date(time) });

/** Anna: four faces of hers, the third unlike the others, and one that was recognized. */
async function open() {
  const running = await openSystem();
  const { store, system } = running;
  const save = async (...faces: Parameters<typeof makeFaceToSave>[0][]) =>
    (await store.saveFaces(faces.map(makeFaceToSave))).map((one) => one.face.id);
  const own = await save(
    { encoding: makeNear(centre, 0.2, 1), ...at("2026-02-18T10:00:00Z") },
    { encoding: makeNear(centre, 0.3, 2), ...at("2026-02-18T22:30:00Z") },
    { encoding: odd, camera: "gate", ...at("2026-02-18T11:00:00Z") },
    { encoding: makeNear(centre, 0.25, 3), ...at("2026-02-18T12:00:00Z") },
  );
  await peopleOperations.move.run({ faces: own, name: "Anna" }, system);
  const [recognized = 0] = await save({
    encoding: makeNear(centre, 0.4, 4),
    matched: anna,
    camera: "porch",
    ...at("2026-02-19T11:00:00Z"),
  });
  return { ...running, save, own, recognized };
}

describe("the faces of a person", () => {
  it("say how far they are from the person, and which stand out", async () => {
    const { system, own, recognized } = await open();
    const { faces } = await peopleOperations.person.run({ name: "Anna" }, system);
    expect(faces.map((face) => [face.face_id, face.different])).toEqual([
      [recognized, false],
      [own[1], false],
      [own[3], false],
      [own[2], true],
      [own[0], false],
    ]);
    expect(faces.every((face) => (face.distance ?? 0) > 0.1)).toBe(true);
  });

  it("come with those first that are least alike, page by page, where that is asked", async () => {
    const { system, own, recognized } = await open();
    const ask = (cursor?: string) =>
      peopleOperations.person.run(
        { name: "anna", sort: "least_alike", limit: 3, ...(cursor ? { cursor } : {}) },
        system,
      );
    const first = await ask();
    const second = await ask(first.next_cursor ?? "");
    const faces = [...first.faces, ...second.faces];
    expect(first.faces.map((face) => face.different)).toEqual([true, false, false]);
    expect(faces.map((face) => face.face_id).sort()).toEqual([...own, recognized].sort());
    expect(second.next_cursor).toBeNull();
    const distances = faces.map((face) => face.distance ?? 0);
    expect(distances).toEqual([...distances].sort((a, b) => b - a));
  });

  it("are measured once for all pages, and again when the person has others", async () => {
    const { store, people, bus, own, recognized } = await open();
    let measured = 0;
    let galleries = 0;
    const read = createReadPersonFaces({
      store: {
        ...store,
        facesOfPerson: async (...wanted) => {
          measured++;
          return await store.facesOfPerson(...wanted);
        },
        gallery: async () => {
          galleries++;
          return await store.gallery();
        },
      },
      people,
      bus,
    });
    const ask = async (cursor: string | null) => {
      const { items, nextCursor } = await read("anna", {}, "least_alike", { limit: 3, cursor });
      return { ids: items.map((one) => one.face.id), nextCursor };
    };
    const first = await ask(null);
    const second = await ask(first.nextCursor);
    expect([...first.ids, ...second.ids].sort()).toEqual([...own, recognized].sort());
    await read("anna", {}, "newest", { limit: 3, cursor: null });
    expect([measured, galleries]).toEqual([2, 1]);

    await people.unassign([own[2] as number]);
    expect((await ask(null)).ids).not.toContain(own[2]);
    expect([measured, galleries]).toEqual([3, 2]);
  });

  it("are not compared where nothing is left to compare with", async () => {
    const { system, save } = await open();
    await peopleOperations.move.run({ faces: await save({ encoding: makeEncoding(9) }), name: "Zoe" }, system);
    const { faces } = await peopleOperations.person.run({ name: "Zoe", sort: "least_alike" }, system);
    expect(faces).toMatchObject([{ distance: null, different: false }]);
  });

  it("are narrowed by camera, time and state", async () => {
    const { system, own, recognized } = await open();
    const ids = async (input: object) =>
      (await peopleOperations.person.run({ name: "Anna", ...input }, system)).faces.map((face) => face.face_id);
    expect(await ids({ camera: "gate" })).toEqual([own[2]]);
    expect(await ids({ state: "recognized" })).toEqual([recognized]);
    expect(await ids({ from: "2026-02-18T11:30:00Z", to: "2026-02-19", sort: "least_alike" })).toEqual([
      own[1],
      own[3],
    ]);
    await expect(ids({ from: "soon" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("when a person was seen", () => {
  it("is counted by the clocks of a time zone", async () => {
    const { system } = await open();
    const { hours, ...times } = await peopleOperations.times.run({ name: "anna", timezone: "Europe/Warsaw" }, system);
    expect(times).toEqual({
      person: "Anna",
      person_id: "anna",
      days: [
        { day: "2026-02-18", faces: 4, recognized: 0 },
        { day: "2026-02-19", faces: 1, recognized: 1 },
      ],
      cameras: [
        { camera: "front_door", faces: 3, recognized: 0 },
        { camera: "gate", faces: 1, recognized: 0 },
        { camera: "porch", faces: 1, recognized: 1 },
      ],
    });
    expect(hours.flatMap((faces, hour) => (faces === 0 ? [] : [[hour, faces]]))).toEqual([
      [11, 1],
      [12, 2],
      [13, 1],
      [23, 1],
    ]);
  });

  it("is UTC without one, of the camera and time that are asked", async () => {
    const { system } = await open();
    const times = await peopleOperations.times.run(
      { name: "anna", camera: "front_door", to: "2026-02-18T20:00Z" },
      system,
    );
    expect(times.days).toEqual([{ day: "2026-02-18", faces: 2, recognized: 0 }]);
    expect([times.hours[10], times.hours[12]]).toEqual([1, 1]);
  });

  it("refuses what is no time zone", async () => {
    const { system } = await open();
    await expect(peopleOperations.times.run({ name: "anna", timezone: "Mars" }, system)).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("moving faces", () => {
  it("answers who had them, and recognizes by the new look at once", async () => {
    const { system, people, own } = await open();
    const answer = await peopleOperations.move.run({ faces: [own[2] as number], name: " Bob " }, system);
    expect(answer).toMatchObject({
      person: "Bob",
      assigned: 1,
      encoding_count: 1,
      from: [{ person: "Anna", person_id: "anna" }],
      change: expect.any(Number),
    });
    const [nearest] = people.gallery("dlib").nearest(odd, 1);
    expect(nearest).toMatchObject({ person: { personId: "bob" }, distance: 0 });
  });

  it("adds a look to a known person only of what differs from those they have", async () => {
    const { system, save, own } = await open();
    await peopleOperations.move.run({ faces: [own[2] as number], name: "Bob" }, system);
    const alike = await save({ encoding: makeNear(centre, 0.1, 8) });
    expect(await peopleOperations.move.run({ faces: alike, name: "Anna" }, system)).toMatchObject({
      encoding_count: 1,
    });
    const other = await save({ encoding: makeEncoding(3) });
    expect(await peopleOperations.move.run({ faces: other, name: "Anna" }, system)).toMatchObject({
      encoding_count: 2,
    });
  });
});

describe("a person", () => {
  it("is shown by the face that is chosen, until none is", async () => {
    const { system, store, own } = await open();
    for (const id of own) await store.saveThumbnail(id, new Uint8Array([1]));
    const portrait = async () => {
      const { people } = await peopleOperations.people.run({}, system);
      return [people[0]?.portrait, people[0]?.portrait_face];
    };
    const [central] = await portrait();
    const face = own.find((id) => central !== `api/faces/${id}/thumbnail`) ?? 0;
    const answer = await peopleOperations.edit.run({ who: "Anna", portrait: face }, system);
    expect(answer).toMatchObject({ person: "Anna", from: "Anna", joined: null, change: expect.any(Number) });
    expect(await portrait()).toEqual([`api/faces/${face}/thumbnail`, face]);
    await peopleOperations.portrait.run({ name: "anna", face: null }, system);
    expect(await portrait()).toEqual([central, null]);
  });

  it("is renamed or gets a portrait, one at a time", async () => {
    const { system, own } = await open();
    expect(await peopleOperations.edit.run({ who: "Anna", name: "Ania" }, system)).toMatchObject({ person: "Ania" });
    const both = { who: "Ania", name: "Anna", portrait: own[0] as number };
    for (const input of [both, { who: "Ania" }, { who: "Ania", merge: true }]) {
      await expect(peopleOperations.edit.run(input, system)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
  });
});

describe("who a person is like", () => {
  it("is the other people, the most alike first", async () => {
    const { system, save, own } = await open();
    const name = async (who: string, encoding: Float32Array) =>
      peopleOperations.move.run({ faces: await save({ encoding }), name: who }, system);
    await peopleOperations.unassign.run({ faces: [own[2] as number] }, system);
    await name("Far", makeEncoding(7));
    await name("Near", makeNear(centre, 0.4, 9));
    const { person_id, people } = await peopleOperations.alike.run({ name: "Anna" }, system);
    expect(person_id).toBe("anna");
    expect(people.map((one) => one.person)).toEqual(["Near", "Far"]);
    const [near, far] = people;
    expect(near?.distance).toBeCloseTo(0.42, 1);
    expect(near?.distance).toBeLessThan(near?.threshold ?? 0);
    expect(far?.distance).toBeGreaterThan(far?.threshold ?? 0);
    expect((await peopleOperations.alike.run({ name: "Anna", limit: 1 }, system)).people).toHaveLength(1);
  });
});
