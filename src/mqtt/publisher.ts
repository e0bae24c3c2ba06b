import type { Clock } from "../domain/clock.ts";
import type { Discovery } from "../domain/cluster.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { RecognitionEvent } from "../domain/recognition.ts";
import type { Settings } from "../domain/settings.ts";
import type { StatsJson } from "../wire/out/schemas.ts";
import { toDiscoveryJson, toEventJson, toRefusalJson } from "../wire/out/views.ts";
import type { MqttLink } from "./link/port.ts";
import type { Topics } from "./topics.ts";

const STATS_EVERY_MS = 1_000;

export interface PublisherDeps {
  readonly link: Pick<MqttLink, "publish">;
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

/** Tells the world over MQTT what happened: events, refusals, discovery, figures, settings. */
export interface Publisher {
  /** Publishes every retained topic of the bridge and follows what happens from now on. */
  start(): void;
  stop(): void;
  /** The retained topics of the bridge, again. */
  republish(): void;
}

export function createPublisher(deps: PublisherDeps): Publisher {
  const { link, topics, bus, clock, settings, discovery, stats, log } = deps;
  const unsubscribe: (() => void)[] = [];
  let cancelStats: (() => void) | null = null;
  let statsAtMs = Number.NEGATIVE_INFINITY;

  const send = (topic: string, data: object, retain: boolean, qos: 0 | 1 = 1): void =>
    link.publish({ topic, payload: JSON.stringify(data), retain, qos });

  function tellEvent(event: RecognitionEvent): void {
    const payload = JSON.stringify(toEventJson(event));
    const tell = (topic: string): void => link.publish({ topic, payload, retain: false, qos: 1 });
    tell(topics.event);
    tell(topics.cameraEvent(event.cameraId));
    // A device trigger hangs on this topic: nothing late may reach it.
    if (event.who && !event.delayed) tell(topics.personEvent(event.who.personId));
  }

  function tellInfo(): void {
    const now = settings();
    send(
      topics.bridgeInfo,
      {
        version: deps.version,
        instance: deps.instance,
        settings: {
          recognition: { threshold: now["recognition.threshold"], margin: now["recognition.margin"] },
          discovery: { threshold: now["discovery.threshold"], schedule: now["discovery.schedule"] },
          storage: { retention_days: now["storage.retention_days"] },
        },
      },
      true,
    );
  }

  function statsSoon(): void {
    if (cancelStats) return;
    const waitMs = Math.max(0, statsAtMs + STATS_EVERY_MS - clock.monotonicMs());
    cancelStats = clock.after(waitMs, () => {
      cancelStats = null;
      statsAtMs = clock.monotonicMs();
      stats()
        .then((figures) => send(topics.bridgeStats, figures, true))
        .catch((error: unknown) => log.error({ err: error }, "figures could not be read"));
    });
  }

  const tellDiscovery = (state: Discovery): void => send(topics.bridgeDiscovery, toDiscoveryJson(state), true);

  function republish(): void {
    tellInfo();
    tellDiscovery(discovery());
    statsSoon();
  }

  return {
    start() {
      unsubscribe.push(
        bus.on("recognition", ({ event }) => tellEvent(event)),
        bus.on("refused", (refusal) => {
          send(topics.bridgeRejected, toRefusalJson(refusal), false, 0);
          statsSoon();
        }),
        bus.on("discovery", (state) => {
          tellDiscovery(state);
          statsSoon();
        }),
        bus.on("settings", tellInfo),
      );
      for (const name of ["face", "people", "clusters", "erased", "problem"] as const) {
        unsubscribe.push(bus.on(name, statsSoon));
      }
      republish();
    },
    stop() {
      for (const stop of unsubscribe.splice(0)) stop();
      cancelStats?.();
    },
    republish,
  };
}
