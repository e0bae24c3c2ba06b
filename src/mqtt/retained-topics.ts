import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { InMessage, MqttLink } from "./link/port.ts";
import { ONLINE, type Topics } from "./topics.ts";

export interface RetainedTopicsDeps {
  readonly link: Pick<MqttLink, "publishRetained" | "subscribe">;
  readonly topics: Topics;
  readonly bus: Bus;
  readonly log: Pick<Log, "info">;
}

/**
 * The only owner of retained topics. It holds the payload of each one that is published, so that a broker that has lost
 * them gets them again, and so that a retained message that it does not hold is known to be stale.
 */
export interface RetainedTopics {
  /** Publishes `online` and everything held at each connection; to be called before the first one. */
  start(): void;
  stop(): void;
  /** Publishes now, or as soon as there is a connection. */
  publish(topic: string, payload: string | Uint8Array): void;
  /** Publishes unless the topic holds this payload already. */
  publishIfChanged(topic: string, payload: string): void;
  /** Removes the retained message. If the broker is away, it is removed at the next connection. */
  clear(topic: string): void;
  /** Whether a message was published on the topic and not cleared since. */
  holds(topic: string): boolean;
  /** Publishes everything held on topics that start with `root` once more. */
  republish(root: string): void;
  /**
   * From now on clears each retained message on `filters` that the topic's owner does not hold: those of an earlier
   * run, and what a broker brings back after it was away. `isOurs` spares those of others. Returns how to stop.
   */
  clearStale(filters: readonly string[], isOurs?: (message: InMessage) => boolean): () => void;
}

export function createRetainedTopics({ link, topics, bus, log }: RetainedTopicsDeps): RetainedTopics {
  /** By topic; an empty payload until the broker has acknowledged that the topic is clear. */
  const held = new Map<string, string | Uint8Array>([[topics.bridgeState, ONLINE]]);
  let stop: (() => void) | null = null;

  function send(topic: string, payload: string | Uint8Array): void {
    link.publishRetained(topic, payload, () => {
      if (payload.length === 0 && held.get(topic) === payload) held.delete(topic);
    });
  }

  function publish(topic: string, payload: string | Uint8Array): void {
    held.set(topic, payload);
    send(topic, payload);
  }

  const clear = (topic: string): void => publish(topic, "");
  const holds = (topic: string): boolean => (held.get(topic)?.length ?? 0) > 0;

  function republish(root: string): void {
    for (const [topic, payload] of held) if (topic.startsWith(root)) send(topic, payload);
  }

  return {
    start() {
      stop = bus.on("connected", () => republish(""));
    },
    stop() {
      stop?.();
    },
    publish,
    publishIfChanged(topic, payload) {
      if (held.get(topic) !== payload) publish(topic, payload);
    },
    clear,
    holds,
    republish,
    clearStale(filters, isOurs = () => true) {
      const stops = filters.map((filter) =>
        link.subscribe(filter, (message) => {
          const { topic, payload, retain } = message;
          if (!retain || payload.length === 0 || holds(topic) || !isOurs(message)) return;
          clear(topic);
          log.info({ topic }, "a stale retained message was cleared");
        }),
      );
      return () => {
        for (const end of stops) end();
      };
    },
  };
}
