import { Type } from "typebox";
import type { Requests } from "../../operations/port.ts";
import {
  AssignAnswerSchema,
  ClusterAnswerSchema,
  ClusterCandidatesAnswerSchema,
  ClustersAnswerSchema,
  IgnoreAnswerSchema,
} from "../../wire/out/schemas.ts";
import type { Api } from "../api.ts";
import {
  ClusterPathSchema,
  closed,
  FaceIdSchema,
  IfMatchSchema,
  NoQuerySchema,
  PageQuery,
  PageQuerySchema,
  VersionSchema,
} from "./inputs.ts";
import { toVersion } from "./version.ts";

const AssignBodySchema = Type.Object(
  {
    name: Type.String({ description: "of a new person, or of one that exists" }),
    exclude_faces: Type.Optional(Type.Array(FaceIdSchema)),
    version: VersionSchema,
    allow_same_frame: Type.Optional(
      Type.Boolean({ description: "two faces of one frame to one person, where that is asked about" }),
    ),
  },
  closed,
);

/** Clusters: list, show, name, ignore. */
export function addClusterRoutes(app: Api, requests: Requests): void {
  app.get(
    "/api/faces/clusters",
    {
      config: { access: "login" },
      schema: {
        tags: ["clusters"],
        summary: "Clusters of the last discovery, largest first; or those that are ignored",
        querystring: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(["waiting", "ignored"])) }, closed),
        response: { 200: ClustersAnswerSchema },
      },
    },
    (request) => requests.clusters(request.query),
  );

  app.get(
    "/api/faces/clusters/:id",
    {
      config: { access: "login" },
      schema: {
        tags: ["clusters"],
        summary: "A cluster with its faces",
        params: ClusterPathSchema,
        querystring: PageQuerySchema,
        response: { 200: ClusterAnswerSchema },
      },
    },
    async (request, reply) => {
      const cluster = await requests.cluster({ ...request.query, cluster: request.params.id });
      reply.header("etag", `"${cluster.version}"`);
      return cluster;
    },
  );

  app.get(
    "/api/faces/clusters/:id/candidates",
    {
      config: { access: "login", slow: true },
      schema: {
        tags: ["clusters"],
        summary: "Who the cluster could be: people, nearest first",
        params: ClusterPathSchema,
        querystring: Type.Object({ limit: PageQuery.limit }, closed),
        response: { 200: ClusterCandidatesAnswerSchema },
      },
    },
    (request) => requests.clusterCandidates({ ...request.query, cluster: request.params.id }),
  );

  app.post(
    "/api/faces/clusters/:id/assign",
    {
      config: { access: "login" },
      schema: {
        tags: ["clusters"],
        summary: "Give a cluster, whole or without some of its faces, a name",
        description: "With a version, 409 `CLUSTER_CHANGED` when the cluster is not what was shown.",
        params: ClusterPathSchema,
        querystring: NoQuerySchema,
        headers: IfMatchSchema,
        body: AssignBodySchema,
        response: { 200: AssignAnswerSchema },
      },
    },
    (request) => {
      const version = toVersion(request.headers["if-match"], request.body.version);
      return requests.assign({ ...request.body, cluster: request.params.id, version });
    },
  );

  app.post(
    "/api/faces/clusters/:id/ignore",
    {
      config: { access: "login" },
      schema: {
        tags: ["clusters"],
        summary: "Ignore a cluster: its faces stay out of discovery",
        params: ClusterPathSchema,
        querystring: NoQuerySchema,
        headers: IfMatchSchema,
        body: Type.Object({ version: VersionSchema }, closed),
        response: { 200: IgnoreAnswerSchema },
      },
    },
    (request) => {
      const version = toVersion(request.headers["if-match"], request.body.version);
      return requests.ignore({ cluster: request.params.id, version });
    },
  );

  app.delete(
    "/api/faces/clusters/:id/ignore",
    {
      config: { access: "login" },
      schema: {
        tags: ["clusters"],
        summary: "Ignore a cluster no longer",
        params: ClusterPathSchema,
        querystring: NoQuerySchema,
        response: { 200: IgnoreAnswerSchema },
      },
    },
    (request) => requests.unignore({ cluster: request.params.id }),
  );
}
