import type { IPublishPacket } from "mqtt";
import { matchesFilter } from "../../domain/network/topic-filter.ts";
import { toSnapshotId } from "../../domain/snapshot.ts";
import { readText, readTime } from "../../wire/in/fields.ts";
import { readPicture } from "../../wire/in/picture.ts";
import { Rejected } from "../../wire/in/rejected.ts";

/** Most characters of a camera's name. */
const CAMERA = 64;

/** A picture as a worker takes it. */
export interface TakenPicture {
  readonly snapshotId: string;
  readonly camera: string;
  readonly picture: Uint8Array;
  readonly capturedAt: Date;
}

export interface SnapshotRules {
  /** Topic filters of pictures; the first `+` is the camera. */
  readonly filters: readonly string[];
  readonly maxPictureBytes: number;
}

/**
 * The picture of a message. When it was taken is in the user property `timestamp`, as cameras of MQTT 5 may add it; else it
 * was taken now.
 * @throws {Rejected} when there is none that can be taken.
 */
export function readSnapshot(packet: IPublishPacket, receivedAt: Date, rules: SnapshotRules): TakenPicture {
  const { topic, retain, properties } = packet;
  if (retain) throw new Rejected("RETAINED", "a retained picture would come again at every connection");
  const camera = readText(cameraOf(topic, rules.filters), "camera", CAMERA);
  if (camera === null) throw new Rejected("BAD_FIELD", "the topic names no camera");
  const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
  const picture = readPicture(payload, rules.maxPictureBytes);
  const given = properties?.userProperties?.timestamp;
  const capturedAt = readTime(Array.isArray(given) ? given[0] : given, receivedAt);
  return { snapshotId: toSnapshotId(camera, picture), camera, picture, capturedAt };
}

/** A session may still bring pictures of a filter that an earlier start had. */
function cameraOf(topic: string, filters: readonly string[]): string | null {
  const filter = filters.find((one) => matchesFilter(one, topic));
  return filter === undefined ? null : (topic.split("/")[filter.split("/").indexOf("+")] ?? null);
}
