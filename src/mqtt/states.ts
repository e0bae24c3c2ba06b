import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { RecognitionEvent } from "../domain/recognition.ts";
import type { Store } from "../store/port.ts";
import { toCameraStateJson, toPersonStateJson } from "../wire/out/states.ts";
import { createPresence } from "./presence.ts";
import { createPublication } from "./publication.ts";
import type { RetainedTopics } from "./retained-topics.ts";
import type { Topics } from "./topics.ts";

export interface StatesDeps {
  readonly retained: Pick<RetainedTopics, "publish" | "publishIfChanged" | "clear" | "clearStale">;
  readonly topics: Topics;
  readonly store: Pick<Store, "personStates" | "cameraStates" | "facesById" | "thumbnail">;
  readonly presenceSeconds: number;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
}

/** Retained states and images of people and cameras, and who is present. */
export interface States {
  /**
   * Publishes all states and images from what is stored, every person absent, and clears those of people and cameras that
   * no longer exist. An image of an earlier run goes too if there is none to show now: its face may have been erased.
   */
  start(): Promise<void>;
  stop(): void;
}

/** Many faces in one moment make one publication per topic. */
const SETTLE_MS = 20;
/** When faces stream in, publishing takes at most this part of the time and is at most so much behind. */
const SHARE = 1 / 20;
const MOST_BEHIND_MS = 500;

/**
 * States follow the store; only presence lives here and ends with the process, so that after a restart only people seen
 * since are present.
 */
export function createStates(deps: StatesDeps): States {
  const { retained, topics, store, bus, clock, log } = deps;
  const { settle, ...publication } = createPublication({
    publish: publishChanged,
    settleMs: () => Math.max(SETTLE_MS, Math.min(tookMs / SHARE, MOST_BEHIND_MS)),
    failure: "states could not be published",
    clock,
    log,
  });
  const presence = createPresence({
    ms: deps.presenceSeconds * 1000,
    clock,
    onPersonEnd(personId) {
      changed.add(personId);
      settle();
    },
    onCameraEnd: settle,
  });
  /** The face that each image topic shows. */
  const images = new Map<string, number>();
  /** Names of all people who have states, by id. */
  const names = new Map<string, string>();
  /** People whose state is to be published; with `allChanged` every person's, and the removed ones are found. */
  const changed = new Set<string>();
  let allChanged = true;
  /** By face: the person whose image waits for its thumbnail. */
  const awaited = new Map<number, string>();
  const stops: (() => void)[] = [];
  let stopStale: (() => void) | null = null;
  let tookMs = 0;

  async function publishChanged(): Promise<void> {
    const startMs = clock.monotonicMs();
    await publishPeople();
    await publishCameras();
    tookMs = clock.monotonicMs() - startMs;
    // Not before the first publication: until then every state would be taken for a stale one.
    stopStale ??= retained.clearStale(topics.stateFilters);
  }

  async function publishPeople(): Promise<void> {
    const wanted = allChanged ? undefined : new Set(changed);
    // Before anything is awaited: what changes from here on is for the next publication.
    allChanged = false;
    changed.clear();
    // A change to people may say of a face that made a person present that it was another person.
    if (!wanted) presence.withdraw(await store.facesById(presence.faceIds()));
    const states = await store.personStates(wanted);
    if (!wanted) {
      const existing = new Set(states.map(({ personId }) => personId));
      for (const personId of names.keys()) if (!existing.has(personId)) forget(personId);
    }
    for (const state of states) {
      const { name, personId, faceId } = state;
      names.set(personId, name);
      publishState(topics.personState(personId), toPersonStateJson(state, presence.isPresent(personId)));
      const isShown = await publishImage(topics.personImage(personId), faceId);
      if (!isShown && faceId !== null) awaited.set(faceId, personId);
    }
  }

  async function publishCameras(): Promise<void> {
    for (const state of await store.cameraStates()) {
      const { cameraId, faceId } = state;
      const seen = presence.at(cameraId);
      const person = seen && names.get(seen.personId);
      publishState(topics.cameraState(cameraId), toCameraStateJson(state, seen && person ? { ...seen, person } : null));
      await publishImage(topics.cameraImage(cameraId), faceId);
    }
  }

  const publishState = (topic: string, state: object): void => retained.publishIfChanged(topic, JSON.stringify(state));

  /** False if the face has no thumbnail, or none yet: then the image before it stays. */
  async function publishImage(topic: string, faceId: number | null): Promise<boolean> {
    if (faceId === null) {
      if (images.has(topic)) clearImage(topic);
      return false;
    }
    if (images.get(topic) === faceId) return true;
    const jpeg = await store.thumbnail(faceId);
    if (!jpeg) return false;
    images.set(topic, faceId);
    retained.publish(topic, jpeg);
    return true;
  }

  function clearImage(topic: string): void {
    images.delete(topic);
    retained.clear(topic);
  }

  /** A removed person leaves no retained topic. */
  function forget(personId: string): void {
    names.delete(personId);
    presence.forget(personId);
    retained.clear(topics.personState(personId));
    clearImage(topics.personImage(personId));
  }

  function onSighting(event: RecognitionEvent): void {
    presence.see(event);
    if (event.who) changed.add(event.who.personId);
    settle();
  }

  function onErased(faceIds: readonly number[]): void {
    const erased = new Set(faceIds);
    for (const [topic, faceId] of images) if (erased.has(faceId)) clearImage(topic);
    onPeople();
  }

  function onPeople(): void {
    allChanged = true;
    settle();
  }

  function onThumbnail(faceId: number): void {
    const personId = awaited.get(faceId);
    if (personId !== undefined) changed.add(personId);
    awaited.delete(faceId);
    settle();
  }

  return {
    async start() {
      stops.push(
        bus.on("sighting", ({ event }) => onSighting(event)),
        bus.on("face", settle),
        bus.on("thumbnail", ({ faceId }) => onThumbnail(faceId)),
        bus.on("people", ({ changes }) => {
          // At once: what is settled first may be late, and an erased person must leave nothing.
          for (const { kind, person } of changes) if (kind === "removed") forget(person.personId);
          onPeople();
        }),
        bus.on("erased", ({ faceIds }) => onErased(faceIds)),
      );
      await publication.publish();
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
      stopStale?.();
      publication.stop();
      presence.clear();
    },
  };
}
