import type { IncomingFace } from "../../src/domain/face.ts";
import { DLIB } from "../../src/domain/model.ts";
import type { FaceToSave } from "../../src/store/port/faces.ts";
import { makeEncoding } from "./encoding.ts";

let made = 0;

/** A face as it arrived; each has an id and encoding of its own by default. */
export function makeIncomingFace(overrides: Partial<IncomingFace> = {}): IncomingFace {
  made++;
  const at = new Date(Date.UTC(2026, 1, 18, 10, 0, made % 3600));
  return {
    uid: `face-${made}`,
    camera: "front_door",
    source: `frames/front_door/2026-02-18/frame_${made}.jpg`,
    capturedAt: at,
    receivedAt: at,
    box: { x: 10, y: 20, width: 30, height: 40 },
    encoding: makeEncoding(made),
    model: DLIB,
    quality: null,
    detectionScore: 0.98,
    sourceEventId: null,
    thumbnail: null,
    history: false,
    zones: [],
    subLabel: null,
    ...overrides,
  };
}

/** The same, with nothing decided about it. */
export function makeFaceToSave(overrides: Partial<FaceToSave> = {}): FaceToSave {
  return {
    ...makeIncomingFace(overrides),
    visitId: null,
    matched: null,
    ignoredCluster: null,
    wantsThumbnail: false,
    ...overrides,
  };
}
