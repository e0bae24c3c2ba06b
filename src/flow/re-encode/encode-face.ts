import { nearestFailure, type ReEncodeFailure } from "../../domain/pictures/re-encoding.ts";
import {
  type EmbedPicture,
  type FoundFace,
  type Gates,
  PictureError,
  type PictureFaces,
} from "../../domain/pictures/snapshot.ts";
import { distance } from "../../domain/vectors/encoding.ts";
import type { FaceToReEncode } from "../../store/port/re-encode.ts";
import { chooseInFrame, chooseInThumbnail } from "./choose-face.ts";

export interface EncodeFaceDeps {
  readonly embed: EmbedPicture;
  readonly readFrame: (source: string) => Promise<Uint8Array | null>;
  readonly readThumbnail: (faceId: number) => Promise<Uint8Array | null>;
  readonly gates: Gates;
  /** Encodings that are further apart than this are not of one face. */
  readonly threshold: number;
}

/** What was made of a face's picture. */
export interface MadeEncoding {
  readonly encoding: Float32Array;
  readonly quality: number | null;
}

type Seen = MadeEncoding | ReEncodeFailure;

/**
 * Encodes a stored face once more, from its frame or, where that shows no such face, from its thumbnail. A camera may have
 * written another picture under the frame's name since: where both are there and show two people, the thumbnail counts,
 * which was made when the face arrived.
 * @returns why it could not be encoded, else what was made
 */
export async function encodeFace(face: FaceToReEncode, deps: EncodeFaceDeps): Promise<Seen> {
  const { source, box, id } = face;
  const frame = await see(source === null ? null : await deps.readFrame(source), deps, (found) =>
    chooseInFrame(found, box),
  );
  const thumbnail = await see(await deps.readThumbnail(id), deps, chooseInThumbnail);
  if (typeof frame === "string") return typeof thumbnail === "string" ? nearestFailure([frame, thumbnail]) : thumbnail;
  if (typeof thumbnail === "string") return frame;
  return distance(frame.encoding, thumbnail.encoding) < deps.threshold ? frame : thumbnail;
}

async function see(
  picture: Uint8Array | null,
  { embed, gates }: EncodeFaceDeps,
  choose: (found: PictureFaces) => FoundFace | null,
): Promise<Seen> {
  if (picture === null) return "no_picture";
  try {
    const chosen = choose(await embed(picture, gates));
    if (chosen === null) return "not_found";
    const { failed, encoding, norm } = chosen;
    return failed !== null || encoding === null ? "too_poor" : { encoding, quality: norm };
  } catch (error) {
    if (error instanceof PictureError) return "bad_picture";
    throw error;
  }
}
