import { Cron } from "croner";
import { FacesError } from "../domain/errors.ts";
import type { Bus } from "../domain/events.ts";
import type { SettingKey, SettingSource, Settings, SettingView } from "../domain/settings.ts";
import type { Store } from "../store/port.ts";

/** What the configuration says, and where each value comes from. */
export interface ConfiguredSettings {
  readonly values: Settings;
  readonly defaults: Settings;
  readonly sources: { readonly [K in SettingKey]: Exclude<SettingSource, "database"> };
}

export interface SettingsDeps {
  readonly store: Pick<Store, "settings" | "saveSettings">;
  readonly configured: ConfiguredSettings;
  readonly bus: Bus;
  /** One line in the log for each change: the audit. */
  readonly audit: (change: { key: SettingKey; from: unknown; to: unknown }) => void;
}

export type SettingsView = { readonly [K in SettingKey]: SettingView<K> };

/** What may be changed while running. What is kept in the database wins over the configuration. */
export interface LiveSettings {
  /** In force now. */
  current(): Settings;
  view(): SettingsView;
  /**
   * Changes several at once, all or none; null takes an override back. An empty `discovery.schedule` is "never", also
   * where the configuration has a schedule.
   * @throws `INVALID_INPUT` naming every key that is wrong.
   */
  change(changes: Readonly<Record<string, unknown>>): Promise<SettingsView>;
}

/** What `discovery.schedule` is set to so that there is none; null is taken: it takes an override back. */
const NEVER = "";

const between = (low: number, high: number, integer = false) => ({
  expected: `${integer ? "a whole number" : "a number"} from ${low} to ${high}`,
  fits: (value: unknown) =>
    typeof value === "number" && value >= low && value <= high && (!integer || Number.isInteger(value)),
});

const RULES: { readonly [K in SettingKey]: { expected: string; fits(value: unknown): boolean } } = {
  "recognition.threshold": between(0.3, 0.9),
  "recognition.margin": between(0, 1),
  "discovery.threshold": between(0.3, 0.9),
  "discovery.schedule": { expected: 'a cron expression such as "0 3 * * *", "" for never', fits: isSchedule },
  "storage.retention_days": between(0, 36_500, true),
};

function isSchedule(value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (value === NEVER) return true;
  try {
    const job = new Cron(value, { paused: true });
    // Croner takes a single date too, and a 31st of February.
    return job.getOnce() === null && job.nextRun() !== null;
  } catch {
    return false;
  }
}

const KEYS = Object.keys(RULES) as SettingKey[];

/** Reads what is kept in the database. */
export async function openSettings({ store, configured, bus, audit }: SettingsDeps): Promise<LiveSettings> {
  let overrides = await store.settings();

  function current(): Settings {
    return { ...configured.values, ...overrides };
  }

  function view(): SettingsView {
    const values = current();
    const entries = KEYS.map((key) => [
      key,
      {
        value: values[key],
        default: configured.defaults[key],
        source: key in overrides ? "database" : configured.sources[key],
      },
    ]);
    return Object.fromEntries(entries) as SettingsView;
  }

  return {
    current,
    view,
    async change(changes) {
      const wrong = Object.entries(changes).flatMap(([key, value]) => {
        const rule = RULES[key as SettingKey];
        if (!Object.hasOwn(RULES, key)) return [`"${key}" is not a setting that can be changed while running`];
        if (value === null || rule.fits(value)) return [];
        return [`"${key}" must be ${rule.expected} or null, not ${JSON.stringify(value)}`];
      });
      if (wrong.length > 0) throw new FacesError("INVALID_INPUT", wrong.join("; "));
      const before = current();
      const wanted = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, toOverride(key, value)]));
      overrides = await store.saveSettings(wanted);
      const after = current();
      for (const key of Object.keys(changes) as SettingKey[]) {
        if (before[key] !== after[key]) audit({ key, from: before[key], to: after[key] });
      }
      bus.emit("settings", {});
      return view();
    },
  };
}

/** `undefined` takes the override back; a schedule of null is kept: there is none. */
function toOverride(key: string, value: unknown): unknown {
  if (value === null) return undefined;
  return key === "discovery.schedule" && value === NEVER ? null : value;
}
