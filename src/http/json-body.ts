import type { FastifyRequest } from "fastify";
import { FacesError } from "../domain/errors.ts";
import type { Api } from "./api.ts";

/**
 * JSON is the only body there is: anything else is answered with 415, also where a route wants no body, since browsers
 * send `text/plain` to other sites without asking. No body at all is `undefined`.
 */
export function acceptJsonOnly(app: Api): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    const text = toText(body as Buffer);
    if (text === null) return done(new FacesError("INVALID_INPUT", "the body is not UTF-8"));
    return parse(request as FastifyRequest, text, (error, value) => {
      if (error) done(new FacesError("INVALID_INPUT", `the body is not JSON: ${error.message}`, { cause: error }));
      else done(null, value);
    });
  });
}

/** Takes bodies of these content types as their bytes, at most so many, and no others. No body is an empty one. */
export function acceptOnly(app: Api, types: readonly string[], bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([...types], { parseAs: "buffer", bodyLimit }, (_request, body, done) => done(null, body));
  app.addContentTypeParser("*", (_request, _body, done) =>
    done(new FacesError("UNSUPPORTED_MEDIA_TYPE", `a body must come with content-type: ${types.join(", ")}`)),
  );
}

function toText(body: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
