import { describe, expect, it } from "vitest";
import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import {
  atTheLine,
  groupsOf,
  snapToStep,
  stepAt,
  toBars,
  toLine,
} from "../../../../ui/src/state/settings/strictness.ts";

const untouched = { at: null, scope: null };

function study(over: Partial<ThresholdAnswer> = {}): ThresholdAnswer {
  return {
    recognition_threshold: 0.6,
    discovery_threshold: 0.6,
    faces: 10,
    unassigned: 6,
    people: 2,
    model: "dlib",
    steps: [
      { threshold: 0.5, clusters: 9, alone: 4, recognized: 7, would_get_a_name: 1, wrong: 0 },
      { threshold: 0.6, clusters: null, alone: null, recognized: 9, would_get_a_name: 3, wrong: 1 },
    ],
    closest_pair: null,
    at_the_line: [],
    histogram: { bin: 0.25, nearest: [], second: [], own: [] },
    own_figures: { people: 0, profiles: [], histogram: { bin: 0.02, known: [], strangers: [] } },
    recommended_profile: null,
    ...over,
  };
}

describe("the line", () => {
  it("stands on hundredths between 0.40 and 0.70", () => {
    expect(snapToStep(0.503)).toBe(0.5);
    expect(snapToStep(0.6 - 0.01)).toBe(0.59);
    expect(snapToStep(0.1)).toBe(0.4);
    expect(snapToStep(2)).toBe(0.7);
  });

  it("serves names and groups together where they are alike, and names where they are not", () => {
    expect(toLine({ names: 0.6, groups: 0.6 }, untouched)).toMatchObject({ scope: "both", at: 0.6, now: 0.6 });
    expect(toLine({ names: 0.5, groups: 0.6 }, untouched)).toMatchObject({ scope: "names", at: 0.5, now: 0.5 });
  });

  it("changes nothing before it is touched, not even what was set more finely", () => {
    expect(toLine({ names: 0.525, groups: 0.525 }, untouched)).toMatchObject({
      at: 0.53,
      changes: {},
      after: { names: 0.525, groups: 0.525 },
    });
  });

  it("changes what it is for, and only what differs", () => {
    const before = { names: 0.5, groups: 0.6 };
    expect(toLine(before, { at: 0.55, scope: "both" }).changes).toEqual({
      "recognition.threshold": 0.55,
      "discovery.threshold": 0.55,
    });
    expect(toLine(before, { at: 0.5, scope: "both" }).changes).toEqual({ "discovery.threshold": 0.5 });
    expect(toLine(before, { at: 0.45, scope: "names" })).toMatchObject({
      changes: { "recognition.threshold": 0.45 },
      after: { names: 0.45, groups: 0.6 },
    });
    expect(toLine(before, { at: 0.5, scope: "groups" })).toMatchObject({
      now: 0.6,
      after: { names: 0.5, groups: 0.5 },
    });
  });
});

describe("what was tried", () => {
  it("is known for the steps, and for nothing between or beyond", () => {
    expect(stepAt(study(), 0.5)?.recognized).toBe(7);
    expect(stepAt(study(), 0.505)).toBeUndefined();
    expect(stepAt(study(), 0.8)).toBeUndefined();
  });

  it("counts groups as Discover does: what is alone is none, and unknown stays unknown", () => {
    expect(groupsOf(stepAt(study(), 0.5))).toBe(5);
    expect(groupsOf(stepAt(study(), 0.6))).toBeNull();
    expect(groupsOf(undefined)).toBeNull();
  });

  it("shows the faces just left of the line, strictly", () => {
    const face = (face_id: number, distance: number) => ({
      face_id,
      distance,
      thumbnail: null,
      camera: "door",
      timestamp: "2026-02-18T10:00:00.000Z",
      person: "Anna",
      person_id: "anna",
    });
    const tried = study({ at_the_line: [face(1, 0.61), face(2, 0.6), face(3, 0.59), face(4, 0.58), face(5, 0.4)] });
    expect(atTheLine(tried, 0.6, 2).map((one) => one.face_id)).toEqual([3, 4]);
  });

  it("draws both histograms on one scale, with what is beyond 1 at the end", () => {
    const histogram = { bin: 0.25, nearest: [0, 4, 2, 0, 1, 1], second: [0, 0, 0, 8, 0, 0], own: [] };
    expect(toBars(histogram)).toEqual({ nearest: [0, 0.5, 0.25, 0.25], second: [0, 0, 0, 1] });
  });

  it("draws nothing where nothing was measured", () => {
    expect(toBars({ bin: 0.25, nearest: [0, 0, 0, 0, 0], second: [], own: [] })).toEqual({
      nearest: [0, 0, 0, 0],
      second: [],
    });
  });
});
