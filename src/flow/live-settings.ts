import { FacesError } from "../domain/errors.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import {
  type ConfiguredSettings,
  RECOGNITION_PROFILES,
  SETTING_RANGES,
  type SettingChanges,
  type SettingKey,
  type SettingRange,
  type Settings,
  type SettingView,
} from "../domain/settings.ts";
import type { Store } from "../store/port.ts";

export interface LiveSettingsDeps {
  readonly store: Pick<Store, "settings" | "saveSettings">;
  readonly configured: ConfiguredSettings;
  /** Whether it is a cron expression that recurs. */
  readonly isCron: (expression: string) => boolean;
  readonly bus: Bus;
  /** Has one line for each changed key: the audit. */
  readonly log: Pick<Log, "info">;
}

export type SettingsView = { readonly [K in SettingKey]: SettingView<K> };

/** The settings that can be changed while running. An override in the database wins over the configuration. */
export interface LiveSettings {
  /** In force now. */
  current(): Settings;
  view(): SettingsView;
  /**
   * Changes several at once, all or none; null removes an override. An empty `discovery.schedule` means never, also
   * where the configuration has a schedule.
   * @throws `INVALID_INPUT` naming every key whose value is wrong.
   */
  change(changes: SettingChanges): Promise<SettingsView>;
}

/** The `discovery.schedule` that overrides one of the configuration with none; null would remove the override. */
const NEVER = "";

/** Reads the overrides from the database. */
export async function openLiveSettings(deps: LiveSettingsDeps): Promise<LiveSettings> {
  const { store, configured, isCron, bus, log } = deps;
  const rules = buildRules(isCron);
  const keys = Object.keys(rules) as SettingKey[];
  let overrides = await store.settings();

  function current(): Settings {
    return { ...configured.values, ...overrides };
  }

  function view(): SettingsView {
    const values = current();
    const entries = keys.map((key) => [
      key,
      {
        value: values[key],
        default: configured.defaults[key],
        source: key in overrides ? "database" : configured.sources[key],
      },
    ]);
    return Object.fromEntries(entries) as SettingsView;
  }

  function findProblems<K extends SettingKey>(key: K, value: SettingChanges[K]): string[] {
    const { expected, fits } = rules[key];
    if (value === undefined || value === null || fits(value)) return [];
    return [`"${key}" must be ${expected} or null, not ${JSON.stringify(value)}`];
  }

  return {
    current,
    view,
    async change(changes) {
      const problems = (Object.keys(changes) as SettingKey[]).flatMap((key) => findProblems(key, changes[key]));
      if (problems.length > 0) throw new FacesError("INVALID_INPUT", problems.join("; "));
      const before = current();
      const entries = Object.entries(changes).map(([key, value]) => [key, toOverride(key, value)]);
      overrides = await store.saveSettings(Object.fromEntries(entries));
      const after = current();
      for (const key of keys) {
        if (before[key] !== after[key]) log.info({ key, from: before[key], to: after[key] }, "a setting was changed");
      }
      bus.emit("settings", {});
      return view();
    },
  };
}

interface SettingRule<T> {
  /** What fits, to complete a sentence. */
  readonly expected: string;
  fits(value: T): boolean;
}

type SettingRules = { readonly [K in SettingKey]: SettingRule<NonNullable<Settings[K]>> };

function buildRules(isCron: LiveSettingsDeps["isCron"]): SettingRules {
  return {
    "recognition.profile": {
      expected: RECOGNITION_PROFILES.map((one) => `"${one}"`).join(" or "),
      fits: (value) => RECOGNITION_PROFILES.includes(value),
    },
    "recognition.threshold": within(SETTING_RANGES["recognition.threshold"]),
    "recognition.margin": within(SETTING_RANGES["recognition.margin"]),
    "recognition.visit_seconds": within(SETTING_RANGES["recognition.visit_seconds"]),
    "recognition.min_faces": within(SETTING_RANGES["recognition.min_faces"], true),
    "discovery.threshold": within(SETTING_RANGES["discovery.threshold"]),
    "discovery.schedule": {
      expected: 'a cron expression such as "0 3 * * *", "" for never',
      fits: (value) => value === NEVER || isCron(value),
    },
    "snapshots.min_score": within(SETTING_RANGES["snapshots.min_score"]),
    "snapshots.min_face_px": within(SETTING_RANGES["snapshots.min_face_px"], true),
    "snapshots.min_norm": within(SETTING_RANGES["snapshots.min_norm"]),
    "storage.retention_days": within(SETTING_RANGES["storage.retention_days"], true),
  };
}

function within({ minimum, maximum }: SettingRange, integer = false): SettingRule<number> {
  return {
    expected: `${integer ? "a whole number" : "a number"} from ${minimum} to ${maximum}`,
    fits: (value) => value >= minimum && value <= maximum && (!integer || Number.isInteger(value)),
  };
}

/** `undefined` removes the override; a schedule of null is saved and means never. */
function toOverride(key: string, value: unknown): unknown {
  if (value === null) return undefined;
  return key === "discovery.schedule" && value === NEVER ? null : value;
}
