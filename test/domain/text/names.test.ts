import { describe, expect, it } from "vitest";
import { FacesError } from "../../../src/domain/errors.ts";
import { nameKey, slug, toName, uniqueSlug } from "../../../src/domain/text/names.ts";

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error instanceof FacesError ? error.code : error;
  }
  return "no error";
};

describe("a name", () => {
  it("is trimmed and composed", () => {
    expect(toName("  Zoe\u0308 ")).toBe("Zoë");
  });

  it("may be in any script and hold emoji of several parts", () => {
    for (const name of ["Łukasz", "Анна", "王芳", "O'Brien-Smith", "👩‍👧", "+#/$"]) expect(toName(name)).toBe(name);
  });

  it.each([
    ["nothing", ""],
    ["only blanks", " \t "],
    ["a line break", "A\nB"],
    ["NUL", "A\0"],
    ["a mark that reverses the direction", "A\u202eB"],
    ["half a character", "A\ud800"],
    ["65 characters", "x".repeat(65)],
  ])("is refused with %s", (_, name) => {
    expect(codeOf(() => toName(name))).toBe("INVALID_NAME");
  });

  it("counts characters, not code units", () => {
    expect(toName("😀".repeat(64))).toHaveLength(128);
  });

  it("is the same name in other case", () => {
    expect(nameKey("ANNA")).toBe(nameKey("anna "));
    expect(nameKey("ŁUKASZ")).toBe(nameKey("Łukasz"));
  });
});

describe("a slug", () => {
  it.each([
    ["Łukasz", "lukasz"],
    ["Anna-Maria d'Été", "anna_maria_d_ete"],
    ["Straße 7", "strasse_7"],
    ["王芳", "person_3"],
    ["+#/", "person_3"],
  ])("of %s is %s", (name, expected) => {
    expect(slug(name, "person_3")).toBe(expected);
  });

  it("is made unique by a number", () => {
    const taken = new Set(["anna", "anna_2"]);
    expect(uniqueSlug("anna", (one) => taken.has(one))).toBe("anna_3");
  });
});
