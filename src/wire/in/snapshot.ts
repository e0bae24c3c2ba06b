import type { Snapshot } from "../../domain/snapshot.ts";
import { readText } from "./fields.ts";
import { CAMERA_LENGTH } from "./message.ts";
import { readPicture } from "./picture.ts";
import { Rejected } from "./rejected.ts";

/**
 * The picture of a message on a picture topic, which says nothing more of it than its camera: it is of now.
 * @throws {Rejected} saying what is wrong with it.
 */
export function readSnapshot(
  { payload, topicCamera }: { readonly payload: Uint8Array; readonly topicCamera: string | null },
  maxBytes: number,
): Snapshot {
  const camera = readText(topicCamera, "camera", CAMERA_LENGTH);
  if (camera === null) throw new Rejected("BAD_FIELD", "the topic of a picture must name its camera");
  const picture = readPicture(payload, maxBytes);
  return { camera, picture, capturedAt: null, eventId: null, zones: [], subLabel: null, history: false };
}
