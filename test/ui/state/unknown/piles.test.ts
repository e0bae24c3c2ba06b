import { describe, expect, it } from "vitest";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import { sameSplit, toPiles } from "../../../../ui/src/state/unknown/piles.ts";

const representatives = (...ids: number[]): ClusterJson["representatives"] =>
  ids.map((id) => ({
    face_id: id,
    thumbnail: null,
    source: null,
    camera: "door",
    timestamp: "2026-02-01T10:00:00.000Z",
    box: null,
    visit_id: null,
  }));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe("the two people that a group may show", () => {
  it("are none where no split is proposed", () => {
    expect(toPiles({ split: null, representatives: representatives(1, 2) }, 3)).toBeNull();
  });

  it("show their faces that stand for the group first, then evenly over the others", () => {
    const split = [range(1, 12), range(21, 24)];
    expect(toPiles({ split, representatives: representatives(22, 5, 23) }, 3)).toEqual([
      { size: 12, faces: [5, 1, 8] },
      { size: 4, faces: [22, 23, 21] },
    ]);
  });

  it("show no face twice, no more than fit, and all where there are few", () => {
    for (const size of range(1, 40)) {
      const [pile] = toPiles({ split: [range(1, size), [99]], representatives: representatives(99, 3, 1) }, 6) ?? [];
      const faces = pile?.faces ?? [];
      expect(new Set(faces).size).toBe(Math.min(size, 6));
      expect(faces).toHaveLength(Math.min(size, 6));
      expect(faces.every((id) => id <= size)).toBe(true);
    }
  });

  it("are the same only with the same faces on the same sides", () => {
    expect(sameSplit(null, null)).toBe(true);
    expect(sameSplit([[1, 2], [3]], [[1, 2], [3]])).toBe(true);
    expect(sameSplit([[1, 2], [3]], [[1], [2, 3]])).toBe(false);
    expect(sameSplit([[1, 2], [3]], null)).toBe(false);
  });
});
