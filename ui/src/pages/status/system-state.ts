import type { CamerasAnswer, PurgeAnswer, SettingsAnswer, StatusJson } from "../../../../src/wire/out/schemas.ts";

/** All that Status is made of. */
export interface HouseState {
  readonly status: StatusJson;
  readonly cameras: CamerasAnswer["cameras"];
  readonly settings: SettingsAnswer["settings"];
  /** What retention would delete now. */
  readonly going: PurgeAnswer;
}
