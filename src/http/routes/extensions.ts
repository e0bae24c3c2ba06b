import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Static, type TObject, Type } from "typebox";
import type { OPERATIONS } from "../../operations/table.ts";
import { ClustersAnswerSchema, DiscoverySchema } from "../../wire/out/clusters/clusters.ts";
import { ReEncodingSchema } from "../../wire/out/system/re-encode.ts";
import { TakenSchema } from "../../wire/out/system/snapshots.ts";
import { IfMatchSchema, readIfMatch } from "./if-match.ts";
import { pictureOf, sendPicture } from "./pictures.ts";

/** The types that a picture in a body comes as. */
const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp"] as const;

/** What HTTP alone has of an operation: everything else about its route comes from the table. */
export interface HttpExtension<I = Readonly<Record<string, unknown>>, A = unknown> {
  readonly headers?: TObject;
  /** The body is no JSON: it is this input, of one of these content types. */
  readonly body?: { readonly input: string; readonly types: readonly string[] };
  /** By status; without them 200 and the operation's answer. */
  readonly responses?: Readonly<Record<number, unknown>>;
  /** The input together with what the headers say. */
  withHeaders?(input: I, headers: IncomingHttpHeaders): I;
  /** Sends the answer other than as JSON with status 200. */
  send?(answer: A, reply: FastifyReply, request: FastifyRequest): FastifyReply;
}

type Extensions = {
  readonly [N in keyof typeof OPERATIONS]?: HttpExtension<
    Static<(typeof OPERATIONS)[N]["input"]>,
    Static<(typeof OPERATIONS)[N]["answer"]>
  >;
};

// Relative to the request, which holds behind any path prefix, and also when taken from the server's root.
const DISCOVERY_LOCATION = "../../api/faces/discover";
const RE_ENCODE_LOCATION = "../api/re-encode";

/** By the operation's name. */
export const HTTP_EXTENSIONS = {
  discover: {
    headers: Type.Object({ prefer: Type.Optional(Type.String({ description: "`respond-async`" })) }),
    responses: { 200: ClustersAnswerSchema, 202: DiscoverySchema },
    withHeaders: (input, { prefer }) => ({ ...input, wait: !wantsAsync(prefer) }),
    send(answer, reply) {
      if (!("state" in answer)) return reply.send(answer);
      reply.header("location", DISCOVERY_LOCATION).header("preference-applied", "respond-async");
      return reply.code(202).send(answer);
    },
  },
  reEncode: {
    responses: { 202: ReEncodingSchema },
    send: (answer, reply) => reply.code(202).header("location", RE_ENCODE_LOCATION).send(answer),
  },
  cluster: { send: (answer, reply) => reply.header("etag", `"${answer.version}"`).send(answer) },
  assign: { headers: IfMatchSchema, withHeaders: readIfMatch },
  ignore: { headers: IfMatchSchema, withHeaders: readIfMatch },
  reject: { headers: IfMatchSchema, withHeaders: readIfMatch },
  split: { headers: IfMatchSchema, withHeaders: readIfMatch },
  keepTogether: { headers: IfMatchSchema, withHeaders: readIfMatch },
  exportPerson: {
    send: (answer, reply) =>
      reply.header("content-disposition", 'attachment; filename="face_registry.json"').send(answer),
  },
  takeSnapshot: {
    body: { input: "picture", types: PICTURE_TYPES },
    responses: { 202: TakenSchema },
    send: (answer, reply) => reply.code(202).send(answer),
  },
  refusedThumbnail: { responses: { 200: pictureOf("image/jpeg") }, send: sendPicture },
  thumbnail: { responses: { 200: pictureOf("image/jpeg") }, send: sendPicture },
  frame: { responses: { 200: pictureOf(...PICTURE_TYPES) }, send: sendPicture },
} satisfies Extensions;

/** RFC 7240: preferences are separated by commas, each with optional parameters. */
function wantsAsync(prefer: string | string[] | undefined): boolean {
  return [prefer ?? ""]
    .flat()
    .join()
    .split(",")
    .some((preference) => /^\s*respond-async\s*(;|$)/i.test(preference));
}
