import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { Store } from "../store/port.ts";
import { createPublication } from "./publication.ts";
import type { RetainedTopics } from "./retained-topics.ts";
import type { Topics } from "./topics.ts";

export interface PortraitsDeps {
  readonly retained: Pick<RetainedTopics, "publish" | "clear" | "clearStale">;
  readonly topics: Topics;
  readonly store: Pick<Store, "face" | "portraits" | "thumbnail">;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
}

/** The retained portraits of people. */
export interface Portraits {
  /** Publishes all, and clears those of people who no longer exist or have none. */
  start(): Promise<void>;
  stop(): void;
}

const SETTLE_MS = 20;

/** Portraits follow every change to people, and the picture that makes a first one. */
export function createPortraits({ retained, topics, store, bus, clock, log }: PortraitsDeps): Portraits {
  const { settle, ...publication } = createPublication({
    publish: publishChanged,
    settleMs: () => SETTLE_MS,
    failure: "portraits could not be published",
    clock,
    log,
  });
  /** The face that each person's portrait shows. */
  const shown = new Map<string, number>();
  /** People of whom no face has a picture yet. */
  const without = new Set<string>();
  /** People who were removed: what was read of them before must not be published any more. */
  const gone = new Set<string>();
  const changed = new Set<string>();
  let allChanged = true;
  const stops: (() => void)[] = [];
  let stopStale: (() => void) | null = null;

  async function publishChanged(): Promise<void> {
    const wanted = allChanged ? undefined : new Set(changed);
    // Before anything is awaited: what changes from here on is for the next publication.
    allChanged = false;
    changed.clear();
    try {
      for (const { personId, faceId } of await store.portraits(wanted)) await publishPortrait(personId, faceId);
    } catch (error) {
      // The next publication makes good for it: a portrait must not stay that is another person's by now.
      if (wanted) for (const personId of wanted) changed.add(personId);
      else allChanged = true;
      throw error;
    }
    // Not before the first publication: until then every portrait would be taken for a stale one.
    stopStale ??= retained.clearStale([topics.portraitFilter]);
  }

  async function publishPortrait(personId: string, faceId: number | null): Promise<void> {
    if (faceId !== null && shown.get(personId) === faceId) return;
    const jpeg = faceId === null ? null : await store.thumbnail(faceId);
    if (gone.has(personId)) return;
    if (faceId === null || !jpeg) {
      clear(personId);
      without.add(personId);
      return;
    }
    shown.set(personId, faceId);
    without.delete(personId);
    retained.publish(topics.personPortrait(personId), jpeg);
  }

  /** A person may be named before the pictures of the faces are ready. */
  async function onThumbnail(faceId: number): Promise<void> {
    const personId = (await store.face(faceId))?.personId;
    if (personId && without.has(personId)) change([personId]);
  }

  function clear(personId: string): void {
    if (shown.delete(personId)) retained.clear(topics.personPortrait(personId));
  }

  function change(personIds: Iterable<string>): void {
    for (const personId of personIds) changed.add(personId);
    settle();
  }

  return {
    async start() {
      stops.push(
        bus.on("people", ({ changes }) => {
          for (const { kind, person } of changes) {
            if (kind === "removed") {
              gone.add(person.personId);
              without.delete(person.personId);
              clear(person.personId);
            } else gone.delete(person.personId);
          }
          change(changes.map(({ person }) => person.personId));
        }),
        // At once: what is settled first may be late, and an erased face must leave nothing.
        bus.on("erased", ({ faceIds }) => {
          const erased = new Set(faceIds);
          const showing = [...shown].flatMap(([personId, faceId]) => (erased.has(faceId) ? [personId] : []));
          for (const personId of showing) clear(personId);
          change(showing);
        }),
        bus.on("thumbnail", ({ faceId }) => {
          if (without.size === 0) return;
          onThumbnail(faceId).catch((error: unknown) => log.error({ err: error }, "a portrait could not be published"));
        }),
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
