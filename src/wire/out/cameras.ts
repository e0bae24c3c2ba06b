import { type Static, Type } from "typebox";
import { Nullable, Time, toTime } from "./values.ts";

export const CamerasAnswerSchema = Type.Object({
  cameras: Type.Array(
    Type.Object({
      camera: Type.String(),
      camera_id: Type.String(),
      last_seen: Nullable(Time),
      last_24_hours: Type.Array(Type.Integer(), { description: "faces by hour, the last hour last" }),
    }),
  ),
});
export type CamerasAnswer = Static<typeof CamerasAnswerSchema>;

/** A camera, and how many faces it saw in each of the last 24 hours, the last hour last. */
export interface CameraHours {
  readonly camera: string;
  readonly cameraId: string;
  readonly lastSeen: Date | null;
  readonly hours: readonly number[];
}

export function toCamerasAnswer(cameras: readonly CameraHours[]): CamerasAnswer {
  return {
    cameras: cameras.map(({ camera, cameraId, lastSeen, hours }) => ({
      camera,
      camera_id: cameraId,
      last_seen: toTime(lastSeen),
      last_24_hours: [...hours],
    })),
  };
}
