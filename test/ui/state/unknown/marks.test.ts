import { describe, expect, it } from "vitest";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import {
  countNew,
  keepNamed,
  keepOrder,
  type Mark,
  toSections,
  wouldMove,
} from "../../../../ui/src/state/unknown/marks.ts";

const cluster = (id: string, size = 3, suggestion: ClusterJson["suggestion"] = null): ClusterJson => ({
  id,
  version: "1",
  size,
  cameras: ["garden"],
  first_seen: "2026-02-01T10:00:00.000Z",
  last_seen: "2026-02-02T10:00:00.000Z",
  representatives: [],
  suggestion,
  state: suggestion?.level === "sure" ? "known" : "waiting",
  model: "dlib",
  visits: 1,
  stranger_id: null,
  stranger: null,
  tightness: null,
  worst: null,
  split: null,
});
const named: Mark = { kind: "named", name: "Anna", personId: "anna", faces: 3, claimable: null, claiming: false };
const refused: Mark = { kind: "refused", code: "CLUSTER_CHANGED", error: null, sizeThen: 3 };
const anna = { person: "Anna", person_id: "anna", score: 0.6, distance: 0.4, threshold: 0.45, level: "sure" as const };
const split = [[1, 2], [3]];
const ids = (list: readonly ClusterJson[]) => list.map((one) => one.id);

describe("the list of waiting groups", () => {
  it("keeps a group that was just named where it stood", () => {
    const before = [cluster("a"), cluster("b"), cluster("c")];
    const after = keepNamed(before, [cluster("a"), cluster("c")], new Map([["b", named]]));
    expect(ids(after)).toEqual(["a", "b", "c"]);
  });

  it("does not keep a group that went away by itself, or one that was refused", () => {
    const before = [cluster("a"), cluster("b")];
    expect(ids(keepNamed(before, [cluster("a")], new Map()))).toEqual(["a"]);
    expect(ids(keepNamed(before, [cluster("a")], new Map([["b", refused]])))).toEqual(["a"]);
  });

  it("never shows a group twice", () => {
    const before = [cluster("a"), cluster("b")];
    expect(ids(keepNamed(before, before, new Map([["b", named]])))).toEqual(["a", "b"]);
  });

  it("counts what is new", () => {
    expect(countNew([cluster("a")], [cluster("a"), cluster("b"), cluster("c")])).toBe(2);
  });

  it("knows what would move under the user's finger: another order, a group that is gone, one that got a suggestion or a split", () => {
    const shown = [cluster("a"), cluster("b")];
    expect(wouldMove(shown, [cluster("a", 9), cluster("b"), cluster("c")])).toBe(false);
    expect(wouldMove(shown, [cluster("b"), cluster("a")])).toBe(true);
    expect(wouldMove(shown, [cluster("b")])).toBe(true);
    expect(wouldMove(shown, [cluster("a"), cluster("b", 3, anna)])).toBe(true);
    expect(wouldMove(shown, [cluster("a"), { ...cluster("b"), split }])).toBe(true);
  });

  it("can be brought up to date without moving anything", () => {
    const shown = [cluster("a", 3), cluster("b", 2)];
    const now = keepOrder(shown, [{ ...cluster("b", 7, anna), split }, cluster("c", 5)]);
    expect(now).toEqual([cluster("a", 3), cluster("b", 7)]);
    expect(wouldMove(shown, now)).toBe(false);
  });

  it("shows known people apart, and single faces last", () => {
    const list = [cluster("a", 5), cluster("b", 4, anna), cluster("c", 1), cluster("d", 1, anna)];
    const { known, who, once } = toSections(list, new Map(), new Set());
    expect([ids(known), ids(who), ids(once)]).toEqual([["b", "d"], ["a"], ["c"]]);
  });

  it("lets a group wait that is only perhaps somebody", () => {
    const perhaps = { ...anna, level: "perhaps" as const };
    const list = [cluster("a", 5, perhaps), cluster("b", 1, perhaps)];
    const { known, who, once } = toSections(list, new Map(), new Set());
    expect([ids(known), ids(who), ids(once)]).toEqual([[], ["a"], ["b"]]);
  });

  it("moves a group whose suggestion was declined to the others", () => {
    const { known, who } = toSections([cluster("b", 4, anna)], new Map(), new Set(["b"]));
    expect([ids(known), ids(who)]).toEqual([[], ["b"]]);
  });

  it("lets a single face that was just named say so as a card", () => {
    const { who, once } = toSections([cluster("c", 1)], new Map([["c", named]]), new Set());
    expect([ids(who), ids(once)]).toEqual([["c"], []]);
  });
});
