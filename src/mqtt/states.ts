import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { RecognitionEvent } from "../domain/recognition.ts";
import type { MqttLink } from "./port.ts";
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
    personStates(): Promise<readonly KeptPerson[]>;
    cameraStates(): Promise<readonly KeptCamera[]>;
    thumbnail(faceId: number): Promise<Uint8Array | null>;
  };
  readonly presenceSeconds: number;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: { error(fields: object, message: string): void };
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
  const known = new Set<string>();
  const unsubscribe: (() => void)[] = [];
  let cancelSettle: (() => void) | null = null;
  let work: Promise<void> = Promise.resolve();

  const retain = (topic: string, payload: string | Uint8Array): void =>
    link.publish({ topic, payload, retain: true, qos: 1 });

  function publishSoon(): void {
    cancelSettle ??= clock.after(SETTLE_MS, () => {
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
    const people = await store.personStates();
    const here = new Set(people.map((person) => person.personId));
    for (const personId of known) if (!here.has(personId)) forget(personId);
    for (const person of people) {
      known.add(person.personId);
      tell(topics.personState(person.personId), {
        person: person.name,
        person_id: person.personId,
        presence: present.has(person.personId) ? "ON" : "OFF",
        camera: person.camera,
        score: person.score,
        distance: person.distance,
        last_seen: person.lastSeen?.toISOString() ?? null,
      });
      await tellImage(topics.personImage(person.personId), person.faceId);
    }
    for (const camera of await store.cameraStates()) {
      const who = cameras.get(camera.cameraId)?.event.who;
      tell(topics.cameraState(camera.cameraId), {
        camera: camera.camera,
        camera_id: camera.cameraId,
        person: who && here.has(who.personId) ? nameOf(people, who.personId) : null,
        person_id: who && here.has(who.personId) ? who.personId : null,
        score: who && here.has(who.personId) ? who.score : null,
        distance: who && here.has(who.personId) ? who.distance : null,
        last_seen: camera.lastSeen?.toISOString() ?? null,
      });
      await tellImage(topics.cameraImage(camera.cameraId), camera.faceId);
    }
  }

  async function tellImage(topic: string, faceId: number | null): Promise<void> {
    if (faceId === null || images.get(topic) === faceId) {
      if (faceId === null && images.delete(topic)) retain(topic, "");
      return;
    }
    const jpeg = await store.thumbnail(faceId);
    if (!jpeg) return;
    images.set(topic, faceId);
    retain(topic, jpeg);
  }

  /** No retained topic of somebody who is gone stays. */
  function forget(personId: string): void {
    known.delete(personId);
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
      if (event.who) see(present, event.who.personId, {});
      // An ambiguous face says nothing about anybody: what the camera showed stays.
      if (event.type !== "ambiguous") see(cameras, event.cameraId, { event });
    }
    publishSoon();
  }

  function see<T extends Presence>(map: Map<string, T>, key: string, rest: Omit<T, "until">): void {
    map.get(key)?.until();
    const until = clock.after(presenceSeconds * 1000, () => {
      map.delete(key);
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
    publishSoon();
  }

  return {
    async start() {
      unsubscribe.push(
        bus.on("sighting", ({ event }) => onSighting(event)),
        bus.on("face", publishSoon),
        bus.on("thumbnail", publishSoon),
        bus.on("people", publishSoon),
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
      await enqueue();
    },
  };
}

function nameOf(people: readonly KeptPerson[], personId: string): string | null {
  return people.find((person) => person.personId === personId)?.name ?? null;
}
