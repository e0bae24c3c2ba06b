import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type FastifyBaseLogger, fastify } from "fastify";
import { FacesError } from "../domain/errors.ts";
import type { System } from "../operations/system/system.ts";
import type { Gate } from "./access/gate.ts";
import { type DecidedRoute, watchRouteAccess } from "./access/route-access.ts";
import type { Sessions } from "./access/sessions.ts";
import type { Api } from "./api.ts";
import { refuseBrokenRequest } from "./broken-request.ts";
import { addCompression } from "./compression.ts";
import type { EventStream } from "./event-stream.ts";
import { addHeaders } from "./headers.ts";
import { acceptJsonOnly } from "./json-body.ts";
import { addDocs, addOpenApi } from "./openapi.ts";
import { addPanel } from "./panel.ts";
import { sendProblem } from "./problems.ts";
import { addEventRoutes } from "./routes/events.ts";
import { addOperationRoutes } from "./routes/from-table.ts";
import { addMonitoringRoutes, type MetricsText } from "./routes/monitoring.ts";
import { addSessionRoutes } from "./routes/session.ts";
import { validatorCompiler } from "./validation.ts";

export interface HttpAppDeps {
  readonly system: System;
  readonly events: EventStream;
  readonly metrics: MetricsText;
  readonly gate: Gate;
  /** Null: there is no login here. */
  readonly login: { readonly token: string; readonly sessions: Sessions } | null;
  readonly frameAncestors: readonly string[];
  readonly version: string;
  readonly uiFolder: string;
  readonly log: FastifyBaseLogger;
  /** How long a connection may be silent, but for routes that are slow. */
  readonly silenceMs: number;
}

/**
 * All routes behind one gate, ready but not listening. `routes` says who may use which.
 */
export async function buildHttpApp(deps: HttpAppDeps): Promise<{ app: Api; routes: readonly DecidedRoute[] }> {
  const app: Api = fastify({
    loggerInstance: deps.log,
    bodyLimit: 512 * 1024,
    connectionTimeout: deps.silenceMs,
    requestTimeout: 15_000,
    keepAliveTimeout: 30_000,
    http: { headersTimeout: 10_000 },
    trustProxy: false,
    // 64 characters of a name, each up to 12 when encoded for a URL.
    routerOptions: { maxParamLength: 1024 },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: refuseBrokenRequest,
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  // Answers are made to fit their schemas, which the tests check; nothing is rewritten on the way out.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  acceptJsonOnly(app);

  const routes = watchRouteAccess(app);
  await addHeaders(app, deps.frameAncestors);
  await addCompression(app);
  await app.register(cookie);
  app.addHook("onRequest", async (request) => {
    deps.gate.admitConnection(request);
    const { access, slow } = request.routeOptions.config;
    if (access !== "open") deps.gate.admit(request);
    if (slow) request.raw.socket.setTimeout(0);
  });
  app.setNotFoundHandler(() => {
    throw new FacesError("NOT_FOUND", "there is no such route");
  });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { after }) =>
      new FacesError("TOO_MANY_REQUESTS", `too many tries, come again in ${after}`),
  });
  await addOpenApi(app, deps.version);

  await app.register(async (scope) => {
    const api = scope.withTypeProvider<TypeBoxTypeProvider>();
    addOperationRoutes(api, deps.system, deps.gate);
    addMonitoringRoutes(api, deps.system.status, deps.metrics);
    addEventRoutes(api, deps.events);
    addSessionRoutes(api, { token: deps.login?.token ?? null, sessions: deps.login?.sessions ?? null });
  });
  await addDocs(app, deps.frameAncestors);
  await addPanel(app, deps.uiFolder);
  await app.ready();
  return { app, routes };
}
