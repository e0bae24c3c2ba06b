import type { Aedes } from "aedes";
import { matchesFilter } from "../domain/network/topic-filter.ts";

/** Topics whose answer is remembered; past it, all are asked again. */
const MOST_REMEMBERED = 10_000;

/**
 * Who listens at the embedded broker. Answers whether anyone may get what is published at a topic: false is certain, at this
 * moment. Every subscription, of clients and our own, is made and ended by the two methods that are wrapped here, at once.
 */
export function watchSubscriptions(broker: Pick<Aedes, "subscribe" | "unsubscribe">): (topic: string) => boolean {
  // By what delivers: a client that unsubscribes while it goes ends the same subscription twice.
  const filters = new Map<string, Set<unknown>>();
  const answers = new Map<string, boolean>();
  const { subscribe, unsubscribe } = broker;

  broker.subscribe = (filter, deliver, done) => {
    const delivering = filters.get(filter) ?? new Set();
    filters.set(filter, delivering.add(deliver));
    answers.clear();
    subscribe.call(broker, filter, deliver, done);
  };
  broker.unsubscribe = (filter, deliver, done) => {
    const delivering = filters.get(filter);
    delivering?.delete(deliver);
    if (delivering?.size === 0) filters.delete(filter);
    answers.clear();
    unsubscribe.call(broker, filter, deliver, done);
  };

  return (topic) => {
    const known = answers.get(topic);
    if (known !== undefined) return known;
    const listens = [...filters.keys()].some((filter) => matchesFilter(filter, topic));
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    answers.set(topic, listens);
    return listens;
  };
}
