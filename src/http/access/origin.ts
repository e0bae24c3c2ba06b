import type { FastifyRequest } from "fastify";
import type { ChangeOrigin } from "../../domain/change.ts";
import type { Gate } from "./gate.ts";

/** By what way a request came, and whose it is: the panel sends `x-requested-with` with every write. */
export function toOrigin(request: FastifyRequest, gate: Gate): ChangeOrigin {
  return { via: request.headers["x-requested-with"] ? "panel" : "http", user: gate.userOf?.(request) ?? null };
}
