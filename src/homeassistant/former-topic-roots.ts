import type { Log } from "../domain/log.ts";
import type { InMessage, MqttLink } from "../mqtt/link/port.ts";
import { createTopics, type Topics } from "../mqtt/topics.ts";
import type { Store } from "../store/port.ts";
import { configFilters, toOwnConfig } from "./config-topics.ts";

export interface FormerPlacesDeps {
  readonly link: Pick<MqttLink, "publish" | "subscribe">;
  readonly store: Pick<Store, "rememberTopicRoots">;
  readonly topics: Topics;
  readonly discoveryPrefix: string;
  readonly instance: string;
  readonly log: Pick<Log, "info" | "error">;
}

/**
 * Clears what stands retained where it was told before the base topic or the discovery prefix were changed: no picture
 * of anybody stays where nobody would ever take it away. A former base topic is another daemon's as soon as that one
 * says there who it is; then nothing of it is touched. Answers how to stop.
 */
export function watchFormerPlaces(deps: FormerPlacesDeps): () => void {
  const { link, store, topics, discoveryPrefix, instance, log } = deps;
  const stops: (() => void)[] = [];
  let stopped = false;

  function listen(filter: string, isOurs: (message: InMessage) => boolean): void {
    const stop = link.subscribe(filter, (message) => {
      if (!message.retain || message.payload.length === 0 || !isOurs(message)) return;
      link.publish({ topic: message.topic, payload: "", retain: true, qos: 1 });
      log.info({ topic: message.topic }, "a retained message of a former place was cleared");
    });
    stops.push(stop);
  }

  function leaveBase(base: string): void {
    const former = createTopics(base);
    let isKnown = false;
    listen(former.bridgeInfo, ({ payload }) => {
      if (readInstance(payload) !== instance) return false;
      if (!isKnown) for (const filter of retainedBeside(former)) listen(filter, () => true);
      isKnown = true;
      return true;
    });
  }

  async function start(): Promise<void> {
    const former = await store.rememberTopicRoots({ baseTopic: topics.base, discoveryPrefix });
    if (stopped) return;
    const bases = new Set(former.map((one) => one.baseTopic));
    const prefixes = new Set(former.map((one) => one.discoveryPrefix));
    bases.delete(topics.base);
    prefixes.delete(discoveryPrefix);
    for (const base of bases) leaveBase(base);
    for (const prefix of prefixes) {
      for (const filter of configFilters(prefix)) {
        listen(filter, ({ topic }) => toOwnConfig(topic, prefix, instance) !== null);
      }
    }
  }

  start().catch((error: unknown) => log.error({ err: error }, "former places could not be looked at"));
  return () => {
    stopped = true;
    for (const stop of stops.splice(0)) stop();
  };
}

/** Filters of all that is retained under a base topic but `bridge/info`, which says whose it is. */
const retainedBeside = (topics: Topics): readonly string[] => [
  topics.bridgeState,
  topics.bridgeStats,
  topics.bridgeDiscovery,
  topics.personState("+"),
  topics.personImage("+"),
  topics.cameraState("+"),
  topics.cameraImage("+"),
];

/** Who tells `bridge/info`; null where it is something else. */
function readInstance(payload: Uint8Array): unknown {
  try {
    return (JSON.parse(Buffer.from(payload).toString("utf8")) as { instance?: unknown } | null)?.instance ?? null;
  } catch {
    return null;
  }
}
