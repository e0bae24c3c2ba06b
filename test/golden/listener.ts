import { setTimeout as sleep } from "node:timers/promises";
import { connectClient, type SeenMessage } from "../helpers/mqtt-client.ts";

const FILTERS = ["faces2mqtt/#", "homeassistant/#", "double-take/#"];
/** Longer than any throttle. */
const QUIET_MS = 3_000;
const LOOK_EVERY_MS = 500;
const MOST_MS = 60_000;

/** JSON where it is, `""` where nothing is, bytes where it is a picture. */
function toPayload({ payload, text }: SeenMessage): unknown {
  if (payload.length === 0) return "";
  try {
    return JSON.parse(text);
  } catch {
    return payload;
  }
}

/** All retained messages by topic, once they have stopped changing. */
export async function readRetained(url: string): Promise<Record<string, unknown>> {
  const client = await connectClient(url);
  await client.subscribe(...FILTERS);
  const startMs = Date.now();
  for (let count = -1, sinceMs = startMs; ; await sleep(LOOK_EVERY_MS)) {
    const nowMs = Date.now();
    if (client.seen.length !== count) sinceMs = nowMs;
    count = client.seen.length;
    if (nowMs - sinceMs >= QUIET_MS) break;
    if (nowMs - startMs > MOST_MS) throw new Error("retained messages did not stop changing");
  }
  await client.close();
  // What was retained may arrive after a newer message that was published while this client subscribed.
  const inOrder = client.seen.filter(isState).toSorted((one, other) => Number(other.retain) - Number(one.retain));
  const last = new Map(inOrder.map((message) => [message.topic, message]));
  return Object.fromEntries(
    [...last].filter(([, { payload }]) => payload.length > 0).map(([topic, message]) => [topic, toPayload(message)]),
  );
}

/** Events and rejections, by topic, in the order they came. */
export function toEvents(seen: readonly SeenMessage[]): Record<string, unknown[]> {
  const events: Record<string, unknown[]> = {};
  for (const message of seen.filter((one) => isEvent(one.topic))) {
    events[message.topic] ??= [];
    events[message.topic]?.push(toPayload(message));
  }
  return events;
}

const isEvent = (topic: string): boolean =>
  /^faces2mqtt\/(.+\/)?event$/.test(topic) ||
  topic === "faces2mqtt/bridge/rejected" ||
  topic.startsWith("double-take/");

const isState = ({ topic }: SeenMessage): boolean =>
  !isEvent(topic) && !/^faces2mqtt\/(embedding|bridge\/(request|response))\//.test(topic);
