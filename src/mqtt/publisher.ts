import type { Clock } from "../domain/clock.ts";
import type { Discovery } from "../domain/cluster.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { RecognitionEvent } from "../domain/recognition.ts";
import type { Settings } from "../domain/settings.ts";
import type { StatsJson } from "../wire/out/schemas.ts";
import { toDiscoveryJson, toEventJson, toRejectionJson } from "../wire/out/views.ts";
import type { MqttLink } from "./link/port.ts";
import type { RetainedTopics } from "./retained-topics.ts";
import type { Topics } from "./topics.ts";

const STATS_EVERY_MS = 1_000;

export interface PublisherDeps {
  readonly link: Pick<MqttLink, "publish">;
  readonly retained: Pick<RetainedTopics, "publish">;
  readonly topics: Topics;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly version: string;
  readonly instance: string;
  readonly settings: () => Settings;
  readonly discovery: () => Discovery;
  readonly stats: () => Promise<StatsJson>;
  readonly log: Pick<Log, "error">;
}

/** Publishes events and rejected messages, and the retained topics of the bridge: info, stats and discovery. */
export interface Publisher {
  start(): void;
  stop(): void;
}

export function createPublisher(deps: PublisherDeps): Publisher {
  const { link, retained, topics, bus, clock, settings, discovery, stats, log } = deps;
  const stops: (() => void)[] = [];
  let cancelStats: (() => void) | null = null;
  let statsAtMs = Number.NEGATIVE_INFINITY;

  function publishEvent(event: RecognitionEvent): void {
    const payload = JSON.stringify(toEventJson(event));
    link.publish({ topic: topics.event, payload });
    link.publish({ topic: topics.cameraEvent(event.cameraId), payload });
    // A device trigger listens to this topic: nothing late may reach it.
    if (event.who && !event.delayed) link.publish({ topic: topics.personEvent(event.who.personId), payload });
  }

  const retain = (topic: string, data: object): void => retained.publish(topic, JSON.stringify(data));

  function publishInfo(): void {
    const now = settings();
    retain(topics.bridgeInfo, {
      version: deps.version,
      instance: deps.instance,
      settings: {
        recognition: { threshold: now["recognition.threshold"], margin: now["recognition.margin"] },
        discovery: { threshold: now["discovery.threshold"], schedule: now["discovery.schedule"] },
        storage: { retention_days: now["storage.retention_days"] },
      },
    });
  }

  function publishDiscovery(state: Discovery): void {
    retain(topics.bridgeDiscovery, toDiscoveryJson(state));
  }

  /** At most once a second. */
  function publishStatsSoon(): void {
    if (cancelStats) return;
    const waitMs = Math.max(0, statsAtMs + STATS_EVERY_MS - clock.monotonicMs());
    cancelStats = clock.after(waitMs, () => {
      cancelStats = null;
      statsAtMs = clock.monotonicMs();
      stats()
        .then((figures) => retain(topics.bridgeStats, figures))
        .catch((error: unknown) => log.error({ err: error }, "stats could not be read"));
    });
  }

  return {
    start() {
      stops.push(
        bus.on("recognition", ({ event }) => publishEvent(event)),
        bus.on("rejected", (rejection) =>
          link.publish({ topic: topics.bridgeRejected, payload: JSON.stringify(toRejectionJson(rejection)), qos: 0 }),
        ),
        bus.on("discovery", publishDiscovery),
        bus.on("settings", publishInfo),
        ...(["rejected", "discovery", "face", "people", "clusters", "erased", "problem"] as const).map((name) =>
          bus.on(name, publishStatsSoon),
        ),
      );
      publishInfo();
      publishDiscovery(discovery());
      publishStatsSoon();
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
      cancelStats?.();
    },
  };
}
