import { resolve } from "node:path";
import type { Logger } from "pino";
import { createClusterer } from "./cluster/clusterer.ts";
import type { LoadedConfig } from "./config/load.ts";
import { toConfiguredSettings } from "./config/settings.ts";
import { type Clock, systemClock } from "./domain/clock.ts";
import { createBus } from "./domain/events.ts";
import { createDiscover } from "./flow/discover.ts";
import { createIngest } from "./flow/ingest.ts";
import { logFlows } from "./flow/log.ts";
import { createPeople } from "./flow/people.ts";
import { openPurge } from "./flow/purge.ts";
import { createSchedule } from "./flow/schedule.ts";
import { openSettings } from "./flow/settings.ts";
import { createThumbnails } from "./flow/thumbnails.ts";
import { watchLateFaces } from "./flow/watch/late-faces.ts";
import { createProblems } from "./flow/watch/problems.ts";
import { watchRefusals } from "./flow/watch/refusals.ts";
import { createFrames } from "./frames/locate.ts";
import { makeThumbnail } from "./frames/thumbnail.ts";
import { createAnnouncer } from "./homeassistant/announcer.ts";
import { createDoubleTake } from "./homeassistant/double-take.ts";
import { checkBinding } from "./http/binding.ts";
import { createServer } from "./http/server.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { createHandlers } from "./mqtt/handlers.ts";
import { createLink } from "./mqtt/link/create-link.ts";
import { checkEmbeddedBinding } from "./mqtt/link/embedded.ts";
import type { MqttLink } from "./mqtt/link/port.ts";
import { createPublisher } from "./mqtt/publisher.ts";
import { createStates } from "./mqtt/states.ts";
import { createTopics } from "./mqtt/topics.ts";
import { createAnswer } from "./operations/answer.ts";
import { createRequests } from "./operations/create.ts";
import { createReadActivity } from "./operations/reads/activity.ts";
import { createFindCandidates } from "./operations/reads/candidates.ts";
import { createReadStats } from "./operations/reads/figures.ts";
import { createSimilar } from "./operations/reads/similar.ts";
import { createStudyThreshold } from "./operations/reads/threshold.ts";
import { createReadStatus } from "./operations/status.ts";
import { NO_EXTRAS, toRegistryText } from "./registry/format/format.ts";
import { createRegistryFile } from "./registry/registry-file.ts";
import { lockDataFolder } from "./store/file/lock.ts";
import { openStore } from "./store/sqlite.ts";
import { toEncoding } from "./wire/in/fields.ts";

export interface AppOptions {
  readonly version: string;
  readonly log: Logger;
  /** For tests. */
  readonly clock?: Clock;
}

export interface App {
  /** @throws {StartRefused} when it must not run: an unsafe binding, another daemon on the same data. */
  start(): Promise<void>;
  /** Ends what was started, last first; what is under way finishes. */
  stop(): Promise<void>;
}

const UI_FOLDER = resolve(import.meta.dirname, "../ui/dist");

/** Puts all parts together. Nothing happens before `start`. */
export function createApp({ config, sources, warnings }: LoadedConfig, options: AppOptions): App {
  const { version, log, clock = systemClock } = options;
  const ends: (() => void | Promise<void>)[] = [];
  const startedAt = clock.now();

  async function start(): Promise<void> {
    checkBinding(config.http);
    if (config.mqtt.url === null) checkEmbeddedBinding(config.mqtt.embedded);
    for (const warning of warnings) log.warn(warning);

    const folder = resolve(config.dataDir);
    const lock = lockDataFolder(folder);
    ends.push(() => lock.release());
    const bus = createBus((err, name) => log.error({ err, event: name }, "a listener failed"));
    const problems = createProblems(bus);
    logFlows({ bus, clock, log });
    const tellProblem = (source: string) => (message: string | null) => bus.emit("problem", { source, message });
    const store = await openStore({ folder, clock, log, onProblem: tellProblem("database") });
    ends.push(() => store.close());
    const settings = await openSettings({
      store,
      configured: toConfiguredSettings(config, sources),
      bus,
      audit: (change) => log.info(change, "a setting was changed"),
    });
    const current = settings.current;

    // people, and the registry file that others read and write
    const people = createPeople({
      store,
      writeRegistry: () => registryFile.write(),
      dropRejected: () => registryFile.dropRejected(),
      bus,
    });
    const registryFile = createRegistryFile({
      folder,
      store,
      clock,
      log,
      applyEdit: people.applyEdit,
      onProblem: tellProblem("registry"),
    });
    await people.reload();
    await registryFile.start();
    await store.leaveNoByte();
    ends.push(() => registryFile.stop());

    // every face
    const frames = createFrames(config.storage.framesDir);
    const ingest = createIngest({
      store,
      people,
      settings: current,
      rules: {
        ...config.recognition,
        thumbnails: config.storage.thumbnails,
        frames: config.storage.framesDir !== null,
      },
      bus,
      clock,
    });
    const thumbnails = createThumbnails({ store, readFrame: frames.read, makeThumbnail, bus, log });
    ends.push(watchLateFaces(bus), watchRefusals(bus, clock));

    // discovery
    const clusterer = createClusterer();
    const discover = createDiscover({ store, clusterer, settings: current, rules: config.discovery, bus, clock });
    await discover.restore();
    ends.push(async () => {
      await discover.cancel();
    });
    const schedule = createSchedule({ settings: current, discover: () => discover.start(), bus });
    const purge = await openPurge({
      store,
      frames,
      reloadPeople: people.reload,
      settings: current,
      bus,
      clock,
      log,
    });

    // what is told and asked
    const topics = createTopics(config.mqtt.baseTopic, config.ingest.topics);
    const readStats = createReadStats({ store, ingest, discovery: discover.current, problems, bus, clock });
    const similar = createSimilar({ store, people, settings: current, cannotLink: config.discovery.cannotLink });
    const handlers = createHandlers({
      topics,
      ingest,
      rules: { dimension: config.ingest.dimension, maxBytes: config.ingest.maxPayloadBytes },
      answer: (command, payload) => answer(command, payload),
      publish: (message) => link.publish(message),
      clock,
    });
    const link: MqttLink = createLink({
      config,
      topics,
      instance: store.instance,
      handlers: {
        ...handlers,
        connected() {
          log.info({ broker: link.description }, "connected");
          announcer.announceAll();
        },
        disconnected: (reason) => log.warn({ broker: link.description, reason }, "disconnected"),
        problem: tellProblem("broker"),
      },
      clock,
      log,
    });
    const status = createReadStatus({
      version,
      instance: store.instance,
      startedAt,
      link,
      ingest,
      readStats,
      discover,
      schedule,
      purge,
      settings: current,
      problems,
      clock,
    });
    const requests = createRequests({
      store,
      discover,
      people,
      similar,
      purge,
      settings,
      status: status.read,
      health: status.health,
      findCandidates: createFindCandidates({ store, people }),
      studyThreshold: createStudyThreshold({ store, people, clusterer, settings: current, rules: config.discovery }),
      cannotLink: config.discovery.cannotLink,
      exportPerson: async (personId) =>
        JSON.parse(
          toRegistryText(
            (await store.registry()).filter((one) => one.personId === personId),
            NO_EXTRAS,
          ),
        ),
      readFrame: frames.read,
      readActivity: createReadActivity({ store, people, settings: current }),
      cooldownSeconds: config.recognition.cooldownSeconds,
      clock,
      toEncoding: (values) => toEncoding(values, config.ingest.dimension),
      announce: async () => {
        announcer.announceAll();
        return config.homeassistant.enabled;
      },
    });
    const answer = createAnswer({ requests, log });

    const { presenceSeconds } = config.recognition;
    const states = createStates({ link, topics, store, presenceSeconds, bus, clock, log });
    const publisher = createPublisher({
      link,
      topics,
      bus,
      clock,
      version,
      instance: store.instance,
      settings: current,
      discovery: discover.current,
      stats: status.stats,
      log,
    });
    const announcer = createAnnouncer({
      link,
      store,
      bus,
      topics,
      config: { ...config.homeassistant, publicUrl: config.http.publicUrl, schedule: config.discovery.schedule },
      instance: store.instance,
      version,
      clock,
      random: Math.random,
      log,
      republishStates: () => {
        publisher.republish();
        void states.republish();
      },
    });
    await link.start();
    ends.push(() => link.stop());
    announcer.start();
    ends.push(announcer.stop);
    if (config.homeassistant.doubleTakeTopics) {
      const doubleTake = createDoubleTake({ link, bus });
      doubleTake.start();
      ends.push(doubleTake.stop);
    }
    publisher.start();
    ends.push(publisher.stop);
    await states.start();
    ends.push(states.stop);

    const metrics = createMetrics({
      bus,
      sources: {
        queue: () => ingest.queued,
        brokerConnected: () => link.state === "connected",
        droppedPublishes: () => link.dropped,
        stats: status.stats,
      },
    });
    ends.push(metrics.stop);
    const server = createServer({ requests, bus, metrics, config: config.http, version, uiFolder: UI_FOLDER, log });
    const { url } = await server.start();
    ends.push(() => server.stop());
    thumbnails.start();
    ends.push(() => thumbnails.stop());
    schedule.start();
    ends.push(schedule.stop);
    purge.start();
    ends.push(purge.stop);
    log.info({ panel: config.http.publicUrl ?? url, broker: link.description }, "ready");
  }

  return {
    start,
    async stop() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}
