import { describe, expect, it } from "vitest";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../../../ui/src/api/clusters.ts";
import { matchAt, proposed, sameName, suggest } from "../../../../ui/src/components/naming/suggest.ts";

const person = (name: string): PersonJson => ({
  name,
  person_id: name.toLowerCase(),
  encodings: 1,
  models: ["dlib"],
  faces: 3,
  recognized: 0,
  portrait: null,
  portrait_face: null,
  first_seen: null,
  last_seen: null,
  last_camera: null,
  thumbnail: null,
});
const near = (name: string, distance: number): ClusterCandidate => ({
  person: name,
  person_id: name.toLowerCase(),
  score: 1 - distance,
  distance,
  threshold: 0.5,
  level: distance < 0.5 ? "perhaps" : null,
  faces: 3,
  thumbnail: null,
  closest_face: null,
  cluster_face: null,
  closest_distance: null,
  furthest_face: null,
  furthest_distance: null,
});
const names = (typed: string, people: string[], candidates: ClusterCandidate[] = []) =>
  suggest(typed, people.map(person), candidates).map((line) =>
    line.kind === "new" ? `+${line.name}` : line.person.name,
  );

describe("whom a name field offers", () => {
  it("lists the nearest first, whatever the order in which people are known", () => {
    expect(names("", ["Anna", "Julia", "Omar"], [near("Omar", 0.3), near("Anna", 0.5)])).toEqual([
      "Omar",
      "Anna",
      "Julia",
    ]);
  });

  it("offers a new person last, and only if no person has exactly that name", () => {
    expect(names("Ann", ["Anna", "Julia"])).toEqual(["Anna", "+Ann"]);
    expect(names("anna", ["Anna"])).toEqual(["Anna"]);
    expect(names("  ", ["Anna"])).toEqual(["Anna"]);
  });

  it("finds names without their accents, by the beginning of any word", () => {
    expect(matchAt("Łukasz", "luk")).toBe(0);
    expect(matchAt("Babcia Halina", "hal")).toBe(7);
    expect(matchAt("Justyna Tannenbaum-Øvergård", "tann")).toBe(8);
    expect(matchAt("Anna", "z")).toBe(-1);
  });

  it("takes what is typed as text, not as a pattern", () => {
    expect(matchAt("Anna (garden)", "(gar")).toBe(5);
    expect(matchAt("Anna", ".*")).toBe(-1);
  });

  it("holds names for the same when only case or composition differs", () => {
    expect(sameName("Łukasz", "łUKASZ ")).toBe(true);
    expect(sameName("Zoe\u0308", "Zo\u00eb")).toBe(true);
    expect(sameName("Lukasz", "Łukasz")).toBe(false);
  });

  it("puts the exact name first and then those that begin so, however near others are", () => {
    const people = ["Johanna", "Anna Maria", "Anna"];
    expect(names("anna", people, [near("Johanna", 0.1), near("Anna Maria", 0.2)])).toEqual([
      "Anna",
      "Anna Maria",
      "Johanna",
    ]);
  });
});

describe("what Enter takes", () => {
  const taken = (typed: string, people: string[], candidates: ClusterCandidate[] = []) => {
    const lines = suggest(typed, people.map(person), candidates);
    const line = lines[proposed(lines, typed)];
    return line && (line.kind === "new" ? `+${line.name}` : line.person.name);
  };

  it("is the listed person whose name, or a word of it, begins with what is typed", () => {
    expect(taken("Hans", ["Anna", "Hans Blix"])).toBe("Hans Blix");
    expect(taken("bli", ["Anna", "Hans Blix"])).toBe("Hans Blix");
    expect(taken("hans", ["Hans Blix", "Hans"])).toBe("Hans");
    expect(taken("Hans", ["Hans Blix", "Hans Albers"], [near("Hans Albers", 0.3)])).toBe("Hans Albers");
  });

  it("is a new person when no listed name begins so, and nothing when nothing is typed", () => {
    expect(taken("Ann", ["Johann", "Hans Blix"])).toBe("+Ann");
    expect(taken("Hans Blixen", ["Hans Blix"])).toBe("+Hans Blixen");
    expect(taken(" ", ["Anna"])).toBeUndefined();
  });
});
