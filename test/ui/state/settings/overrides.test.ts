import { describe, expect, it } from "vitest";
import { type Settings, toUndo, withChanges } from "../../../../ui/src/state/settings/overrides.ts";

const before: Settings = {
  "recognition.profile": { value: "classic", default: "classic", source: "default" },
  "recognition.threshold": { value: 0.55, default: 0.6, source: "database" },
  "recognition.visit_seconds": { value: 10, default: 10, source: "default" },
  "recognition.min_faces": { value: 2, default: 2, source: "default" },
  "recognition.margin": { value: 0, default: 0, source: "default" },
  "discovery.threshold": { value: 0.58, default: 0.6, source: "file" },
  "discovery.schedule": { value: null, default: null, source: "default" },
  "snapshots.min_score": { value: 0.8, default: 0.8, source: "default" },
  "snapshots.min_face_px": { value: 28, default: 28, source: "default" },
  "snapshots.min_norm": { value: 9, default: 9, source: "default" },
  "storage.retention_days": { value: 7, default: 30, source: "env" },
};

describe("a change of settings", () => {
  it("is shown as chosen here, with the rest as it was", () => {
    const { "discovery.threshold": groups, ...rest } = withChanges(before, { "discovery.threshold": 0.5 });
    expect(groups).toEqual({ value: 0.5, default: 0.6, source: "database" });
    const { "discovery.threshold": _, ...others } = before;
    expect(rest).toEqual(others);
  });

  it("is not guessed where a choice is given back to the configuration", () => {
    expect(withChanges(before, { "recognition.threshold": null })).toEqual(before);
  });

  it("is taken back to the former choice, or to the configuration where that counted", () => {
    const changes = { "recognition.threshold": 0.5, "discovery.threshold": 0.5, "storage.retention_days": 3 };
    expect(toUndo(before, changes)).toEqual({
      "recognition.threshold": 0.55,
      "discovery.threshold": null,
      "storage.retention_days": null,
    });
    expect(toUndo(before, { "recognition.threshold": null })).toEqual({ "recognition.threshold": 0.55 });
  });
});
