import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { Picture } from "../../operations/reads/pictures.ts";

/** A response that is a picture of one of these types. */
export const pictureOf = (...types: readonly Picture["type"][]) => ({
  description: "the picture",
  content: Object.fromEntries(types.map((type) => [type, { schema: Type.String({ contentMediaType: type }) }])),
});

/** Browsers keep pictures and ask whether they still hold: an erased face must not live on in a cache. */
export function sendPicture({ bytes, type }: Picture, reply: FastifyReply, request: FastifyRequest): FastifyReply {
  const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  reply.header("etag", tag).header("cache-control", "private, no-cache");
  const known = (request.headers["if-none-match"] ?? "").split(",").map((text) => text.trim().replace(/^W\//, ""));
  if (known.includes(tag) || known.includes("*")) return reply.code(304).send();
  return reply.type(type).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
