import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { ShownStranger } from "../domain/visits/stranger.ts";
import type { Store } from "../store/port.ts";
import { toNewestStrangersJson } from "../wire/out/strangers.ts";
import { createPublication } from "./publication.ts";
import type { RetainedTopics } from "./retained-topics.ts";
import type { Topics } from "./topics.ts";

export interface StrangerTopicsDeps {
  readonly retained: Pick<RetainedTopics, "publish" | "publishIfChanged" | "clear" | "clearStale">;
  readonly topics: Topics;
  readonly store: Pick<Store, "strangers" | "stranger" | "strangerCount" | "thumbnail">;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
}

/** The retained topics of strangers: how many there are with the newest ones, and an image of each. */
export interface StrangerTopics {
  /** Publishes all of them from what is stored, and clears those of strangers who no longer exist. */
  start(): Promise<void>;
  stop(): void;
}

/** Many changes in one moment make one publication. */
const SETTLE_MS = 100;
/** As many as the topic lists. */
const NEWEST = 10;
/** Read at a time. */
const PAGE = 200;

/** Images follow the store: an image goes with the stranger, and when its face goes and no other has a picture. */
export function createStrangerTopics(deps: StrangerTopicsDeps): StrangerTopics {
  const { retained, topics, store, bus, clock, log } = deps;
  /** The face that is shown of each stranger; null: none has a picture yet. */
  const shown = new Map<string, number | null>();
  /** Strangers to look at again; with `all` every one, and those who went are found. */
  const changed = new Set<string>();
  let all = true;
  let stopStale: (() => void) | null = null;
  const stops: (() => void)[] = [];
  const { settle, ...publication } = createPublication({
    publish,
    settleMs: () => SETTLE_MS,
    failure: "strangers could not be published",
    clock,
    log,
  });

  async function publish(): Promise<void> {
    await (all ? publishAll() : publishChanged());
    const newest = (await store.strangers({ limit: NEWEST, cursor: null })).items;
    const json = toNewestStrangersJson(await store.strangerCount(), newest);
    retained.publishIfChanged(topics.bridgeStrangers, JSON.stringify(json));
    // Not before the first publication: until then every image would be taken for a stale one.
    stopStale ??= retained.clearStale([topics.strangerImage("+")]);
  }

  async function publishAll(): Promise<void> {
    all = false;
    changed.clear();
    const existing = new Set<string>();
    for (let cursor: string | null = null; ; ) {
      const { items, nextCursor } = await store.strangers({ limit: PAGE, cursor });
      for (const stranger of items) {
        existing.add(stranger.strangerId);
        await publishImage(stranger);
      }
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    for (const strangerId of shown.keys()) if (!existing.has(strangerId)) clear(strangerId);
  }

  async function publishChanged(): Promise<void> {
    const wanted = [...changed];
    changed.clear();
    for (const strangerId of wanted) {
      const stranger = await store.stranger(strangerId);
      if (stranger) await publishImage(stranger);
      else clear(strangerId);
    }
  }

  async function publishImage({ strangerId, bestFace }: ShownStranger): Promise<void> {
    if (bestFace !== null && shown.get(strangerId) === bestFace) return;
    const jpeg = bestFace === null ? null : await store.thumbnail(bestFace);
    if (jpeg) retained.publish(topics.strangerImage(strangerId), jpeg);
    else if (shown.get(strangerId)) retained.clear(topics.strangerImage(strangerId));
    shown.set(strangerId, jpeg ? bestFace : null);
  }

  function clear(strangerId: string): void {
    if (shown.get(strangerId)) retained.clear(topics.strangerImage(strangerId));
    shown.delete(strangerId);
  }

  function onStranger(strangerId: string | null): void {
    if (strangerId === null) all = true;
    else changed.add(strangerId);
    settle();
  }

  function onThumbnail(): void {
    const without = [...shown].filter(([, face]) => face === null);
    for (const [strangerId] of without) changed.add(strangerId);
    if (without.length > 0) settle();
  }

  return {
    async start() {
      stops.push(
        bus.on("stranger", ({ strangerId }) => onStranger(strangerId)),
        bus.on("thumbnail", onThumbnail),
        bus.on("erased", () => onStranger(null)),
      );
      await publication.publish();
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
      stopStale?.();
      publication.stop();
    },
  };
}
