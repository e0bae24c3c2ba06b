import { FacesError } from "../../domain/errors.ts";

/**
 * The version of a cluster that was shown, from the header `If-Match` (RFC 9110 section 13.1.1: one quoted tag, or `*`
 * for any) or from the body; undefined when nobody told one.
 * @throws {FacesError} `INVALID_INPUT` for two that differ, or a header that is not one tag.
 */
export function toVersion(ifMatch: string | undefined, inBody: string | undefined): string | undefined {
  const inHeader = ifMatch === undefined || ifMatch.trim() === "*" ? undefined : toTag(ifMatch.trim());
  if (inHeader !== undefined && inBody !== undefined && inHeader !== inBody) {
    throw new FacesError(
      "INVALID_INPUT",
      `If-Match says "${inHeader}", the body says "${inBody}": which version is it?`,
    );
  }
  return inHeader ?? inBody;
}

function toTag(text: string): string {
  const [, quoted, bare] = /^(?:"([^"]+)"|([^\s",]+))$/.exec(text) ?? [];
  const tag = quoted ?? bare;
  if (tag === undefined)
    throw new FacesError("INVALID_INPUT", 'If-Match must be one version in quotes, such as "3f2a"');
  return tag;
}
