import { type Static, type TSchema, Type } from "typebox";
import { RECOGNITION_PROFILES, type Settings } from "../../../domain/settings.ts";
import { Nullable } from "../values.ts";

/** Types of the settings that may be changed while running; which values make sense is known where they are changed. */
export const SETTING_SCHEMAS = {
  "recognition.profile": Type.Enum([...RECOGNITION_PROFILES]),
  "recognition.threshold": Type.Number(),
  "recognition.margin": Nullable(Type.Number()),
  "recognition.visit_seconds": Type.Number(),
  "recognition.min_faces": Type.Number(),
  "discovery.threshold": Type.Number(),
  "discovery.schedule": Nullable(Type.String()),
  "snapshots.min_score": Type.Number(),
  "snapshots.min_face_px": Type.Number(),
  "snapshots.min_norm": Type.Number(),
  "storage.retention_days": Type.Number(),
};

const setting = <T extends TSchema>(value: T) =>
  Type.Object({
    value,
    default: value,
    source: Type.Union([Type.Literal("database"), Type.Literal("env"), Type.Literal("file"), Type.Literal("default")]),
  });

export const SettingsAnswerSchema = Type.Object({
  settings: Type.Object({
    "recognition.profile": setting(SETTING_SCHEMAS["recognition.profile"]),
    "recognition.threshold": setting(SETTING_SCHEMAS["recognition.threshold"]),
    "recognition.margin": setting(SETTING_SCHEMAS["recognition.margin"]),
    "recognition.visit_seconds": setting(SETTING_SCHEMAS["recognition.visit_seconds"]),
    "recognition.min_faces": setting(SETTING_SCHEMAS["recognition.min_faces"]),
    "discovery.threshold": setting(SETTING_SCHEMAS["discovery.threshold"]),
    "discovery.schedule": setting(SETTING_SCHEMAS["discovery.schedule"]),
    "snapshots.min_score": setting(SETTING_SCHEMAS["snapshots.min_score"]),
    "snapshots.min_face_px": setting(SETTING_SCHEMAS["snapshots.min_face_px"]),
    "snapshots.min_norm": setting(SETTING_SCHEMAS["snapshots.min_norm"]),
    "storage.retention_days": setting(SETTING_SCHEMAS["storage.retention_days"]),
  }),
});
export type SettingsAnswer = Static<typeof SettingsAnswerSchema>;

/** The settings in force, as `bridge/info` has them. */
export function toSettingsJson(settings: Settings) {
  return {
    recognition: {
      profile: settings["recognition.profile"],
      threshold: settings["recognition.threshold"],
      margin: settings["recognition.margin"],
      visit_seconds: settings["recognition.visit_seconds"],
      min_faces: settings["recognition.min_faces"],
    },
    discovery: { threshold: settings["discovery.threshold"], schedule: settings["discovery.schedule"] },
    storage: { retention_days: settings["storage.retention_days"] },
  };
}
