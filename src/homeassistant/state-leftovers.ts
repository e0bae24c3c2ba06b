import type { InMessage, MqttLink } from "../mqtt/port.ts";
import type { Topics } from "../mqtt/topics.ts";
import type { Store } from "../store/port.ts";

export interface StateLeftoversDeps {
  readonly link: Pick<MqttLink, "publish" | "subscribe">;
  readonly store: Pick<Store, "personStates" | "cameraStates">;
  readonly topics: Topics;
  readonly log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

/**
 * Clears retained states and pictures of people and cameras that do not exist (any more): somebody was deleted while
 * the broker was away, or the data folder is another one. The broker tells them when one subscribes. Answers how to stop.
 */
export function watchStateLeftovers({ link, store, topics, log }: StateLeftoversDeps): () => void {
  const isPerson = async (id: string) => (await store.personStates([id])).length > 0;
  const isCamera = async (id: string) => (await store.cameraStates()).some(({ cameraId }) => cameraId === id);
  const watched = [
    { topic: topics.personState, exists: isPerson },
    { topic: topics.personImage, exists: isPerson },
    { topic: topics.cameraState, exists: isCamera },
    { topic: topics.cameraImage, exists: isCamera },
  ];

  const stops = watched.map(({ topic, exists }) => {
    const filter = topic("+");
    const place = filter.split("/").indexOf("+");

    async function look(message: InMessage): Promise<void> {
      const id = message.topic.split("/")[place] ?? "";
      if (message.topic !== topic(id) || (await exists(id))) return;
      link.publish({ topic: message.topic, payload: "", retain: true, qos: 1 });
      log.info({ topic: message.topic }, "a retained message of somebody who is gone was cleared");
    }

    return link.subscribe(filter, (message) => {
      if (!message.retain || message.payload.length === 0) return;
      look(message).catch((error: unknown) => log.error({ err: error }, "a retained message could not be looked at"));
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}
