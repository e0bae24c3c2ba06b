import type { Log } from "../domain/log.ts";
import type { MqttLink } from "../mqtt/link/port.ts";
import type { RetainedTopics } from "../mqtt/retained-topics.ts";
import { createTopics, type Topics } from "../mqtt/topics.ts";
import type { Store } from "../store/port.ts";
import { configFilters, toOwnConfig } from "./config-topics.ts";

export interface FormerTopicRootsDeps {
  readonly link: Pick<MqttLink, "subscribe">;
  readonly retained: Pick<RetainedTopics, "clearStale">;
  readonly store: Pick<Store, "rememberTopicRoots">;
  readonly topics: Topics;
  readonly discoveryPrefix: string;
  readonly instance: string;
  readonly log: Pick<Log, "error">;
}

/**
 * Clears what is retained under a base topic or discovery prefix of an earlier configuration: no image of a person stays
 * where it would never be removed. A former base topic belongs to another daemon as soon as that one's `bridge/info` is
 * there; then nothing under it is touched. Returns how to stop.
 */
export function clearFormerTopicRoots(deps: FormerTopicRootsDeps): () => void {
  const { link, retained, store, topics, discoveryPrefix, instance, log } = deps;
  const stops: (() => void)[] = [];
  let stopped = false;

  function clearBase(base: string): void {
    const former = createTopics(base);
    let isOurs = false;
    const stop = link.subscribe(former.bridgeInfo, ({ payload }) => {
      if (isOurs || readInstance(payload) !== instance) return;
      isOurs = true;
      stops.push(retained.clearStale(former.retainedFilters));
    });
    stops.push(stop);
  }

  async function start(): Promise<void> {
    const former = await store.rememberTopicRoots({ baseTopic: topics.base, discoveryPrefix });
    if (stopped) return;
    const bases = new Set(former.map((one) => one.baseTopic));
    const prefixes = new Set(former.map((one) => one.discoveryPrefix));
    bases.delete(topics.base);
    prefixes.delete(discoveryPrefix);
    for (const base of bases) clearBase(base);
    for (const prefix of prefixes) {
      const isOwn = ({ topic }: { topic: string }): boolean => toOwnConfig(topic, prefix, instance) !== null;
      stops.push(retained.clearStale(configFilters(prefix), isOwn));
    }
  }

  start().catch((error: unknown) => log.error({ err: error }, "former topic roots could not be read"));
  return () => {
    stopped = true;
    for (const stop of stops.splice(0)) stop();
  };
}

/** The instance in a `bridge/info`; null if the payload is something else. */
function readInstance(payload: Uint8Array): unknown {
  try {
    return (JSON.parse(Buffer.from(payload).toString("utf8")) as { instance?: unknown } | null)?.instance ?? null;
  } catch {
    return null;
  }
}
