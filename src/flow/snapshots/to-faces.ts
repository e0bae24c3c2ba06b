import type { IncomingFace } from "../../domain/face.ts";
import { eventOfFace } from "../../domain/pictures/event-of-face.ts";
import type { FoundFace, PictureFaces } from "../../domain/pictures/snapshot.ts";
import type { WaitingPicture } from "./picture-queue.ts";

/** A face that passed all gates, and its number in its picture. */
export interface PassedFace {
  readonly face: FoundFace & { readonly encoding: Float32Array };
  readonly n: number;
}

/**
 * The faces of a picture that passed all gates. Each has its number among all that were found, by falling score: a
 * redelivery counts once, whatever the gates were then and are now.
 */
export function toPassedFaces(faces: readonly FoundFace[]): PassedFace[] {
  return faces.flatMap((face, n) => {
    const { failed, encoding } = face;
    return failed === null && encoding !== null ? [{ face: { ...face, encoding }, n }] : [];
  });
}

/** Identifies a face of a picture. */
export const toUid = (snapshotId: string, n: number): string => `${snapshotId}-${n}`;

/** What all faces of a picture share. */
export interface Shared {
  readonly picture: WaitingPicture;
  readonly found: PictureFaces;
  /** What made the encodings. */
  readonly model: string;
  /** Of the kept picture; null: it could not be kept. */
  readonly source: string | null;
  readonly now: Date;
}

/** A face of a picture as one that arrived. */
export function toIncomingFace({ face, n }: PassedFace, { picture, found, model, source, now }: Shared): IncomingFace {
  const { snapshot, snapshotId, at } = picture;
  const { eventId, zones, subLabel } = eventOfFace(snapshot, face.box, { ...found, faces: found.faces.length });
  return {
    uid: toUid(snapshotId, n),
    camera: snapshot.camera,
    source,
    capturedAt: toCapturedAt(snapshot.capturedAt, at),
    receivedAt: now,
    box: face.box,
    encoding: face.encoding,
    model,
    quality: face.norm,
    detectionScore: face.score,
    sourceEventId: eventId,
    thumbnail: face.thumbnail,
    history: snapshot.history,
    zones,
    subLabel,
  };
}

/** When a picture was taken: at its arrival, if it does not say or says a time in the future. */
export const toCapturedAt = (given: Date | null, arrived: Date): Date =>
  given === null || given > arrived ? arrived : given;
