import type { ConfiguredSettings, Settings } from "../domain/settings.ts";
import { CONFIG_KEY } from "./keys.ts";
import type { LoadedConfig } from "./load.ts";
import type { Config } from "./schema.ts";

/** The part of a configuration that may be changed while running. */
export function toConfiguredSettings(
  { recognition, discovery, snapshots, storage }: Config,
  sources: LoadedConfig["sources"],
): ConfiguredSettings {
  const values: Settings = {
    "recognition.profile": recognition.profile,
    "recognition.threshold": recognition.threshold,
    "recognition.margin": recognition.margin,
    "recognition.visit_seconds": recognition.visitSeconds,
    "recognition.min_faces": recognition.minFaces,
    "discovery.threshold": discovery.threshold,
    "discovery.schedule": discovery.schedule,
    "snapshots.min_score": snapshots.minScore,
    "snapshots.min_face_px": snapshots.minFacePx,
    "snapshots.min_norm": snapshots.minNorm,
    "storage.retention_days": storage.retentionDays,
  };
  const ofEach = <T>(read: (key: string) => T) =>
    Object.fromEntries(Object.keys(values).map((key) => [key, read(key)]));
  return {
    values,
    defaults: ofEach((key) => CONFIG_KEY.get(key)?.default) as unknown as Settings,
    sources: ofEach((key) => sources.get(key) ?? "default") as ConfiguredSettings["sources"],
  };
}
