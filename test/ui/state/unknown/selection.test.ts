import { describe, expect, it } from "vitest";
import { extended, photosOf, renewed, toggled } from "../../../../ui/src/state/unknown/selection.ts";
import { makeGroupJson } from "../../make-group-json.ts";

const [a, b, c] = [makeGroupJson(1, { size: 5 }), makeGroupJson(2), makeGroupJson(3)];
const ids = (selection: readonly { readonly id: string }[]) => selection.map(({ id }) => id);

describe("a selection", () => {
  it("keeps the order in which it was made, each once", () => {
    expect(ids(extended(toggled([], b), [a, b, c]))).toEqual(["c2", "c1", "c3"]);
    expect(ids(toggled(extended([], [a, b]), a))).toEqual(["c2"]);
    expect(photosOf(extended([], [a, b]))).toBe(7);
  });

  it("has the version of a group that has changed, or else naming it would be refused", () => {
    const selection = extended([], [a, b]);
    expect(renewed(selection, [a, b, c])).toBe(selection);
    const newer = renewed(selection, [{ ...b, version: "2", size: 4 }]);
    expect(newer.map(({ version, size }) => [version, size])).toEqual([
      ["1", 5],
      ["2", 4],
    ]);
  });
});
