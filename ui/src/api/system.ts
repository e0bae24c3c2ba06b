import type {
  CamerasAnswer,
  ChangesAnswer,
  PurgeAnswer,
  RedoAnswer,
  SettingsAnswer,
  StatusJson,
  TestFaceAnswer,
  ThresholdAnswer,
  UndoAnswer,
} from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** The daemon as a whole: settings, status, cameras. Everything rejects with `RequestFailed`. */
export interface SystemApi {
  settings(): Promise<SettingsAnswer>;
  /** Flat keys; null removes an override. */
  change(settings: Readonly<Record<string, unknown>>): Promise<SettingsAnswer>;
  threshold(): Promise<ThresholdAnswer>;
  status(): Promise<StatusJson>;
  /** Tries to connect to the external broker now. */
  retryBroker(): Promise<unknown>;
  /** Sends a test face through the broker, and follows it. */
  testFace(): Promise<TestFaceAnswer>;
  /** Every camera, with the faces of its last 24 hours. */
  cameras(): Promise<CamerasAnswer>;
  /** What retention would delete now. */
  purgePreview(): Promise<PurgeAnswer>;
  /** What was changed, newest first. */
  changes(page: { readonly limit: number; readonly cursor?: string }): Promise<ChangesAnswer>;
  /** Undoes this change to people. */
  undo(change: number): Promise<UndoAnswer>;
  /** Makes a change that was undone stand again. */
  redo(change: number): Promise<RedoAnswer>;
}

export function createSystemApi(http: Http): SystemApi {
  return {
    settings: () => http.get("api/settings"),
    change: (settings) => http.send("PATCH", "api/settings", { body: settings }),
    threshold: () => http.get("api/threshold"),
    status: () => http.get("api/status"),
    retryBroker: () => http.send("POST", "api/broker/retry"),
    testFace: () => http.send("POST", "api/test-face"),
    cameras: () => http.get("api/cameras"),
    purgePreview: () => http.send("POST", "api/purge", { body: { dry_run: true } }),
    changes: (page) => http.get("api/changes", { query: page }),
    undo: (change) => http.send("POST", `api/changes/${change}/undo`),
    redo: (change) => http.send("POST", `api/changes/${change}/redo`),
  };
}
