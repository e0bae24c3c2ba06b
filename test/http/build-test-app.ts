import { pino } from "pino";
import { createOpenGate } from "../../src/http/access/gate.ts";
import { createEventStream } from "../../src/http/event-stream.ts";
import { buildHttpApp, type HttpAppDeps } from "../../src/http/http-app.ts";
import { makeRequests } from "./make-requests.ts";
import { makeBus } from "./start-server.ts";

/** All routes as this machine sees them without a token; not listening. */
export function buildTestApp(overrides: Partial<HttpAppDeps> = {}) {
  const requests = makeRequests();
  const log = pino({ level: "silent" });
  return buildHttpApp({
    requests,
    events: createEventStream({ bus: makeBus(), requests, log }),
    metrics: { contentType: "text/plain", render: async () => "" },
    gate: createOpenGate({ host: "127.0.0.1", publicUrl: null }),
    login: null,
    frameAncestors: ["'self'"],
    version: "1.2.3",
    uiFolder: "/nowhere",
    silenceMs: 60_000,
    log,
    ...overrides,
  });
}
