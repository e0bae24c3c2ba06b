// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { nextOf } from "../../../../../ui/src/pages/unknown/grid/focus-next.ts";
import { makeGroupJson } from "../../../make-group-json.ts";

const list = [0, 1, 2, 3].map((n) => makeGroupJson(n));
const done = (...ids: string[]) => new Map(ids.map((id) => [id, { kind: "ignored", settled: true } as const]));
const of = (...at: number[]) => list.filter((_, n) => at.includes(n));

describe("after something was done to tiles", () => {
  it("the next one gets the focus, else the one before, else none", () => {
    expect(nextOf({ list, done: done("c1") }, of(1))).toBe(2);
    expect(nextOf({ list, done: done("c1", "c2") }, of(1))).toBe(3);
    expect(nextOf({ list, done: done("c0", "c2", "c3") }, of(2, 3))).toBe(1);
    expect(nextOf({ list, done: done("c0", "c1", "c2", "c3") }, of(3))).toBe(-1);
  });
});
