import { DLIB } from "../../src/domain/model.ts";
import type { VisitToSave } from "../../src/store/port/visits.ts";
import { makeEncoding } from "./encoding.ts";

/** The visit `v_1` of one face, which goes on. */
export function makeVisitToSave(overrides: Partial<VisitToSave> = {}): VisitToSave {
  const at = new Date("2026-02-18T10:00:00Z");
  return {
    visitId: "v_1",
    camera: "front_door",
    model: DLIB,
    eventId: null,
    from: at,
    to: at,
    faces: 1,
    mean: makeEncoding(1),
    variance: 0,
    bestFace: "",
    state: "open",
    personId: null,
    distance: null,
    strangerId: null,
    rematch: false,
    ...overrides,
  };
}
