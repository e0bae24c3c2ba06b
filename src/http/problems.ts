import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { type ErrorCode, FacesError } from "../domain/errors.ts";

/** An error as RFC 9457 has it, with a stable `code` and the error's details beside it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
}

const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: "INVALID_INPUT",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  406: "INVALID_INPUT",
  412: "INVALID_INPUT",
  413: "TOO_LARGE",
  414: "INVALID_INPUT",
  415: "UNSUPPORTED_MEDIA_TYPE",
  416: "INVALID_INPUT",
  429: "TOO_MANY_REQUESTS",
};

/** Details never replace the members that RFC 9457 and the contract fix. */
export function toProblem(error: FacesError): Problem {
  return {
    ...error.details,
    type: "about:blank",
    title: STATUS_CODES[error.status] ?? "Error",
    status: error.status,
    detail: error.message,
    code: error.code,
  };
}

/** The server's own refusals (body too large, wrong content type) in our codes; null for unexpected errors. */
function toFacesError(error: unknown): FacesError | null {
  if (error instanceof FacesError) return error;
  const { statusCode, message } = error as Partial<FastifyError>;
  const code = statusCode === undefined ? undefined : CODE_BY_STATUS[statusCode];
  if (code === undefined) return null;
  if (code === "UNSUPPORTED_MEDIA_TYPE") {
    return new FacesError(code, "a body must come with content-type: application/json", { cause: error });
  }
  return new FacesError(code, message ?? "refused", { cause: error });
}

/** Sends any error as a problem. An unexpected one is logged, and sent without its internals. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toFacesError(error);
  if (!known || known.status >= 500) {
    request.log.error({ err: error, method: request.method, route: request.routeOptions.url }, "request failed");
  }
  const problem = toProblem(known ?? new FacesError("INTERNAL", "something went wrong; the daemon's log says what"));
  const { retry_after: seconds } = known?.details ?? {};
  if (typeof seconds === "number") reply.header("retry-after", String(seconds));
  if (problem.status === 401) reply.header("www-authenticate", 'Bearer realm="faces2mqtt"');
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .header("content-type", "application/problem+json")
    .send(Buffer.from(JSON.stringify(problem)));
}
