import { Type } from "typebox";
import { CamerasAnswerSchema, toCamerasAnswer } from "../wire/out/cameras.ts";
import { ActivityAnswerSchema, toActivityAnswer } from "../wire/out/events.ts";
import {
  FaceSchema,
  FacesAnswerSchema,
  SimilarAnswerSchema,
  toFaceJson,
  toFacesAnswer,
  toSimilarAnswer,
} from "../wire/out/faces.ts";
import { faceId, PictureSchema, pageInput, timeRange, toFilter, toTimes } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { cutPage, toPage } from "./declare/pages.ts";
import type { ActivityFilter } from "./reads/activity.ts";
import { findFace } from "./reads/pictures.ts";
import type { FaceFilter } from "./reads/store.ts";

const path = "/api/faces";
const at = { face: "path.id" } as const;
const HOURS = 24;
const HOUR_MS = 3_600_000;

/** Stored faces, their pictures, what cameras have seen, and which faces are alike. */
export const faceOperations = {
  faces: defineOperation({
    tag: "faces",
    summary: "Faces, newest first",
    access: "admin",
    http: { method: "GET", path },
    input: {
      ...pageInput,
      camera: Type.Optional(Type.String()),
      person: Type.Optional(Type.String({ description: "name or person_id" })),
      visit: Type.Optional(Type.String({ description: "visit_id" })),
      frame_of: Type.Optional({ ...faceId, description: "face_id: it, and the others of its camera and source" }),
      state: Type.Optional(Type.Enum(["unassigned", "assigned", "ignored"])),
      ...timeRange,
    },
    answer: FacesAnswerSchema,
    async run({ camera, person, visit, frame_of: shown, state, from, to, ...input }, { people, store }) {
      const filter = toFilter<FaceFilter>({
        camera,
        frameOf: shown === undefined ? undefined : (await findFace(store, shown)).id,
        personId: person === undefined ? undefined : (await people.find(person)).personId,
        visit,
        state,
        ...toTimes({ from, to }),
      });
      return toFacesAnswer(await store.faces(filter, toPage(input)));
    },
  }),

  activity: defineOperation({
    tag: "faces",
    summary: "What cameras have seen and whom it was taken for, newest first",
    deprecated: true,
    description:
      "In the shape of version 0.1; `GET /api/visits` has visits. Ignored faces are left out. A page may be shorter than `limit` and yet have a `next_cursor`.",
    access: "admin",
    http: { method: "GET", path: "/api/activity" },
    input: {
      ...pageInput,
      camera: Type.Optional(Type.String()),
      person: Type.Optional(Type.String({ description: "name or person_id: recognized, or assigned later" })),
      type: Type.Optional(Type.Enum(["recognized", "unknown", "ambiguous"])),
    },
    answer: ActivityAnswerSchema,
    async run({ camera, person, type, ...input }, { people, readActivity, rules }) {
      const seenAs = person === undefined ? undefined : (await people.find(person)).personId;
      const filter = toFilter<ActivityFilter>({ camera, seenAs, type });
      return toActivityAnswer(await readActivity(filter, toPage(input)), rules.cooldownSeconds);
    },
  }),

  cameras: defineOperation({
    tag: "faces",
    summary: "Cameras, with the faces of the last 24 hours",
    access: "admin",
    http: { method: "GET", path: "/api/cameras" },
    input: {},
    answer: CamerasAnswerSchema,
    async run(_input, { store, clock }) {
      const since = new Date(clock.now().getTime() - HOURS * HOUR_MS);
      const [cameras, found] = await Promise.all([store.cameraStates(), store.facesByHour(since)]);
      const withHours = cameras.map((one) => {
        const hours = new Array<number>(HOURS).fill(0);
        // What came in this very second is of the last hour.
        for (const { camera, hour, faces } of found) {
          if (camera === one.camera) hours[Math.min(hour, HOURS - 1)] = faces;
        }
        return { ...one, hours };
      });
      return toCamerasAnswer(withHours);
    },
  }),

  face: defineOperation({
    tag: "faces",
    summary: "A face",
    access: "admin",
    http: { method: "GET", path: `${path}/:id`, at },
    input: { face: faceId },
    answer: FaceSchema,
    run: async ({ face }, { store }) => toFaceJson(await findFace(store, face)),
  }),

  thumbnail: defineOperation({
    tag: "faces",
    summary: "A face's thumbnail",
    access: "admin",
    http: { method: "GET", path: `${path}/:id/thumbnail`, at },
    input: { face: faceId },
    answer: PictureSchema,
    run: ({ face }, { pictures }) => pictures.thumbnail(face),
  }),

  frame: defineOperation({
    tag: "faces",
    summary: "A face's source frame, if it is still there",
    access: "admin",
    http: { method: "GET", path: `${path}/:id/frame`, at },
    input: { face: faceId },
    answer: PictureSchema,
    run: ({ face }, { pictures }) => pictures.frame(face),
  }),

  similar: defineOperation({
    tag: "faces",
    summary: "Faces within the threshold of this one, newest first",
    access: "admin",
    command: "similar",
    http: { method: "GET", path: `${path}/:id/similar`, at },
    slow: true,
    input: { face: faceId, ...pageInput },
    answer: SimilarAnswerSchema,
    async run({ face, ...input }, { similar }) {
      const near = await similar.toFace(face);
      return toSimilarAnswer(near, cutPage(near, toPage(input)));
    },
  }),
};
