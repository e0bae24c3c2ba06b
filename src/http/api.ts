import type { IncomingMessage, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";

/** Who may use a route: everyone, or those that the {@link Gate} admits. Every route says it; there is no default. */
export type RouteAccess = "open" | "login";

declare module "fastify" {
  interface FastifyContextConfig {
    access?: RouteAccess;
    /** Its answer may take longer than a connection may otherwise be silent. */
    slow?: boolean;
  }
}

/** The server that routes are added to: schemas give the types of what comes in and what goes out. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
