import { type Static, type TSchema, Type } from "typebox";
import type { Settings } from "../../domain/settings.ts";
import { Nullable } from "./values.ts";

/** Types of the settings that may be changed while running; which values make sense is known where they are changed. */
export const SETTING_SCHEMAS = {
  "recognition.threshold": Type.Number(),
  "recognition.margin": Type.Number(),
  "discovery.threshold": Type.Number(),
  "discovery.schedule": Nullable(Type.String()),
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
    "recognition.threshold": setting(SETTING_SCHEMAS["recognition.threshold"]),
    "recognition.margin": setting(SETTING_SCHEMAS["recognition.margin"]),
    "discovery.threshold": setting(SETTING_SCHEMAS["discovery.threshold"]),
    "discovery.schedule": setting(SETTING_SCHEMAS["discovery.schedule"]),
    "storage.retention_days": setting(SETTING_SCHEMAS["storage.retention_days"]),
  }),
});
export type SettingsAnswer = Static<typeof SettingsAnswerSchema>;

/** The settings in force, as `bridge/info` has them. */
export function toSettingsJson(settings: Settings) {
  return {
    recognition: { threshold: settings["recognition.threshold"], margin: settings["recognition.margin"] },
    discovery: { threshold: settings["discovery.threshold"], schedule: settings["discovery.schedule"] },
    storage: { retention_days: settings["storage.retention_days"] },
  };
}
