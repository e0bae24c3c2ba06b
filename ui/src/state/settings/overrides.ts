import type { SettingsAnswer } from "../../../../src/wire/out/schemas.ts";

export type Settings = SettingsAnswer["settings"];

/** New values by key; null takes what was chosen back, so that what is configured counts. */
export type Changes = { readonly [K in keyof Settings]?: Settings[K]["value"] | null };

/** What takes these changes back. What came from the configuration is left to it again. */
export function toUndo(before: Settings, changes: Changes): Changes {
  const keys = Object.keys(changes) as (keyof Settings)[];
  return Object.fromEntries(keys.map((key) => [key, before[key].source === "database" ? before[key].value : null]));
}

/** The settings as they will be when the daemon agrees. What is configured behind a choice is not known before. */
export function withChanges(before: Settings, changes: Changes): Settings {
  const known = Object.entries(changes).filter(([, value]) => value !== null);
  const chosen = known.map(([key, value]) => [key, { ...before[key as keyof Settings], value, source: "database" }]);
  return { ...before, ...Object.fromEntries(chosen) };
}
