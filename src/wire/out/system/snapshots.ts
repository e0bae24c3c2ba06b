import { type Static, Type } from "typebox";
import type { RefusedFace } from "../../../domain/pictures/refused-face.ts";
import { GATES, type TakenSnapshot } from "../../../domain/pictures/snapshot.ts";
import type { SnapshotsState, SourceState } from "../../../domain/pictures/snapshots-state.ts";
import { BoxSchema, Nullable, Time } from "../values.ts";

export const TakenSchema = Type.Object({
  snapshot_id: Type.String({ description: "its faces have it in their `uid`: `<snapshot_id>-<n>`" }),
});

export const TakenSnapshotSchema = Type.Object(
  {
    snapshot_id: Type.String({ description: "the faces of the picture have the ids <snapshot_id>-<n>" }),
    outcome: Type.Union([Type.Literal("queued"), Type.Literal("known"), Type.Literal("full")], {
      description: "known: the very same picture was there before. full: too many wait, it was not taken",
    }),
  },
  { description: "What became of a picture that came in" },
);

export const toTakenSnapshotJson = ({ snapshotId, outcome }: TakenSnapshot): Static<typeof TakenSnapshotSchema> => ({
  snapshot_id: snapshotId,
  outcome,
});

const RefusedFaceSchema = Type.Object({
  id: Type.String(),
  camera: Type.String(),
  timestamp: Time,
  reason: Type.Enum([...GATES], { description: "the gate that it did not pass" }),
  value: Type.Number({ description: "what it has" }),
  needed: Type.Number({ description: "what it would need" }),
  score: Type.Number({ description: "the detector's, 0 to 1" }),
  face_px: Type.Number({ description: "shorter side of its box" }),
  norm: Nullable(Type.Number({ description: "what the encoder says of the picture; null: it was not encoded" })),
  box: BoxSchema,
  thumbnail: Type.String({ description: "relative to the server's root" }),
});

export const RefusedAnswerSchema = Type.Object({ refused: Type.Array(RefusedFaceSchema) });
export type RefusedAnswer = Static<typeof RefusedAnswerSchema>;

export function toRefusedAnswer(faces: readonly RefusedFace[]): RefusedAnswer {
  return {
    refused: faces.map(({ id, camera, at, gate, value, needed, score, facePx, norm, box }) => ({
      id,
      camera,
      timestamp: at.toISOString(),
      reason: gate,
      // Down, so that a value never looks as if it had passed.
      value: floor3(value),
      needed,
      score: floor3(score),
      face_px: floor3(facePx),
      norm: norm === null ? null : floor3(norm),
      box: { ...box },
      thumbnail: `api/snapshots/refused/${id}/thumbnail`,
    })),
  };
}

const floor3 = (value: number): number => Math.floor(value * 1_000) / 1_000;

const CameraPicturesSchema = Type.Object({
  camera: Type.String(),
  pictures: Type.Integer({ description: "that came in, since the start" }),
  faces: Type.Integer({ description: "stored" }),
  no_face: Type.Integer({ description: "pictures without any face" }),
  refused: Type.Object(
    { score: Type.Integer(), size: Type.Integer(), norm: Type.Integer() },
    { description: "faces, by the gate that they did not pass" },
  ),
  known: Type.Integer({ description: "the very same as one before" }),
  dropped: Type.Integer({ description: "there was no room for them" }),
  failed: Type.Integer({ description: "could not be looked at, or their faces could not be stored" }),
  queue: Type.Integer({ description: "that wait" }),
});

export const SnapshotsStatusSchema = Type.Object({
  model: Type.String({ description: "what makes the encodings" }),
  runtime: Nullable(Type.Enum(["node", "web"], { description: "what runs the models; null: not known yet" })),
  workers: Type.Integer({ description: "pictures that are looked at at once" }),
  queue: Type.Integer({ description: "pictures that wait" }),
  cameras: Type.Array(CameraPicturesSchema),
  sources: Type.Array(
    Type.Object({ source: Type.String(), ok: Type.Boolean(), sentence: Type.String({ description: "for people" }) }),
    { description: "where pictures come from besides MQTT and HTTP, and how that is" },
  ),
});
export type SnapshotsStatusJson = Static<typeof SnapshotsStatusSchema>;

/** How pictures go, and where they come from. */
export interface SnapshotsStatus extends SnapshotsState {
  readonly sources: readonly (SourceState & { readonly source: string })[];
}

export function toSnapshotsJson({ cameras, sources, ...state }: SnapshotsStatus): SnapshotsStatusJson {
  const { model, runtime, workers, queue } = state;
  return {
    model,
    runtime,
    workers,
    queue,
    cameras: cameras.map(({ noFace, refused, ...one }) => ({ ...one, no_face: noFace, refused: { ...refused } })),
    sources: sources.map((one) => ({ ...one })),
  };
}
