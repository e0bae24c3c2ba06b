import { describe, expect, it } from "vitest";
import { settledIds, withDone, withoutDone } from "../../../../ui/src/state/unknown/done.ts";

describe("what was done to groups", () => {
  it("is kept by group until it is taken back", () => {
    const done = withDone(withDone(new Map(), ["a", "b"], { kind: "ignored", settled: true }), ["c"], {
      kind: "named",
      name: "Anna",
      settled: false,
    });
    expect(settledIds(done)).toEqual(["a", "b"]);
    expect([...withoutDone(done, ["a"]).keys()]).toEqual(["b", "c"]);
    expect(withoutDone(done, ["other"])).toBe(done);
  });
});
