import { randomUUID } from "node:crypto";
import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { IncomingFace } from "../domain/face.ts";
import type { Rejection } from "../domain/rejection.ts";
import { marginOf, type Settings } from "../domain/settings.ts";
import { createCooldown } from "../recognize/cooldown.ts";
import { type Decision, decide } from "../recognize/decide.ts";
import type { FaceToSave, SavedFace } from "../store/port/faces.ts";
import type { Store } from "../store/port.ts";
import type { People } from "./people.ts";

/** Most faces in one transaction: bounds how long it takes and how long the next faces wait. */
const BATCH = 256;

export interface IngestDeps {
  readonly store: Pick<Store, "saveFaces">;
  readonly people: Pick<People, "gallery" | "settled">;
  readonly settings: () => Settings;
  readonly rules: {
    readonly cooldownSeconds: number;
    /** 0: no limit */
    readonly maxAgeSeconds: number;
    /** Thumbnails are kept. */
    readonly thumbnails: boolean;
    /** Source frames can be read. */
    readonly frames: boolean;
  };
  readonly bus: Bus;
  readonly clock: Clock;
}

/** The flow of every face: recognize → store → announce. */
export interface Ingest {
  /** Resolves when all of them are on disk; rejects when they could not be stored, and then nothing was emitted. */
  faces(faces: readonly IncomingFace[]): Promise<void>;
  /** Counts and emits a message that was rejected for good. */
  reject(rejection: Rejection): void;
  /** Faces waiting for their transaction. */
  readonly queued: number;
  /** Rejected messages since the start. */
  readonly rejected: number;
}

/** The faces of one message until they are stored. */
interface Waiting {
  readonly faces: readonly IncomingFace[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Messages that arrive together share one transaction: what comes while one is written goes into the next. A face is
 * compared before it is stored, so that its match is stored with it, and announced after: what is announced is on disk.
 */
export function createIngest({ store, people, settings, rules, bus, clock }: IngestDeps): Ingest {
  const cooldown = createCooldown(rules.cooldownSeconds);
  const waiting: Waiting[] = [];
  let queued = 0;
  let rejected = 0;
  let busy = false;
  let problem: string | null = null;

  async function drain(): Promise<void> {
    if (busy) return;
    busy = true;
    // One round of the event loop: what came in the same packet joins.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = takeBatch();
      try {
        await storeBatch(batch.flatMap((one) => one.faces));
        report(null);
        for (const one of batch) one.resolve();
      } catch (error) {
        report(`faces cannot be stored: ${(error as Error).message}`);
        for (const one of batch) one.reject(error);
      }
    }
    busy = false;
  }

  function report(message: string | null): void {
    if (message === problem) return;
    problem = message;
    bus.emit("problem", { source: "ingest", message });
  }

  function takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    for (let count = 0; waiting.length > 0 && count < BATCH; ) {
      const next = waiting.shift() as Waiting;
      batch.push(next);
      count += next.faces.length;
      queued -= next.faces.length;
    }
    return batch;
  }

  async function storeBatch(faces: readonly IncomingFace[]): Promise<void> {
    await people.settled();
    // No awaiting from here until saveFaces has been called: see its contract.
    const gallery = people.gallery();
    const inForce = settings();
    const threshold = inForce["recognition.threshold"];
    const margin = marginOf(inForce);
    const compareStart = clock.monotonicMs();
    const decisions = faces.map((face) => decide(face.encoding, gallery, { threshold, margin }));
    const commitStart = clock.monotonicMs();
    const saved = await store.saveFaces(faces.map((face, i) => toSave(face, decisions[i] as Decision, rules)));
    const end = clock.monotonicMs();
    const count = faces.length;
    bus.emit("measured", { what: "recognition", seconds: (commitStart - compareStart) / 1000, count });
    bus.emit("measured", { what: "commit", seconds: (end - commitStart) / 1000, count });
    // After the acknowledgement, which does not wait for listeners.
    setImmediate(() => {
      for (const [i, one] of saved.entries()) announce(one, decisions[i] as Decision, threshold);
    });
  }

  function announce({ face, cameraId, duplicate }: SavedFace, decision: Decision, threshold: number): void {
    if (duplicate) return;
    bus.emit("face", { face, cameraId });
    if (decision.type === "ignored") return;
    const ageMs = face.receivedAt.getTime() - face.capturedAt.getTime();
    const event = {
      type: decision.type,
      eventId: randomUUID(),
      faceId: face.id,
      who: decision.who,
      threshold,
      camera: face.camera,
      cameraId,
      timestamp: face.capturedAt,
      source: face.source,
      box: face.box,
      sourceEventId: face.sourceEventId,
      candidates: decision.candidates,
      delayed: rules.maxAgeSeconds > 0 && ageMs > rules.maxAgeSeconds * 1000,
      model: face.model,
      visitId: null,
      visitFaces: 1,
      strangerId: null,
      strangerVisits: null,
    };
    bus.emit("sighting", { event });
    // A late face must not silence the person who stands at the door now.
    const key = `${cameraId}/${decision.type}/${decision.who?.personId ?? ""}/${event.delayed}`;
    if (cooldown.admit(key, clock.monotonicMs())) bus.emit("recognition", { event });
  }

  return {
    faces(faces) {
      return new Promise((resolve, reject) => {
        waiting.push({ faces, resolve, reject });
        queued += faces.length;
        void drain();
      });
    },
    reject(rejection) {
      rejected++;
      bus.emit("rejected", rejection);
    },
    get queued() {
      return queued;
    },
    get rejected() {
      return rejected;
    },
  };
}

function toSave(face: IncomingFace, decision: Decision, rules: IngestDeps["rules"]): FaceToSave {
  const fromFrame = rules.frames && face.source !== null && face.box !== null;
  return {
    ...face,
    visitId: null,
    matched: decision.who
      ? {
          person: decision.who.person,
          personId: decision.who.personId,
          distance: decision.who.rawDistance,
          score: decision.who.score,
        }
      : null,
    ignoredCluster: decision.ignoredCluster,
    wantsThumbnail: rules.thumbnails && (face.thumbnail !== null || fromFrame),
  };
}
