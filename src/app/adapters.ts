import { resolve } from "node:path";
import { TEST_CAMERA } from "../domain/health/test-face.ts";
import { watchStats } from "../flow/watch/stats.ts";
import { createTestFaces } from "../flow/watch/test-face.ts";
import { createAnnouncer } from "../homeassistant/announcer.ts";
import { publishDoubleTake } from "../homeassistant/double-take.ts";
import { createServer } from "../http/server.ts";
import { createMetrics } from "../metrics/metrics.ts";
import { createBridgePublisher } from "../mqtt/bridge-publisher.ts";
import { createHandlers } from "../mqtt/handlers.ts";
import { createLink } from "../mqtt/link/create-link.ts";
import { createPortraits } from "../mqtt/portraits.ts";
import { createRetainedTopics } from "../mqtt/retained-topics.ts";
import { createStates } from "../mqtt/states.ts";
import { createStrangerTopics } from "../mqtt/stranger-topics.ts";
import { createTopics } from "../mqtt/topics.ts";
import { createAnswer } from "../operations/answer-command.ts";
import { HOME_ROLE_COMMANDS } from "../operations/table.ts";
import { toModel } from "../wire/in/fields.ts";
import type { Flows } from "./flows.ts";
import { buildSystem } from "./operations.ts";
import { createSources } from "./sources.ts";

const UI_FOLDER = resolve(import.meta.dirname, "../../ui/dist");

/** How to reach what has started, for the log. */
export interface Addresses {
  readonly panel: string;
  /** Without credentials. */
  readonly broker: string;
}

/** MQTT, Home Assistant, metrics and HTTP: they listen to the flows and ask the operations. */
export async function startAdapters(flows: Flows): Promise<Addresses> {
  const { context, storage, faces, pictures, discovery } = flows;
  const { config, version, clock, bus, log, onStop } = context;
  const { store, settings } = storage;

  const topics = createTopics(config.mqtt.baseTopic, config.ingest.topics, config.snapshots.topics);
  const link = createLink({
    config,
    topics,
    instance: store.instance,
    homeCommands: HOME_ROLE_COMMANDS,
    bus,
    clock,
    log,
  });
  const retained = createRetainedTopics({ link, topics, bus, log });
  const { presenceSeconds } = config.recognition;
  const states = createStates({ retained, topics, store, presenceSeconds, bus, clock, log });
  const portraits = createPortraits({ retained, topics, store, bus, clock, log });
  const strangerTopics = createStrangerTopics({ retained, topics, store, bus, clock, log });
  const publisher = createBridgePublisher({
    link,
    retained,
    topics,
    bus,
    version,
    instance: store.instance,
    settings: settings.current,
    discovery: discovery.discover.current,
  });
  const announcer = createAnnouncer({
    link,
    retained,
    store,
    bus,
    system: {
      instance: store.instance,
      version,
      topics,
      publicUrl: config.http.publicUrl,
      schedule: config.discovery.schedule,
    },
    config: config.homeassistant,
    clock,
    random: Math.random,
    log,
  });
  const sources = pictures && createSources({ context, storage, pictures, link });
  const testFaces = createTestFaces({
    store,
    gallery: storage.people.gallery,
    model: toModel(config.ingest.model, context.models),
    settings: settings.current,
    publish: (payload) => link.publishFromOutside({ topic: topics.embedding(TEST_CAMERA), payload }),
    bus,
    clock,
  });
  const system = buildSystem(flows, { link, topics, testFaces, sources, announce: announcer.announceAll });
  const handlers = createHandlers({
    topics,
    ingest: faces.ingest,
    tests: testFaces,
    rules: { models: context.models, defaultModel: config.ingest.model, maxBytes: config.ingest.maxPayloadBytes },
    pictures: pictures && { take: pictures.take, maxBytes: config.snapshots.maxPictureBytes },
    answer: createAnswer({ system, log }),
    publish: link.publish,
    clock,
  });
  // Before the link connects, so that nothing is published by halves at the first connection.
  onStop(link.stop);
  retained.start();
  onStop(retained.stop);
  announcer.start();
  onStop(announcer.stop);
  if (config.homeassistant.doubleTakeTopics) onStop(publishDoubleTake({ link, bus }));
  publisher.start();
  onStop(publisher.stop);
  onStop(watchStats({ bus, clock, read: system.stats, log }));
  await states.start();
  onStop(states.stop);
  await portraits.start();
  onStop(portraits.stop);
  await strangerTopics.start();
  onStop(strangerTopics.stop);
  await link.start(handlers);
  await sources?.start();

  const metrics = createMetrics({
    bus,
    sources: {
      queue: () => faces.ingest.queued,
      brokerConnected: () => link.state === "connected",
      pictures: () => pictures?.state() ?? null,
      droppedPublishes: () => link.dropped,
      problems: context.problems.list,
      counts: async () => (await system.stats()).counts,
    },
  });
  onStop(metrics.stop);
  const server = createServer({ system, bus, metrics, config: config.http, version, uiFolder: UI_FOLDER, log });
  const { url } = await server.start();
  onStop(server.stop);
  return { panel: config.http.publicUrl ?? url, broker: link.description };
}
