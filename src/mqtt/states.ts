import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { RecognitionEvent } from "../domain/recognition.ts";
import type { MqttLink } from "./link/port.ts";
import type { Topics } from "./topics.ts";

/** What is kept of a person's last sighting; see the store. */
interface KeptPerson {
  readonly name: string;
  readonly personId: string;
  readonly camera: string | null;
  readonly score: number | null;
  readonly distance: number | null;
  readonly lastSeen: Date | null;
  readonly faceId: number | null;
}

interface KeptCamera {
  readonly camera: string;
  readonly cameraId: string;
  readonly lastSeen: Date | null;
  readonly faceId: number | null;
}

export interface StatesDeps {
  readonly link: Pick<MqttLink, "publish">;
  readonly topics: Topics;
  readonly store: {
    personStates(personIds?: Iterable<string>): Promise<readonly KeptPerson[]>;
    cameraStates(): Promise<readonly KeptCamera[]>;
    thumbnail(faceId: number): Promise<Uint8Array | null>;
  };
  readonly presenceSeconds: number;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
}

/** Retained states and images of people and cameras, and who is here now. */
export interface States {
  /** Everybody absent; publishes all states and images from what is kept. */
  start(): Promise<void>;
  stop(): void;
  /** Publishes every state again, as it is. */
  republish(): Promise<void>;
}

/** Many faces in one moment make one publication per topic. */
const SETTLE_MS = 20;
/** When faces stream in, states take at most this part of the time, and are at most so much behind. */
const SHARE = 1 / 20;
const MOST_BEHIND_MS = 500;

interface Presence {
  readonly until: () => void;
}

interface CameraSight extends Presence {
  readonly event: RecognitionEvent;
}

/**
 * States follow what is kept in the store; only presence lives here and is gone with a restart: nobody is said to be
 * here who was not seen since. Delayed faces make nobody present.
 */
export function createStates(deps: StatesDeps): States {
  const { link, topics, store, presenceSeconds, bus, clock, log } = deps;
  const present = new Map<string, Presence>();
  const cameras = new Map<string, CameraSight>();
  const images = new Map<string, number>();
  /** Everybody who has states, by id. */
  const names = new Map<string, string>();
  /** Whose state is to be told; with `everybody` all of them, and who is gone is found. */
  const changed = new Set<string>();
  let everybody = true;
  /** People whose image waits for the thumbnail of this face. */
  const awaited = new Map<number, string>();
  const unsubscribe: (() => void)[] = [];
  let cancelSettle: (() => void) | null = null;
  let work: Promise<void> = Promise.resolve();
  let tookMs = 0;

  const retain = (topic: string, payload: string | Uint8Array): void =>
    link.publish({ topic, payload, retain: true, qos: 1 });

  function publishSoon(): void {
    cancelSettle ??= clock.after(Math.max(SETTLE_MS, Math.min(tookMs / SHARE, MOST_BEHIND_MS)), () => {
      cancelSettle = null;
      enqueue();
    });
  }

  /** One publication at a time, so that an older state never overtakes a newer one. */
  function enqueue(): Promise<void> {
    work = work.then(publishAll).catch((error: unknown) => log.error({ err: error }, "states could not be published"));
    return work;
  }

  const told = new Map<string, string>();

  /** States that did not change since they were told are not told again. */
  function tell(topic: string, state: object): void {
    const payload = JSON.stringify(state);
    if (told.get(topic) === payload) return;
    told.set(topic, payload);
    retain(topic, payload);
  }

  async function publishAll(): Promise<void> {
    const startMs = clock.monotonicMs();
    await publishChanged();
    tookMs = clock.monotonicMs() - startMs;
  }

  async function publishChanged(): Promise<void> {
    const wanted = everybody ? undefined : new Set(changed);
    everybody = false;
    changed.clear();
    const people = await store.personStates(wanted);
    if (!wanted) {
      const here = new Set(people.map((person) => person.personId));
      for (const personId of names.keys()) if (!here.has(personId)) forget(personId);
    }
    for (const person of people) {
      names.set(person.personId, person.name);
      tell(topics.personState(person.personId), {
        person: person.name,
        person_id: person.personId,
        presence: present.has(person.personId) ? "ON" : "OFF",
        camera: person.camera,
        score: person.score,
        distance: person.distance,
        last_seen: person.lastSeen?.toISOString() ?? null,
      });
      const isThere = await tellImage(topics.personImage(person.personId), person.faceId);
      if (!isThere && person.faceId !== null) awaited.set(person.faceId, person.personId);
    }
    for (const camera of await store.cameraStates()) {
      const seen = cameras.get(camera.cameraId)?.event.who;
      const who = seen && names.has(seen.personId) ? seen : null;
      tell(topics.cameraState(camera.cameraId), {
        camera: camera.camera,
        camera_id: camera.cameraId,
        person: (who && names.get(who.personId)) ?? null,
        person_id: who?.personId ?? null,
        score: who?.score ?? null,
        distance: who?.distance ?? null,
        last_seen: camera.lastSeen?.toISOString() ?? null,
      });
      await tellImage(topics.cameraImage(camera.cameraId), camera.faceId);
    }
  }

  /** False when the face has no thumbnail, or none yet: then the image before it stays. */
  async function tellImage(topic: string, faceId: number | null): Promise<boolean> {
    if (faceId === null) {
      if (images.delete(topic)) retain(topic, "");
      return false;
    }
    if (images.get(topic) === faceId) return true;
    const jpeg = await store.thumbnail(faceId);
    if (!jpeg) return false;
    images.set(topic, faceId);
    retain(topic, jpeg);
    return true;
  }

  /** No retained topic of somebody who is gone stays. */
  function forget(personId: string): void {
    names.delete(personId);
    present.get(personId)?.until();
    present.delete(personId);
    for (const topic of [topics.personState(personId), topics.personImage(personId)]) {
      told.delete(topic);
      images.delete(topic);
      retain(topic, "");
    }
  }

  function onSighting(event: RecognitionEvent): void {
    if (!event.delayed) {
      const { who } = event;
      if (who) see(present, who.personId, {}, () => changed.add(who.personId));
      // An ambiguous face says nothing about anybody: what the camera showed stays.
      if (event.type !== "ambiguous") see(cameras, event.cameraId, { event });
    }
    if (event.who) changed.add(event.who.personId);
    publishSoon();
  }

  function see<T extends Presence>(
    map: Map<string, T>,
    key: string,
    rest: Omit<T, "until">,
    onOver?: () => void,
  ): void {
    map.get(key)?.until();
    const until = clock.after(presenceSeconds * 1000, () => {
      map.delete(key);
      onOver?.();
      publishSoon();
    });
    map.set(key, { ...rest, until } as T);
  }

  function onErased(faceIds: readonly number[]): void {
    const gone = new Set(faceIds);
    for (const [topic, faceId] of images) {
      if (!gone.has(faceId)) continue;
      images.delete(topic);
      retain(topic, "");
    }
    tellEverybody();
  }

  function tellEverybody(): void {
    everybody = true;
    publishSoon();
  }

  function onThumbnail(faceId: number): void {
    const personId = awaited.get(faceId);
    if (personId !== undefined) changed.add(personId);
    awaited.delete(faceId);
    publishSoon();
  }

  return {
    async start() {
      unsubscribe.push(
        bus.on("sighting", ({ event }) => onSighting(event)),
        bus.on("face", publishSoon),
        bus.on("thumbnail", ({ faceId }) => onThumbnail(faceId)),
        bus.on("people", tellEverybody),
        bus.on("erased", ({ faceIds }) => onErased(faceIds)),
      );
      await enqueue();
    },
    stop() {
      for (const stop of unsubscribe.splice(0)) stop();
      cancelSettle?.();
      for (const { until } of [...present.values(), ...cameras.values()]) until();
      present.clear();
      cameras.clear();
    },
    async republish() {
      told.clear();
      images.clear();
      everybody = true;
      await enqueue();
    },
  };
}
