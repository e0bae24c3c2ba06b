import type { Settings } from "../domain/settings.ts";
import { CONFIG_KEY } from "./keys.ts";
import type { ConfigSource, LoadedConfig } from "./load.ts";
import type { Config } from "./schema.ts";

/** Configured values of what may be changed while running, their defaults, and where each comes from. */
export interface SettingsOfConfig {
  readonly values: Settings;
  readonly defaults: Settings;
  readonly sources: { readonly [K in keyof Settings]: ConfigSource };
}

/** The part of a configuration that the settings view shows. */
export function toConfiguredSettings(config: Config, sources: LoadedConfig["sources"]): SettingsOfConfig {
  const values = pick(config);
  const keys = Object.keys(values) as (keyof Settings)[];
  const ofEach = <T>(read: (key: keyof Settings) => T) => Object.fromEntries(keys.map((key) => [key, read(key)]));
  return {
    values,
    defaults: ofEach((key) => CONFIG_KEY.get(key)?.default) as unknown as Settings,
    sources: ofEach((key) => sources.get(key) ?? "default") as SettingsOfConfig["sources"],
  };
}

function pick({ recognition, discovery, storage }: Config): Settings {
  return {
    "recognition.threshold": recognition.threshold,
    "recognition.margin": recognition.margin,
    "discovery.threshold": discovery.threshold,
    "discovery.schedule": discovery.schedule,
    "storage.retention_days": storage.retentionDays,
  };
}
