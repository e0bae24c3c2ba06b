import type { Settings } from "../../src/domain/settings.ts";

/** The settings as they are by default. */
export function makeSettings(overrides: Partial<Settings> = {}): Settings {
  return {
    "recognition.profile": "classic",
    "recognition.threshold": 0.6,
    "recognition.margin": null,
    "recognition.visit_seconds": 10,
    "recognition.min_faces": 2,
    "discovery.threshold": 0.6,
    "discovery.schedule": null,
    "snapshots.min_score": 0.8,
    "snapshots.min_face_px": 28,
    "snapshots.min_norm": 9,
    "storage.retention_days": 30,
    ...overrides,
  };
}
