import { DLIB } from "../../src/domain/model.ts";
import type { RecognitionEvent } from "../../src/domain/recognition.ts";

/** Anna, recognized at the front door by one face without a visit. */
export function makeRecognition(overrides: Partial<RecognitionEvent> = {}): RecognitionEvent {
  return {
    type: "recognized",
    eventId: "e1",
    faceId: 7,
    who: { person: "Anna", personId: "anna", score: 0.7, distance: 0.3 },
    threshold: 0.6,
    camera: "front_door",
    cameraId: "front_door",
    timestamp: new Date("2026-02-18T10:00:00Z"),
    source: null,
    box: null,
    sourceEventId: null,
    candidates: [],
    delayed: false,
    model: DLIB,
    visitId: null,
    visitFaces: 1,
    strangerId: null,
    strangerVisits: null,
    zones: [],
    subLabel: null,
    ...overrides,
  };
}
