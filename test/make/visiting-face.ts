import { DLIB } from "../../src/domain/model.ts";
import type { VisitingFace } from "../../src/recognize/open-visit.ts";
import { makeEncoding } from "./encoding.ts";

let made = 0;

/** A face at the door in a frame of its own; it arrives at its own time unless another is given. */
export function makeVisitingFace(overrides: Partial<VisitingFace> = {}): VisitingFace {
  made++;
  return {
    camera: "door",
    model: DLIB,
    encoding: makeEncoding(1),
    atMs: 0,
    arrivedMs: overrides.atMs ?? 0,
    frame: `frame ${made}`,
    eventId: null,
    ...overrides,
  };
}
