import { Type } from "typebox";
import { FacesError } from "../domain/errors.ts";
import { toSnapshot } from "../wire/in/snapshot.ts";
import {
  RefusedAnswerSchema,
  TakenSchema,
  TakenSnapshotSchema,
  toRefusedAnswer,
  toTakenSnapshotJson,
} from "../wire/out/system/snapshots.ts";
import { PictureSchema } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import type { Picture } from "./reads/pictures.ts";

const path = "/api/snapshots";
/** A queue of pictures that is full has room again after this. */
const RETRY_AFTER_SECONDS = 1;

/** Pictures that come in, and which faces of them were not taken. */
export const snapshotOperations = {
  takeSnapshot: defineOperation({
    tag: "pictures",
    summary: "Take in a picture of a camera",
    description:
      "The body is the picture: JPEG, PNG or WebP. It waits in the queue of its camera; its faces become unassigned faces like " +
      "all others. `429` with `Retry-After` while the queue of the camera is full.",
    access: "admin",
    http: { method: "POST", path, at: { camera: "query", event_id: "query", timestamp: "query" } },
    input: {
      camera: Type.String(),
      event_id: Type.Optional(Type.String({ description: "one pass of one person has one" })),
      timestamp: Type.Optional(
        Type.String({ description: "when it was taken: ISO 8601 with a zone, or seconds since 1970; defaults to now" }),
      ),
      picture: Type.Unsafe<Uint8Array>({}),
    },
    answer: TakenSchema,
    run({ camera, event_id: eventId, timestamp, picture }, { snapshots, rules, clock }) {
      if (!snapshots) {
        const steps = "run `faces2mqtt models`, set snapshots.enabled to true, and start again";
        throw new FacesError("MODELS_MISSING", `no pictures are taken: ${steps}`);
      }
      const snapshot = toSnapshot({ camera, eventId, timestamp, picture }, clock.now(), rules.maxPictureBytes);
      const { snapshotId, outcome } = snapshots.take(snapshot, "refuse");
      if (outcome === "full") {
        const details = { retry_after: RETRY_AFTER_SECONDS };
        throw new FacesError("TOO_MANY_REQUESTS", "too many pictures of this camera wait already", { details });
      }
      return { snapshot_id: snapshotId };
    },
  }),

  pullSnapshot: defineOperation({
    tag: "pictures",
    summary: "Fetch a picture of a camera now, and look for faces in it",
    description:
      "The camera is one of `snapshots.pull`. The answer comes when the picture is there, before it is looked at.",
    access: "admin",
    command: "snapshot",
    http: { method: "POST", path: "/api/snapshots/pull" },
    slow: true,
    input: { camera: Type.String({ minLength: 1, description: "as an entry of snapshots.pull names it" }) },
    answer: TakenSnapshotSchema,
    async run({ camera }, { fetchSnapshot }) {
      if (fetchSnapshot === null) {
        throw new FacesError("NOT_FOUND", "no pictures are taken: snapshots.enabled is false in the configuration");
      }
      return toTakenSnapshotJson(await fetchSnapshot(camera));
    },
  }),

  refusedFaces: defineOperation({
    tag: "pictures",
    summary: "Faces in pictures that were not taken, and why, newest first",
    description: "The last 20 of each camera, for an hour, in memory only.",
    access: "admin",
    http: { method: "GET", path: `${path}/refused` },
    input: { camera: Type.Optional(Type.String()) },
    answer: RefusedAnswerSchema,
    run: ({ camera }, { snapshots }) => toRefusedAnswer(snapshots?.refused.list(camera) ?? []),
  }),

  refusedThumbnail: defineOperation({
    tag: "pictures",
    summary: "The picture of a face that was not taken",
    access: "admin",
    http: { method: "GET", path: `${path}/refused/:id/thumbnail`, at: { refused: "path.id" } },
    input: { refused: Type.String() },
    answer: PictureSchema,
    run({ refused }, { snapshots }): Picture {
      const bytes = snapshots?.refused.thumbnail(refused);
      if (!bytes) throw new FacesError("THUMBNAIL_NOT_FOUND", "it is not kept, or not any more");
      return { bytes, type: "image/jpeg" };
    },
  }),
};
