import type { SettingsAnswer } from "../../../../src/wire/out/schemas.ts";

export type Settings = SettingsAnswer["settings"];

/** New values by key; null removes the override, so that the configured value applies. */
export type Changes = { readonly [K in keyof Settings]?: Settings[K]["value"] | null };

/** Changes that undo these. Values that came from the configuration are handed back to it. */
export function toUndo(before: Settings, changes: Changes): Changes {
  const keys = Object.keys(changes) as (keyof Settings)[];
  return Object.fromEntries(keys.map((key) => [key, before[key].source === "database" ? before[key].value : null]));
}

/** The settings as expected after the change. For null the configured value is not known yet. */
export function withChanges(before: Settings, changes: Changes): Settings {
  const known = Object.entries(changes).filter(([, value]) => value !== null);
  const chosen = known.map(([key, value]) => [key, { ...before[key as keyof Settings], value, source: "database" }]);
  return { ...before, ...Object.fromEntries(chosen) };
}

/** The wanted gap to the second-best person, as it is in force: without a value the profile decides. */
export function marginInForce(settings: Settings): number {
  return settings["recognition.margin"].value ?? (settings["recognition.profile"].value === "careful" ? 0.05 : 0);
}
