import type { CamerasAnswer, PurgeAnswer, SettingsAnswer, StatusJson } from "../../../../src/wire/out/schemas.ts";

/** The data that Status shows. */
export interface SystemState {
  readonly status: StatusJson;
  readonly cameras: CamerasAnswer["cameras"];
  readonly settings: SettingsAnswer["settings"];
  /** What retention would delete now. */
  readonly expiring: PurgeAnswer;
}
