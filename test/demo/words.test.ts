import { describe, expect, it } from "vitest";
import { describeDiscovery, describeEvent } from "../../src/demo/words.ts";
import type { DiscoveryJson, RecognitionEventJson } from "../../src/wire/out/schemas.ts";

const candidates = ["Anna", "Julia"].map((person, i) => ({
  person,
  person_id: person.toLowerCase(),
  score: 0.6,
  distance: 0.4 + i / 100,
}));
const event: RecognitionEventJson = {
  event_type: "recognized",
  event_id: "e",
  face_id: 1,
  person: "Anna",
  person_id: "anna",
  score: 0.6,
  distance: 0.4,
  threshold: 0.6,
  camera: "front_door",
  timestamp: "2026-02-18T10:00:00.000Z",
  source: null,
  box: null,
  source_event_id: null,
  model: "dlib",
  visit_id: null,
  visit_faces: 1,
  stranger_id: null,
  stranger_visits: null,
  candidates,
};
const noPerson = { person: null, person_id: null, score: null, distance: null };
const discovery: DiscoveryJson = {
  state: "idle",
  id: "d",
  progress: 1,
  faces: 205,
  clusters: 21,
  started_at: "2026-02-18T10:00:00.000Z",
  finished_at: "2026-02-18T10:00:01.000Z",
  error: null,
};

describe("what the demo says", () => {
  it.each([
    [event, "Anna is at the front door (distance 0.40)"],
    [{ ...event, camera: "porch" }, "Anna is at porch (distance 0.40)"],
    [{ ...event, ...noPerson, event_type: "unknown" as const, camera: "garden" }, "Somebody unknown is in the garden"],
    [
      { ...event, ...noPerson, event_type: "ambiguous" as const, camera: "garage" },
      "Anna or Julia is in the garage, too close to call",
    ],
    [{ ...event, delayed: true as const }, null],
  ])("describes a current event (%#)", (one, line) => {
    expect(describeEvent(one)).toBe(line);
  });

  it.each([
    [discovery, "Discovery looked at 205 faces: 21 groups"],
    [{ ...discovery, state: "running" as const, finished_at: null }, null],
    [{ ...discovery, id: null, finished_at: null }, null],
    [{ ...discovery, state: "cancelled" as const }, "Discovery was cancelled"],
    [{ ...discovery, state: "failed" as const, error: "out of memory" }, "Discovery failed: out of memory"],
  ])("describes how a discovery ended (%#)", (one, line) => {
    expect(describeDiscovery(one)).toBe(line);
  });
});
