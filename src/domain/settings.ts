/** The values that may be changed while running, by key of the configuration. */
export interface Settings {
  readonly "recognition.threshold": number;
  readonly "recognition.margin": number;
  readonly "discovery.threshold": number;
  /** Cron expression; null: discovery runs only on request. */
  readonly "discovery.schedule": string | null;
  readonly "storage.retention_days": number;
}

/** A key of {@link Settings}. */
export type SettingKey = keyof Settings;

/** Where a setting's value comes from, strongest first. */
export type SettingSource = "database" | "env" | "file" | "default";

/** A setting as `GET /api/settings` shows it. */
export interface SettingView<K extends SettingKey = SettingKey> {
  readonly value: Settings[K];
  readonly default: Settings[K];
  readonly source: SettingSource;
}
