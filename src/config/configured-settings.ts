import type { Settings } from "../domain/settings.ts";
import { CONFIG_KEY } from "./keys.ts";
import type { ConfigSource, LoadedConfig } from "./load.ts";
import type { Config } from "./schema.ts";

/** The settings as configured: their values, their defaults, and where each value comes from. */
export interface ConfiguredSettings {
  readonly values: Settings;
  readonly defaults: Settings;
  readonly sources: { readonly [K in keyof Settings]: ConfigSource };
}

/** The part of a configuration that may be changed while running. */
export function toConfiguredSettings(
  { recognition, discovery, storage }: Config,
  sources: LoadedConfig["sources"],
): ConfiguredSettings {
  const values: Settings = {
    "recognition.threshold": recognition.threshold,
    "recognition.margin": recognition.margin,
    "discovery.threshold": discovery.threshold,
    "discovery.schedule": discovery.schedule,
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
