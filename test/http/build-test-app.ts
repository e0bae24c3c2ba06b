import { pino } from "pino";
import { onTestFinished } from "vitest";
import { createOpenGate } from "../../src/http/access/gate.ts";
import { createEventStream } from "../../src/http/event-stream.ts";
import { buildHttpApp, type HttpAppDeps } from "../../src/http/http-app.ts";
import type { System } from "../../src/operations/system/system.ts";
import { openSystem } from "../helpers/open-system.ts";

interface Options extends Partial<HttpAppDeps> {
  /** Exchanges parts of the system, so that they take long. */
  readonly exchange?: (system: System) => Partial<System>;
}

/** All routes as this machine sees them without a token, on an empty system; not listening, closed with its test. */
export async function buildTestApp({ exchange, ...overrides }: Options = {}) {
  const { system, bus } = await openSystem();
  const log = pino({ level: "silent" });
  const built = await buildHttpApp({
    system: { ...system, ...exchange?.(system) },
    events: createEventStream({ bus, system, log }),
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
  onTestFinished(() => built.app.close());
  return built;
}
