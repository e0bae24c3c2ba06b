import { createHash } from "node:crypto";
import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import type { Requests } from "../../operations/port.ts";
import type { Api } from "../api.ts";
import { FacePathSchema, NoQuerySchema } from "./inputs.ts";

const binary = (types: readonly string[]) => ({
  description: "the picture",
  content: Object.fromEntries(types.map((type) => [type, { schema: Type.String({ contentMediaType: type }) }])),
});

/** Pictures of faces. Browsers keep them and ask whether they still hold: an erased face must not live on in a cache. */
export function addPictureRoutes(app: Api, requests: Requests): void {
  app.get(
    "/api/faces/:id/thumbnail",
    {
      config: { access: "login" },
      schema: {
        tags: ["faces"],
        summary: "A face's thumbnail",
        params: FacePathSchema,
        querystring: NoQuerySchema,
        response: { 200: binary(["image/jpeg"]) },
      },
    },
    async (request, reply) => {
      const bytes = await requests.thumbnail({ face: request.params.id });
      return sendPicture(reply, request.headers["if-none-match"], bytes, "image/jpeg");
    },
  );

  app.get(
    "/api/faces/:id/frame",
    {
      config: { access: "login" },
      schema: {
        tags: ["faces"],
        summary: "A face's source frame, if it is still there",
        params: FacePathSchema,
        querystring: NoQuerySchema,
        response: { 200: binary(["image/jpeg", "image/png", "image/webp"]) },
      },
    },
    async (request, reply) => {
      const { bytes, type } = await requests.frame({ face: request.params.id });
      return sendPicture(reply, request.headers["if-none-match"], bytes, type);
    },
  );
}

function sendPicture(
  reply: FastifyReply,
  ifNoneMatch: string | undefined,
  bytes: Uint8Array,
  type: string,
): FastifyReply {
  const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  reply.header("etag", tag).header("cache-control", "private, no-cache");
  const known = (ifNoneMatch ?? "").split(",").map((text) => text.trim().replace(/^W\//, ""));
  if (known.includes(tag) || known.includes("*")) return reply.code(304).send();
  return reply.type(type).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
