import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { AppContext } from "../../src/app/context.ts";
import { startDiscoveryFlow } from "../../src/app/discovery-flow.ts";
import { startFaceFlow } from "../../src/app/face-flow.ts";
import { buildSystem, type SystemAdapters } from "../../src/app/operations.ts";
import { startReEncode } from "../../src/app/re-encode.ts";
import { openStorage } from "../../src/app/storage.ts";
import { loadConfig } from "../../src/config/load.ts";
import { type Clock, systemClock } from "../../src/domain/clock.ts";
import { FacesError } from "../../src/domain/errors.ts";
import { createBus } from "../../src/domain/events.ts";
import { buildModels } from "../../src/domain/model.ts";
import type { EmbedPicture } from "../../src/domain/pictures/snapshot.ts";
import { createGaps } from "../../src/flow/watch/gaps.ts";
import { createProblems } from "../../src/flow/watch/problems.ts";
import { createTopics } from "../../src/mqtt/topics.ts";

export interface SystemOptions {
  /** By environment variable without its prefix: `{ DISCOVERY_CANNOT_LINK: "true" }`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** What looks at pictures, without models. */
  readonly embed?: EmbedPicture;
}

export type TestSystem = Awaited<ReturnType<typeof launchSystem>>;

/**
 * The system as operations see it, built as the daemon builds it on a store and a registry file in a folder of its own;
 * without the ways in. To be stopped by the caller.
 */
export async function launchSystem({ env = {}, clock = systemClock, embed }: SystemOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-test-"));
  // Faces of a test are discovered when it says so.
  const environment = { DATA_DIR: join(folder, "data"), DISCOVERY_FIRST_RUN: "0", ...env };
  const { config, sources } = loadConfig({
    file: null,
    environment: Object.fromEntries(Object.entries(environment).map(([key, value]) => [`FACES2MQTT_${key}`, value])),
  });
  const bus = createBus((error) => {
    throw error;
  });
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const context: AppContext = {
    config,
    models: buildModels(config.models),
    version: "1.2.3",
    startedAt: clock.now(),
    clock,
    bus,
    problems: createProblems(bus, clock),
    gaps: createGaps(bus, clock),
    supervisor: null,
    log: pino({ level: "silent" }),
    onStop: (end) => ends.push(end),
  };
  const storage = await openStorage(context, sources);
  const faces = await startFaceFlow(context, storage);
  const discovery = await startDiscoveryFlow(context, storage);
  const reEncode = startReEncode(context, storage, faces, embed);
  /** What the system sees of the broker; to be changed by tests. */
  const broker: SystemAdapters["link"] & { state: "connected" | "stopped" } = {
    state: "connected",
    description: "embedded",
    url: "mqtt://127.0.0.1:1883",
    dropped: 0,
    attempts: { failures: 0, lastError: null, nextAt: null },
    retryNow: () => undefined,
  };
  let announced = 0;
  const system = buildSystem(
    { context, storage, faces, pictures: null, discovery, reEncode },
    {
      link: broker,
      topics: createTopics("faces2mqtt"),
      testFaces: {
        send: async () => {
          throw new FacesError("BROKER_UNREACHABLE", "there is no broker here");
        },
      },
      sources: { fetchNow: async () => ({ snapshotId: "0123456789abcdef", outcome: "queued" }) },
      announce: () => {
        announced++;
      },
    },
  );
  return {
    system,
    bus,
    broker,
    store: storage.store,
    people: storage.people,
    announced: () => announced,
    async stop() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

/** Like {@link launchSystem}, stopped with its test. */
export async function openSystem(options: SystemOptions = {}): Promise<TestSystem> {
  const running = await launchSystem(options);
  onTestFinished(running.stop);
  return running;
}
