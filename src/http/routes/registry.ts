import { Type } from "typebox";
import type { Requests } from "../../operations/port.ts";
import {
  ClaimAnswerSchema,
  DeleteAnswerSchema,
  MergeAnswerSchema,
  PeopleAnswerSchema,
  PersonAnswerSchema,
  RenameAnswerSchema,
} from "../../wire/out/schemas.ts";
import type { Api } from "../api.ts";
import { closed, DryRunSchema, NoQuerySchema, PageQuerySchema, PersonPathSchema } from "./inputs.ts";

const RenameBodySchema = Type.Object(
  {
    name: Type.String(),
    merge: Type.Optional(Type.Boolean({ description: "true: join with the person who has this name" })),
  },
  closed,
);
const MergeBodySchema = Type.Object(
  { from: Type.Array(Type.String()), to: Type.String({ description: "who stays" }) },
  closed,
);
const DeleteQuerySchema = Type.Object(
  {
    faces: Type.Optional(Type.Enum(["unassign", "erase"], { description: "what becomes of the faces; unassign" })),
  },
  closed,
);

/** People. */
export function addRegistryRoutes(app: Api, requests: Requests): void {
  const tags = ["people"];
  const config = { access: "login" } as const;

  app.get(
    "/api/faces/registry",
    {
      config,
      schema: { tags, summary: "People", querystring: PageQuerySchema, response: { 200: PeopleAnswerSchema } },
    },
    (request) => requests.people(request.query),
  );

  app.post(
    "/api/faces/registry/merge",
    {
      config,
      schema: {
        tags,
        summary: "Join people into one",
        querystring: NoQuerySchema,
        body: MergeBodySchema,
        response: { 200: MergeAnswerSchema },
      },
    },
    (request) => requests.merge(request.body),
  );

  app.get(
    "/api/faces/registry/:name",
    {
      config,
      schema: {
        tags,
        summary: "A person with their faces",
        params: PersonPathSchema,
        querystring: PageQuerySchema,
        response: { 200: PersonAnswerSchema },
      },
    },
    (request) => requests.person({ ...request.query, name: request.params.name }),
  );

  app.patch(
    "/api/faces/registry/:name",
    {
      config,
      schema: {
        tags,
        summary: "Rename a person",
        description:
          "409 `PERSON_EXISTS` with what would be joined when somebody has the name, unless `merge` is true.",
        params: PersonPathSchema,
        querystring: NoQuerySchema,
        body: RenameBodySchema,
        response: { 200: RenameAnswerSchema },
      },
    },
    (request) => {
      const { name: to, merge } = request.body;
      return requests.rename({ from: request.params.name, to, merge });
    },
  );

  app.delete(
    "/api/faces/registry/:name",
    {
      config,
      schema: {
        tags,
        summary: "Delete a person; the faces become unassigned, or are erased",
        params: PersonPathSchema,
        querystring: DeleteQuerySchema,
        response: { 200: DeleteAnswerSchema },
      },
    },
    (request) => requests.delete({ name: request.params.name, faces: request.query.faces }),
  );

  app.get(
    "/api/faces/registry/:name/export",
    {
      config,
      schema: {
        tags,
        summary: "The person in the registry file's format",
        params: PersonPathSchema,
        querystring: NoQuerySchema,
        response: { 200: Type.Object({ people: Type.Record(Type.String(), Type.Unknown()) }) },
      },
    },
    async (request, reply) => {
      const exported = await requests.exportPerson({ name: request.params.name });
      reply.header("content-disposition", 'attachment; filename="face_registry.json"');
      return reply.send(exported as { people: Record<string, unknown> });
    },
  );

  app.post(
    "/api/faces/registry/:name/claim",
    {
      config: { ...config, slow: true },
      schema: {
        tags,
        summary: "Give a person all unassigned faces within the threshold",
        params: PersonPathSchema,
        querystring: NoQuerySchema,
        body: DryRunSchema,
        response: { 200: ClaimAnswerSchema },
      },
    },
    (request) => requests.claim({ name: request.params.name, dry_run: request.body.dry_run }),
  );
}
