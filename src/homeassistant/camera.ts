import { bridgeId } from "./bridge.ts";
import { attributesFrom, type Device, entity, fromJson, type SystemInfo } from "./component.ts";

/** A camera that has sent at least one face. `cameraId` is a slug that never changes. */
export interface Camera {
  readonly camera: string;
  readonly cameraId: string;
}

/** Ids of cameras whose names have no Latin letters. */
const NUMBERED = /^camera_\d+(_\d+)?$/;

/** The device of one camera. */
export function buildCamera(system: SystemInfo, { camera, cameraId }: Camera): Device {
  const { topics } = system;
  const state_topic = topics.cameraState(cameraId);
  return {
    id: `${bridgeId(system.instance)}_camera_${cameraId}`,
    name: toCameraTitle(camera),
    model: "Camera",
    via: bridgeId(system.instance),
    url: system.publicUrl && new URL(`?page=activity&camera=${encodeURIComponent(camera)}`, system.publicUrl).href,
    entityPrefix: NUMBERED.test(cameraId) ? null : cameraId,
    components: [
      entity("event", "face", "Face", {
        icon: "mdi:face-recognition",
        event_types: ["recognized", "unknown", "ambiguous"],
        state_topic: topics.cameraEvent(cameraId),
      }),
      entity("sensor", "last_person", "Last person", {
        icon: "mdi:account",
        force_update: true,
        state_topic,
        value_template: fromJson("value_json.person", "none"),
        json_attributes_topic: state_topic,
        json_attributes_template: attributesFrom({ person_id: "person_id", score: "score", last_seen: "last_seen" }),
      }),
      entity("image", "image", "Last face", { image_topic: topics.cameraImage(cameraId), content_type: "image/jpeg" }),
    ],
  };
}

/** `front_door` becomes "Front door"; a name in any other form stays as it is. */
export function toCameraTitle(camera: string): string {
  if (!/^[a-z0-9]+([_-][a-z0-9]+)*$/.test(camera)) return camera;
  const words = camera.replace(/[_-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
