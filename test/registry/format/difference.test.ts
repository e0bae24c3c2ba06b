import { describe, expect, it } from "vitest";
import { isEmpty, toDifference, toEdit } from "../../../src/registry/format/difference.ts";
import type { FilePerson, RegistryData } from "../../../src/registry/format/format.ts";
import { toRegistryData } from "../../../src/registry/format/format.ts";
import type { RegistryEdit, RegistryPerson } from "../../../src/store/port.ts";
import { makeEncoding } from "../../make/encoding.ts";

const [e1, e2, e3, e4] = [1, 2, 3, 4].map(makeEncoding) as [Float32Array, Float32Array, Float32Array, Float32Array];

/** A file: names with their encodings, without our ids. */
function file(people: Record<string, Float32Array[]>): RegistryData {
  return { people: Object.entries(people).map(([name, list]) => person(name, list)), extras: [] };
}

function person(name: string, list: Float32Array[]): FilePerson {
  const encodings = list.map((encoding) => ({
    encoding,
    source: "",
    sources: [],
    count: 1,
    model: "dlib",
    id: null,
    extras: [],
  }));
  return { name, encodings, hasOthers: true, extras: [] };
}

/** A database: person_id is the name in small letters, ids count from 1. */
function database(people: Record<string, Float32Array[]>): RegistryPerson[] {
  let id = 1;
  return Object.entries(people).map(([name, list]) => ({
    personId: name.toLowerCase(),
    name,
    encodings: list.map((encoding) => ({ encoding, source: "", sources: [], count: 1, model: "dlib", id: id++ })),
  }));
}

function merge(base: RegistryData, theirs: RegistryData, ours: RegistryPerson[]): Partial<RegistryEdit> {
  const edit = toEdit(toDifference(base, theirs), ours);
  return Object.fromEntries(Object.entries(edit).filter(([, list]) => list.length > 0));
}

const both = { Anna: [e1], Bob: [e2] };

describe("an edit by another program", () => {
  it("adds and removes people and encodings", () => {
    const edit = merge(file(both), file({ Bob: [e2, e3], Carl: [e4] }), database(both));
    expect(edit).toMatchObject({
      removedPeople: ["anna"],
      addedEncodings: [{ personId: "bob", encoding: { encoding: e3 } }],
      addedPeople: [{ name: "Carl", encodings: [{ encoding: e4 }] }],
    });
    expect(merge(file({ Anna: [e1, e2] }), file({ Anna: [e2] }), database({ Anna: [e1, e2] }))).toEqual({
      removedEncodings: [1],
    });
  });

  it("is none when only the order or the digits printed differ", () => {
    const shorter = e1.map((value) => Math.fround(Number(value.toFixed(6))));
    expect(shorter).not.toEqual(e1);
    expect(merge(file(both), file({ Bob: [e2], Anna: [shorter] }), database(both))).toEqual({});
  });

  it("keeps what changed here meanwhile: both additions stand", () => {
    const ours = database({ ...both, Dora: [e3] });
    expect(merge(file(both), file({ ...both, Carl: [e4] }), ours)).toEqual({
      addedPeople: [{ name: "Carl", encodings: [{ encoding: e4, source: "", sources: [], count: 1, model: "dlib" }] }],
    });
  });

  it("has nothing left to do where the same was done here", () => {
    const theirs = file({ Bob: [e2, e3], Carl: [e4] });
    expect(merge(file(both), theirs, database({ Bob: [e2, e3], Carl: [e4] }))).toEqual({});
  });

  it("adds to a person of that name who was made here meanwhile", () => {
    const edit = merge(file({}), file({ anna: [e1, e2] }), database({ Anna: [e1] }));
    expect(edit).toMatchObject({ addedEncodings: [{ personId: "anna", encoding: { encoding: e2 } }] });
    expect(edit.addedPeople).toBeUndefined();
  });

  it("removes of a person only what the other program had seen", () => {
    expect(merge(file({ Anna: [e1] }), file({}), database({ Anna: [e1, e2] }))).toEqual({ removedEncodings: [1] });
  });

  it("does not bring back who was deleted here, unless it has something new for them", () => {
    expect(merge(file(both), file(both), database({ Bob: [e2] }))).toEqual({});
    expect(merge(file(both), file({ ...both, Anna: [e1, e3] }), database({ Bob: [e2] }))).toMatchObject({
      addedPeople: [{ name: "Anna", encodings: [{ encoding: e3 }] }],
    });
  });

  it("is a rename when a key changed and its encodings stayed", () => {
    expect(merge(file(both), file({ Anne: [e1], Bob: [e2] }), database(both))).toEqual({
      renamedPeople: [{ personId: "anna", name: "Anne" }],
    });
    expect(merge(file(both), file({ Anne: [e1, e3], Bob: [e2] }), database(both))).toMatchObject({
      renamedPeople: [{ personId: "anna", name: "Anne" }],
      addedEncodings: [{ personId: "anna", encoding: { encoding: e3 } }],
    });
  });

  it("keeps the person, and takes the new spelling, when only the case of a key changed", () => {
    expect(merge(file(both), file({ ANNA: [e1], Bob: [e2] }), database(both))).toEqual({
      renamedPeople: [{ personId: "anna", name: "ANNA" }],
    });
  });

  it("does not rename onto a person who got that name here meanwhile", () => {
    const edit = merge(file(both), file({ Eve: [e1], Bob: [e2] }), database({ ...both, Eve: [e3] }));
    expect(edit).toEqual({});
  });

  it("finds a person again who was renamed here", () => {
    const [anna, bob] = database(both) as [RegistryPerson, RegistryPerson];
    const ours = [{ ...anna, name: "Anne" }, bob];
    expect(merge(file(both), file({ Bob: [e2] }), ours)).toEqual({ removedPeople: ["anna"] });
  });

  it("moves encodings from one person to another", () => {
    expect(merge(file(both), file({ Bob: [e2, e1] }), database(both))).toMatchObject({
      removedPeople: ["anna"],
      addedEncodings: [{ personId: "bob", encoding: { encoding: e1 } }],
    });
  });

  it("adds an encoding once that is listed twice, and distinguishes equal ones by id", () => {
    expect(merge(file({}), file({ Anna: [e1, e1] }), []).addedPeople?.[0]?.encodings).toHaveLength(1);
    const ours = database({ Anna: [e1, e1] });
    const base = toRegistryData(ours);
    const theirs = {
      people: [{ ...person("Anna", []), encodings: base.people[0]?.encodings.slice(1) ?? [] }],
      extras: [],
    };
    expect(merge(base, theirs, ours)).toEqual({ removedEncodings: [1] });
  });

  it("leaves nothing to do once it is done", () => {
    const theirs = file({ Anna: [e3], Carl: [] });
    const done = toEdit(toDifference(file(both), theirs), database({ Anna: [e3], Carl: [] }));
    expect(isEmpty(done)).toBe(true);
  });
});
