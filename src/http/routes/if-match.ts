import type { IncomingHttpHeaders } from "node:http";
import { Type } from "typebox";
import { FacesError } from "../../domain/errors.ts";
import { withoutEncoding } from "../compression.ts";

export const IfMatchSchema = Type.Object({
  "if-match": Type.Optional(Type.String({ description: 'the cluster\'s version, in quotes: `"3f2a"`' })),
});

/**
 * The input with the version of a cluster that was shown, which is in the header `If-Match` (RFC 9110 section 13.1.1: one
 * quoted tag, or `*` for any), in the body, or in neither.
 * @throws {FacesError} `INVALID_INPUT` for two that differ, or a header that is not one tag.
 */
export function readIfMatch<I extends { version?: string }>(input: I, headers: IncomingHttpHeaders): I {
  const given = headers["if-match"]?.trim();
  if (given === undefined || given === "*") return input;
  const version = withoutEncoding(toTag(given));
  if (input.version !== undefined && input.version !== version) {
    const detail = `If-Match says "${version}", the body says "${input.version}": which version is it?`;
    throw new FacesError("INVALID_INPUT", detail);
  }
  return { ...input, version };
}

function toTag(text: string): string {
  const [, quoted, bare] = /^(?:"([^"]+)"|([^\s",]+))$/.exec(text) ?? [];
  const tag = quoted ?? bare;
  if (tag === undefined) {
    throw new FacesError("INVALID_INPUT", 'If-Match must be one version in quotes, such as "3f2a"');
  }
  return tag;
}
