/** The daemon's refusal: RFC 9457 `application/problem+json` with a stable `code`. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly [key: string]: unknown;
}

/** A request that was refused (the daemon's `code`) or never arrived (`code` `OFFLINE`, `status` 0). */
export class RequestFailed extends Error {
  readonly status: number;
  readonly code: string;
  /** All other fields of the answer. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = "RequestFailed";
    this.status = problem.status;
    this.code = problem.code;
    this.details = problem;
  }
}

/** The request got no answer. */
export function toOffline(cause: unknown): RequestFailed {
  return new RequestFailed({ status: 0, code: "OFFLINE", detail: "no connection" }, { cause });
}

/** Reads a refusal from an answer; a proxy's answer is not JSON and keeps only its status. */
export async function toRequestFailed(response: Response): Promise<RequestFailed> {
  const fallback = { status: response.status, code: `HTTP_${response.status}`, detail: response.statusText };
  try {
    const body: unknown = await response.json();
    if (typeof body !== "object" || body === null) return new RequestFailed(fallback);
    const { code, detail, title } = body as Record<string, unknown>;
    return new RequestFailed({
      ...(body as Record<string, unknown>),
      status: response.status,
      code: typeof code === "string" ? code : fallback.code,
      detail: typeof detail === "string" ? detail : typeof title === "string" ? title : fallback.detail,
    });
  } catch {
    return new RequestFailed(fallback);
  }
}
