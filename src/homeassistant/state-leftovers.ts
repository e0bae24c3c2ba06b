import type { Log } from "../domain/log.ts";
import type { InMessage, MqttLink } from "../mqtt/link/port.ts";
import type { Topics } from "../mqtt/topics.ts";
import type { Store } from "../store/port.ts";

export interface StateLeftoversDeps {
  readonly link: Pick<MqttLink, "publish" | "subscribe">;
  readonly store: Pick<Store, "personStates" | "cameraStates" | "thumbnail">;
  readonly topics: Topics;
  readonly log: Pick<Log, "info" | "error">;
}

/** A person or camera as it is kept; undefined: there is none with this id. */
type Find = (id: string) => Promise<{ readonly faceId: number | null } | undefined>;

/**
 * Clears retained states and pictures of people and cameras that do not exist (any more): somebody was deleted while
 * the broker was away, or the data folder is another one. A picture that an earlier run left goes too when there is none
 * to show now: whose face it was may have been erased. The broker tells them when one subscribes. Answers how to stop.
 */
export function watchStateLeftovers({ link, store, topics, log }: StateLeftoversDeps): () => void {
  const findPerson: Find = async (id) => (await store.personStates([id]))[0];
  const findCamera: Find = async (id) => (await store.cameraStates()).find(({ cameraId }) => cameraId === id);
  const watched = [
    { topic: topics.personState, find: findPerson, isPicture: false },
    { topic: topics.personImage, find: findPerson, isPicture: true },
    { topic: topics.cameraState, find: findCamera, isPicture: false },
    { topic: topics.cameraImage, find: findCamera, isPicture: true },
  ];

  const hasPicture = async (faceId: number | null): Promise<boolean> =>
    faceId !== null && (await store.thumbnail(faceId)) !== null;

  const stops = watched.map(({ topic, find, isPicture }) => {
    const filter = topic("+");
    const place = filter.split("/").indexOf("+");
    /** Ids whose pictures are of this run: those stay until there is another. */
    const known = new Set<string>();

    async function look(message: InMessage): Promise<void> {
      const id = message.topic.split("/")[place] ?? "";
      if (message.topic !== topic(id)) return;
      const found = await find(id);
      const isFirst = !known.has(id);
      known.add(id);
      if (found && !(isPicture && isFirst && !(await hasPicture(found.faceId)))) return;
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
