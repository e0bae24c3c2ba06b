import type { Discovery } from "../domain/cluster.ts";
import type { Bus } from "../domain/events.ts";
import type { RecognitionEvent } from "../domain/recognition.ts";
import type { Settings } from "../domain/settings.ts";
import { toDiscoveryJson } from "../wire/out/clusters/clusters.ts";
import { toEventJson, toRejectionJson, toTestEventJson } from "../wire/out/events.ts";
import { toSettingsJson } from "../wire/out/system/settings.ts";
import { toStatsJson } from "../wire/out/system/status.ts";
import type { MqttLink } from "./link/port.ts";
import type { RetainedTopics } from "./retained-topics.ts";
import type { Topics } from "./topics.ts";

export interface BridgePublisherDeps {
  readonly link: Pick<MqttLink, "publish">;
  readonly retained: Pick<RetainedTopics, "publish">;
  readonly topics: Topics;
  readonly bus: Bus;
  readonly version: string;
  readonly instance: string;
  readonly settings: () => Settings;
  readonly discovery: () => Discovery;
}

/** Publishes events and rejected messages, and the retained topics of the bridge: info, stats and discovery. */
export interface BridgePublisher {
  start(): void;
  stop(): void;
}

export function createBridgePublisher(deps: BridgePublisherDeps): BridgePublisher {
  const { link, retained, topics, bus, settings, discovery } = deps;
  const stops: (() => void)[] = [];

  function publishEvent(event: RecognitionEvent): void {
    const payload = Buffer.from(JSON.stringify(toEventJson(event)));
    link.publish({ topic: topics.event, payload });
    link.publish({ topic: topics.cameraEvent(event.cameraId), payload });
    // A device trigger listens to this topic: nothing late may reach it.
    if (event.who && !event.delayed) link.publish({ topic: topics.personEvent(event.who.personId), payload });
  }

  const retain = (topic: string, data: object): void => retained.publish(topic, JSON.stringify(data));

  function publishInfo(): void {
    const { version, instance } = deps;
    retain(topics.bridgeInfo, { version, instance, settings: toSettingsJson(settings()) });
  }

  function publishDiscovery(state: Discovery): void {
    retain(topics.bridgeDiscovery, toDiscoveryJson(state));
  }

  return {
    start() {
      stops.push(
        bus.on("recognition", ({ event }) => publishEvent(event)),
        // Not on the topics of cameras, which Home Assistant has devices for.
        bus.on("tested", ({ event }) =>
          link.publish({ topic: topics.event, payload: JSON.stringify(toTestEventJson(event)) }),
        ),
        bus.on("rejected", (rejection) =>
          link.publish({ topic: topics.bridgeRejected, payload: JSON.stringify(toRejectionJson(rejection)), qos: 0 }),
        ),
        bus.on("discovery", publishDiscovery),
        bus.on("stats", (stats) => retain(topics.bridgeStats, toStatsJson(stats))),
        bus.on("settings", publishInfo),
      );
      publishInfo();
      publishDiscovery(discovery());
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}
