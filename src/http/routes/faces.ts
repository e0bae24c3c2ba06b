import { Type } from "typebox";
import type { Requests } from "../../operations/port.ts";
import {
  ActivityAnswerSchema,
  CamerasAnswerSchema,
  FaceSchema,
  FacesAnswerSchema,
  SimilarAnswerSchema,
  UnassignAnswerSchema,
} from "../../wire/out/schemas.ts";
import type { Api } from "../api.ts";
import {
  closed,
  FaceIdSchema,
  FacePathSchema,
  NoBodySchema,
  NoQuerySchema,
  PageQuery,
  PageQuerySchema,
} from "./inputs.ts";

const FacesQuerySchema = Type.Object(
  {
    ...PageQuery,
    camera: Type.Optional(Type.String()),
    person: Type.Optional(Type.String({ description: "name or person_id" })),
    state: Type.Optional(Type.Enum(["unassigned", "assigned", "ignored"])),
    from: Type.Optional(Type.String({ description: "ISO 8601 with a zone, or a day (UTC); not before this" })),
    to: Type.Optional(Type.String({ description: "ISO 8601 with a zone, or a day (UTC); before this" })),
  },
  closed,
);

const ActivityQuerySchema = Type.Object(
  {
    ...PageQuery,
    camera: Type.Optional(Type.String()),
    person: Type.Optional(Type.String({ description: "name or person_id: recognized, or assigned later" })),
    type: Type.Optional(Type.Enum(["recognized", "unknown", "ambiguous"])),
  },
  closed,
);

/** Stored faces: list, show, take out of a person, find alike ones. Their pictures: {@link addPictureRoutes}. */
export function addFaceRoutes(app: Api, requests: Requests): void {
  const tags = ["faces"];
  const config = { access: "login" } as const;

  app.get(
    "/api/faces",
    {
      config,
      schema: {
        tags,
        summary: "Faces, newest first",
        querystring: FacesQuerySchema,
        response: { 200: FacesAnswerSchema },
      },
    },
    (request) => requests.faces(request.query),
  );

  app.get(
    "/api/activity",
    {
      config,
      schema: {
        tags,
        summary: "What cameras have seen and whom it was taken for, newest first",
        description: "Ignored faces are left out. A page may be shorter than `limit` and yet have a `next_cursor`.",
        querystring: ActivityQuerySchema,
        response: { 200: ActivityAnswerSchema },
      },
    },
    (request) => requests.activity(request.query),
  );

  app.get(
    "/api/cameras",
    {
      config,
      schema: {
        tags,
        summary: "Cameras, with the faces of the last 24 hours",
        querystring: NoQuerySchema,
        response: { 200: CamerasAnswerSchema },
      },
    },
    () => requests.cameras(),
  );

  app.get(
    "/api/faces/:id",
    {
      config,
      schema: {
        tags,
        summary: "A face",
        params: FacePathSchema,
        querystring: NoQuerySchema,
        response: { 200: FaceSchema },
      },
    },
    (request) => requests.face({ face: request.params.id }),
  );

  app.post(
    "/api/faces/unassign",
    {
      config,
      schema: {
        tags,
        summary: "Take faces out of their people",
        querystring: NoQuerySchema,
        body: Type.Object({ faces: Type.Array(FaceIdSchema) }, closed),
        response: { 200: UnassignAnswerSchema },
      },
    },
    (request) => requests.unassign({ faces: request.body.faces }),
  );

  app.post(
    "/api/faces/:id/unassign",
    {
      config,
      schema: {
        tags,
        summary: "Take a face out of its person",
        params: FacePathSchema,
        querystring: NoQuerySchema,
        body: NoBodySchema,
        response: { 200: UnassignAnswerSchema },
      },
    },
    (request) => requests.unassign({ faces: [request.params.id] }),
  );

  app.get(
    "/api/faces/:id/similar",
    {
      config: { ...config, slow: true },
      schema: {
        tags,
        summary: "Faces within the threshold of this one, newest first",
        params: FacePathSchema,
        querystring: PageQuerySchema,
        response: { 200: SimilarAnswerSchema },
      },
    },
    (request) => requests.similar({ ...request.query, face: request.params.id }),
  );
}
