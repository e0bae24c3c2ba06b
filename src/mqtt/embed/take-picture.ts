import type { IPublishPacket } from "mqtt";
import { toSnapshotId } from "../../domain/pictures/snapshot.ts";
import { readTimeText } from "../../wire/in/fields.ts";
import { Rejected } from "../../wire/in/rejected.ts";
import { readSnapshot } from "../../wire/in/snapshot.ts";
import type { Topics } from "../topics.ts";

/** A picture as a worker takes it. */
export interface TakenPicture {
  readonly snapshotId: string;
  readonly camera: string;
  readonly picture: Uint8Array;
  readonly capturedAt: Date;
  /** It may be so old that its faces must cause no event. */
  readonly history: boolean;
}

export interface PictureRules {
  readonly topics: Pick<Topics, "toPicture">;
  readonly maxPictureBytes: number;
  /** A picture of unknown time that may be older is of the past. 0: none is. */
  readonly maxAgeMs: number;
}

/**
 * The picture of a message. When it was taken is in the user property `timestamp`, as cameras of MQTT 5 may add it. Without
 * it, the picture is of now, or of the past where the broker may have kept it.
 * @param age How old it is at most, in ms.
 * @throws {Rejected} when there is none that can be taken.
 */
export function takePicture(packet: IPublishPacket, receivedAt: Date, age: number, rules: PictureRules): TakenPicture {
  const { topic, retain, properties } = packet;
  if (retain) throw new Rejected("RETAINED", "a retained picture would come again at every connection");
  // A session may still bring pictures of a filter that an earlier start had.
  const at = rules.topics.toPicture(topic);
  if (!at) throw new Rejected("BAD_FIELD", "this topic is none of those that the worker takes pictures from");
  const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
  const { camera, picture } = readSnapshot({ payload, ...at }, rules.maxPictureBytes);
  const given = properties?.userProperties?.timestamp;
  const capturedAt = readTimeText(Array.isArray(given) ? given[0] : given, receivedAt);
  // A time in the future is a wrong clock, and says no more than none.
  const isKnown = given !== undefined && capturedAt < receivedAt;
  const history = !isKnown && rules.maxAgeMs > 0 && age > rules.maxAgeMs;
  return { snapshotId: toSnapshotId(camera, picture), camera, picture, capturedAt, history };
}
