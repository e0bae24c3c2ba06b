/** The values that may be changed while running, by key of the configuration. */
export interface Settings {
  /** How a name is decided: `classic`, every face by itself; `careful`, by visits. */
  readonly "recognition.profile": RecognitionProfile;
  /** As for two single faces; what is compared decides how far apart it may be. */
  readonly "recognition.threshold": number;
  /** null: 0 in `classic`, 0.05 in `careful`. */
  readonly "recognition.margin": number | null;
  /** A visit ends when its camera has seen nothing of it for so long. */
  readonly "recognition.visit_seconds": number;
  /** `careful`: faces that a visit needs before it is decided. */
  readonly "recognition.min_faces": number;
  readonly "discovery.threshold": number;
  /** Cron expression; null: discovery runs only on request. */
  readonly "discovery.schedule": string | null;
  /** A face in a picture needs this score of the detector. */
  readonly "snapshots.min_score": number;
  /** A face in a picture needs this many pixels at its shorter side. */
  readonly "snapshots.min_face_px": number;
  /** A face in a picture needs an encoding of this raw length. */
  readonly "snapshots.min_norm": number;
  readonly "storage.retention_days": number;
}

/** The ways to decide a name. */
export const RECOGNITION_PROFILES = ["classic", "careful"] as const;
export type RecognitionProfile = (typeof RECOGNITION_PROFILES)[number];

/** A key of {@link Settings}. */
export type SettingKey = keyof Settings;

/** What numbers may be changed to while running, bounds included. The configuration allows thresholds outside. */
export const SETTING_RANGES = {
  "recognition.threshold": { minimum: 0.3, maximum: 0.9 },
  "recognition.margin": { minimum: 0, maximum: 1 },
  "recognition.visit_seconds": { minimum: 1, maximum: 3_600 },
  "recognition.min_faces": { minimum: 1, maximum: 100 },
  "discovery.threshold": { minimum: 0.3, maximum: 0.9 },
  "snapshots.min_score": { minimum: 0.5, maximum: 1 },
  "snapshots.min_face_px": { minimum: 10, maximum: 1_000 },
  "snapshots.min_norm": { minimum: 0, maximum: 30 },
  "storage.retention_days": { minimum: 0, maximum: 36_500 },
} as const satisfies { readonly [K in SettingKey]?: SettingRange };

/** The least and the greatest value of a setting. */
export interface SettingRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** Settings to change; null goes back to the configuration. */
export type SettingChanges = { readonly [K in SettingKey]?: Settings[K] | null };

/** Where a setting's value comes from, strongest first. */
export type SettingSource = "database" | "env" | "file" | "default";

/** The settings as configured: their values, their defaults, and where each value comes from. */
export interface ConfiguredSettings {
  readonly values: Settings;
  readonly defaults: Settings;
  readonly sources: { readonly [K in SettingKey]: Exclude<SettingSource, "database"> };
}

/** A setting as `GET /api/settings` shows it. */
export interface SettingView<K extends SettingKey = SettingKey> {
  readonly value: Settings[K];
  readonly default: Settings[K];
  readonly source: SettingSource;
}

/** The margin in force. */
export function marginOf(settings: Pick<Settings, "recognition.profile" | "recognition.margin">): number {
  return settings["recognition.margin"] ?? (settings["recognition.profile"] === "careful" ? 0.05 : 0);
}
