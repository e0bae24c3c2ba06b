import { FacesError } from "../../domain/errors.ts";
import type { Snapshot } from "../../domain/pictures/snapshot.ts";
import { CAMERA_LENGTH } from "../../domain/text/names.ts";
import { readText, readTimeText } from "./fields.ts";
import { TEXT_LENGTH } from "./message.ts";
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

/** A picture in a request, and what is said of it. */
export interface SnapshotInput {
  readonly camera: string;
  readonly eventId: string | undefined;
  /** ISO 8601 with a zone, or seconds since 1970. */
  readonly timestamp: string | undefined;
  readonly picture: Uint8Array;
}

/** The picture of a request. @throws {FacesError} `INVALID_INPUT` or `TOO_LARGE` with what is wrong with it. */
export function toSnapshot(input: SnapshotInput, receivedAt: Date, maxBytes: number): Snapshot {
  const { timestamp } = input;
  try {
    return {
      ...readSnapshot({ payload: input.picture, topicCamera: input.camera }, maxBytes),
      eventId: readText(input.eventId, "event_id", TEXT_LENGTH),
      capturedAt: timestamp === undefined ? null : readTimeText(timestamp, receivedAt),
    };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    const code = error.code === "TOO_LARGE" ? "TOO_LARGE" : "INVALID_INPUT";
    throw new FacesError(code, error.message, { cause: error });
  }
}
