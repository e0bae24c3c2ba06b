import type { FaceJson } from "../../src/wire/out/schemas.ts";

/** A face as the API answers it: unassigned, without a match, a frame or a thumbnail unless `overrides` says otherwise. */
export function makeFaceJson(
  overrides: Pick<FaceJson, "face_id" | "camera" | "timestamp"> & Partial<FaceJson>,
): FaceJson {
  return {
    uid: `f${overrides.face_id}`,
    source: null,
    box: null,
    detection_score: null,
    state: "unassigned",
    person: null,
    person_id: null,
    matched: null,
    cluster: null,
    thumbnail: null,
    model: "dlib",
    visit_id: null,
    quality: null,
    stranger_id: null,
    ...overrides,
  };
}
