import { constants } from "node:zlib";
import fastifyCompress from "@fastify/compress";
import type { Api } from "./api.ts";

/** Compressing less does not save a packet. */
const WORTH_BYTES = 1_024;
/** Fast enough for a Raspberry Pi, and nearly as short as the best. */
const BROTLI_QUALITY = 4;
/** Pictures are compressed already, and the panel's files have gzipped twins. */
const COMPRESSED = /^(application\/([a-z.+-]+\+)?json|application\/yaml|text\/plain)\b/;

/**
 * Compresses answers that are made for each request, for those who take it. The stream of live events writes past it: each
 * event must leave at once. A compressed answer is another representation of the same version, so its strong tag has the
 * encoding at its end (RFC 9110 section 8.8.3.3): {@link withoutEncoding}.
 */
export async function addCompression(app: Api): Promise<void> {
  await app.register(fastifyCompress, {
    globalDecompression: false,
    encodings: ["br", "gzip"],
    threshold: WORTH_BYTES,
    customTypes: COMPRESSED,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
  // After the compression's own hook, which is each route's.
  app.addHook("onRoute", (route) => {
    const tag: typeof route.onSend = async (_request, reply, payload) => {
      const encoding = reply.getHeader("content-encoding");
      const etag = reply.getHeader("etag");
      if (
        typeof encoding === "string" &&
        typeof etag === "string" &&
        COMPRESSED.test(String(reply.getHeader("content-type")))
      ) {
        reply.header("etag", etag.replace(/"$/, `-${encoding}"`));
      }
      return payload;
    };
    route.onSend = [route.onSend ?? []].flat().concat(tag);
  });
}

/** The version that a tag stands for, whichever way its answer was compressed. */
export const withoutEncoding = (tag: string): string => tag.replace(/-(br|gzip)$/, "");
