import { describe, expect, it } from "vitest";
import type { PersonJson } from "../../../../../src/wire/out/schemas.ts";
import { isLikely, moveChoice, toChoices } from "../../../../../ui/src/components/sheets/choose-person/choices.ts";

const person = (name: string, last_seen: string | null): PersonJson => ({
  name,
  person_id: name.toLowerCase(),
  faces: 1,
  encodings: 1,
  models: ["dlib"],
  recognized: 0,
  portrait: null,
  portrait_face: null,
  first_seen: null,
  last_seen,
  last_camera: null,
  thumbnail: null,
});

const people = [
  person("Hans", null),
  person("Hans Blix", "2026-02-01T10:00:00.000Z"),
  person("Anna", "2026-02-03T10:00:00.000Z"),
  person("Łukasz", "2026-02-02T10:00:00.000Z"),
];
const free = { near: [], allowNew: true, locale: "en" };
const names = (typed: string, options = {}) =>
  toChoices(people, typed, { ...free, ...options }).map((choice) =>
    choice.kind === "new" ? `+${choice.name}` : choice.person.name,
  );

describe("whom to choose from", () => {
  it("is nearest first, then as last seen, and a new person on the last line", () => {
    expect(names("")).toEqual(["Anna", "Łukasz", "Hans Blix", "Hans", "+"]);
    expect(names("", { near: [{ person_id: "hans" }, { person_id: "hans blix" }] })).toEqual([
      "Hans",
      "Hans Blix",
      "Anna",
      "Łukasz",
      "+",
    ]);
  });

  it("has people whose name matches before a new one, and no new one of a name that there is", () => {
    expect(names("ha")).toEqual(["Hans Blix", "Hans", "+ha"]);
    expect(names("blix")).toEqual(["Hans Blix", "+blix"]);
    expect(names("hANS")).toEqual(["Hans Blix", "Hans"]);
    expect(names("lu")).toEqual(["Łukasz", "+lu"]);
    expect(names("Olga ")).toEqual(["+Olga"]);
    expect(names("Olga", { allowNew: false })).toEqual([]);
  });
});

describe("what Enter takes before anything is typed", () => {
  it("is the nearest person, unless that is probably wrong", () => {
    expect(isLikely([{ person_id: "anna" }], undefined)).toBe(true);
    expect(isLikely([{ person_id: "anna", level: "perhaps" }], undefined)).toBe(true);
    expect(isLikely([{ person_id: "anna", level: null }], undefined)).toBe(false);
    expect(isLikely([{ person_id: "anna" }, { person_id: "hans", unlikely: true }], "anna")).toBe(false);
    expect(isLikely([], undefined)).toBe(false);
  });
});

describe("arrow keys among the choices", () => {
  // Four columns: two full rows, one with a single person, and the new person.
  const many = toChoices(
    Array.from({ length: 9 }, (_, at) => person(`P${at}`, null)),
    "",
    free,
  );
  const move = (key: string, at: number) => moveChoice(key, at, many, 4);

  it("begin at the first, upwards at the last", () => {
    expect(move("ArrowDown", -1)).toBe(0);
    expect(move("ArrowUp", -1)).toBe(9);
  });

  it("move by columns and rows, through the shorter row to the new person and back", () => {
    expect(move("ArrowRight", 0)).toBe(1);
    expect(move("ArrowLeft", 0)).toBe(0);
    expect(move("ArrowDown", 1)).toBe(5);
    expect(move("ArrowDown", 5)).toBe(8);
    expect(move("ArrowDown", 8)).toBe(9);
    expect(move("ArrowDown", 9)).toBe(9);
    expect(move("ArrowUp", 9)).toBe(8);
    expect(move("ArrowUp", 8)).toBe(4);
    expect(move("ArrowUp", 1)).toBe(0);
  });
});
