import type { VisitJson } from "../../src/wire/out/schemas.ts";

/** A visit of an unknown person as the API answers it, that ended at second `id` unless `overrides` says otherwise. */
export function makeVisitJson(id: number, overrides: Partial<VisitJson> = {}): VisitJson {
  const at = new Date(Date.UTC(2026, 1, 18, 10, 0, id)).toISOString();
  return {
    visit_id: `v_${id}`,
    camera: "front_door",
    from: at,
    to: at,
    faces: 1,
    person: null,
    person_id: null,
    score: null,
    distance: null,
    stranger: null,
    state: "unknown",
    representative: null,
    model: "dlib",
    ...overrides,
  };
}
