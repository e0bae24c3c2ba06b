import type { Logger } from "pino";
import { type Addresses, startAdapters } from "./app/adapters.ts";
import type { AppContext } from "./app/context.ts";
import { startDiscoveryFlow } from "./app/discovery-flow.ts";
import { startFaceFlow } from "./app/face-flow.ts";
import { startPictures } from "./app/pictures.ts";
import { startReEncode } from "./app/re-encode.ts";
import { openStorage } from "./app/storage.ts";
import type { LoadedConfig } from "./config/load.ts";
import { type Clock, systemClock } from "./domain/clock.ts";
import { createBus } from "./domain/events.ts";
import { buildModels } from "./domain/model.ts";
import type { Embedder } from "./domain/pictures/snapshot.ts";
import { logFlows } from "./flow/log.ts";
import { createGaps } from "./flow/watch/gaps.ts";
import { createProblems } from "./flow/watch/problems.ts";
import type { Supervisor } from "./sources/pull/pull.ts";

export { reEncodeFolder } from "./app/re-encode-folder.ts";

export interface AppOptions {
  readonly version: string;
  readonly log: Logger;
  /** For tests. */
  readonly clock?: Clock;
  /** For tests: what looks at pictures, without models. */
  readonly embedder?: Embedder;
  /** Home Assistant's Supervisor, where it has started this process as an app. */
  readonly supervisor?: Supervisor | null;
}

export interface App {
  /** @throws {StartRefused} when it must not run: an unsafe binding, another daemon on the same data. */
  start(): Promise<Addresses>;
  /** Ends what was started, last first; what is under way finishes. */
  stop(): Promise<void>;
}

/** Builds and starts all parts in the order of the two flows. Nothing happens before `start`. */
export function createApp({ config, sources, warnings }: LoadedConfig, options: AppOptions): App {
  const { version, log, clock = systemClock, embedder, supervisor = null } = options;
  const ends: (() => unknown)[] = [];

  return {
    async start() {
      for (const warning of warnings) log.warn(warning);

      const bus = createBus((err, name) => log.error({ err, event: name }, "a listener failed"));
      const context: AppContext = {
        config,
        models: buildModels(config.models),
        version,
        startedAt: clock.now(),
        clock,
        bus,
        problems: createProblems(bus, clock),
        gaps: createGaps(bus, clock),
        supervisor,
        log,
        onStop: (end) => ends.push(end),
      };
      logFlows({ bus, clock, log });
      const storage = await openStorage(context, sources);
      const faces = await startFaceFlow(context, storage);
      const discovery = await startDiscoveryFlow(context, storage);
      const pictures = await startPictures(context, storage, faces, embedder);
      const reEncode = startReEncode(context, storage, faces, pictures?.embed ?? embedder?.embed);
      const addresses = await startAdapters({ context, storage, faces, pictures, discovery, reEncode });
      log.info(addresses, "ready");
      return addresses;
    },

    async stop() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}
