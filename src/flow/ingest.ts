import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { IncomingFace } from "../domain/face.ts";
import type { Rejection } from "../domain/rejection.ts";
import type { Settings } from "../domain/settings.ts";
import { createCooldown } from "../recognize/cooldown.ts";
import type { SavedFace } from "../store/port/faces.ts";
import type { Store } from "../store/port.ts";
import type { People } from "./people.ts";
import type { LiveStrangers } from "./strangers/live-strangers.ts";
import type { Announcement } from "./visits/visit-event.ts";
import { type ArrivedFace, createVisitFlow, type VisitFlowDeps } from "./visits/visit-flow.ts";

/** Most faces in one transaction, at first and at all: bounds how long the next faces wait. */
const FIRST_BATCH = 128;
const BATCH = 256;
/** However slow the disk is: one sync for many faces is what it needs then. */
const LEAST_BATCH = 32;
/** Nothing else is done while a batch is compared and written: after a longer one, the next takes half as many faces. */
const HELD_MS = 40;
/** Until visits are ended again, while nothing can be stored. */
const RETRY_MS = 1_000;

export interface IngestDeps {
  readonly store: Pick<Store, "saveFaces" | "knownUids" | "endVisits">;
  readonly people: Pick<People, "gallery" | "settled">;
  readonly settings: () => Settings;
  readonly rules: VisitFlowDeps["rules"] & { readonly cooldownSeconds: number };
  /** Without it, every stranger comes for the first time. */
  readonly strangers?: Pick<LiveStrangers, "find" | "settle">;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** The flow of every face: recognize → store → announce. */
export interface Ingest {
  /** Resolves when all of them are on disk; rejects when they could not be stored, and then nothing was emitted. */
  faces(faces: readonly IncomingFace[]): Promise<void>;
  /** Counts and emits a message that was rejected for good. */
  reject(rejection: Rejection): void;
  /**
   * Lets what is under way finish, and ends no visit from then on: those that are open end without an event, when the daemon
   * starts again.
   */
  stop(): Promise<void>;
  /** Faces waiting for their transaction. */
  readonly queued: number;
  /** Rejected messages since the start. */
  readonly rejected: number;
}

/** The faces of one message until they are stored. */
interface Waiting {
  readonly faces: readonly ArrivedFace[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Messages that arrive together share one transaction: what comes while one is written goes into the next. A face is
 * compared before it is stored, so that its visit and its match are stored with it, and announced after: what is announced
 * is on disk. Visits end one after another with the batches, so that nothing is planned on what is being stored. Faces of the
 * past are stored beside them without a visit, and nothing is said of them.
 */
export function createIngest(deps: IngestDeps): Ingest {
  const { store, people, settings, rules, strangers = null, bus, clock } = deps;
  const visits = createVisitFlow({
    galleries: people.gallery,
    settings,
    rules,
    strangers,
  });
  const stopListening = bus.on("visit", ({ visitId, corrected }) => {
    if (corrected) visits.correct(visitId, corrected.personId);
  });
  const cooldown = createCooldown(rules.cooldownSeconds);
  const waiting: Waiting[] = [];
  let most = FIRST_BATCH;
  let messages = 0;
  let queued = 0;
  let rejected = 0;
  let draining: Promise<void> | null = null;
  let stopped = false;
  let problem: string | null = null;
  let cancelEnd: (() => void) | null = null;

  function wake(): void {
    draining ??= drain().finally(() => {
      draining = null;
      if (waiting.length > 0) wake();
      else awaitNextEnd();
    });
  }

  async function drain(): Promise<void> {
    // One round of the event loop: what came in the same packet joins.
    await new Promise(setImmediate);
    do {
      const batch = takeBatch();
      const faces = batch.flatMap((one) => one.faces);
      // A face that waited longer than a visit lasts still finds the one that was open when it arrived.
      await endVisits(faces[0]?.arrivedMs ?? clock.monotonicMs());
      if (faces.length === 0) break;
      try {
        await storeBatch(faces);
        report(null);
        for (const one of batch) one.resolve();
      } catch (error) {
        report(`faces cannot be stored: ${(error as Error).message}`);
        for (const one of batch) one.reject(error);
      }
    } while (waiting.length > 0);
  }

  /** One timer, for the visit that ends next. */
  function awaitNextEnd(): void {
    cancelEnd?.();
    cancelEnd = null;
    const nextMs = visits.nextEndMs();
    if (nextMs === null || stopped) return;
    const ms = Math.max(problem === null ? 0 : RETRY_MS, nextMs - clock.monotonicMs());
    cancelEnd = clock.after(ms, wake);
  }

  function report(message: string | null): void {
    if (message === problem) return;
    problem = message;
    bus.emit("problem", { source: "ingest", code: "FACES_NOT_STORED", message });
  }

  /** The next batch is as large as this one showed that it may be. */
  function fitBatch(heldMs: number, count: number): void {
    if (heldMs > HELD_MS) most = Math.max(LEAST_BATCH, Math.floor(most / 2));
    else if (count >= most && heldMs < HELD_MS / 2) most = Math.min(BATCH, most * 2);
  }

  function takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    for (let count = 0; waiting.length > 0 && count < most; ) {
      const next = waiting.shift() as Waiting;
      batch.push(next);
      count += next.faces.length;
      queued -= next.faces.length;
    }
    return batch;
  }

  async function endVisits(nowMs: number): Promise<void> {
    if (stopped || nowMs < (visits.nextEndMs() ?? Number.POSITIVE_INFINITY)) return;
    await people.settled();
    try {
      const ends = visits.planEnds(nowMs);
      await store.endVisits(ends.outcomes);
      report(null);
      announce(ends.adopt());
      for (const { visitId, state } of ends.outcomes) bus.emit("visit", { visitId, state });
    } catch (error) {
      // They are ended again later: what is announced is on disk.
      report(`visits cannot be stored: ${(error as Error).message}`);
    }
  }

  async function storeBatch(arrived: readonly ArrivedFace[]): Promise<void> {
    const known = await store.knownUids(arrived.map(({ face }) => face.uid));
    const seen = new Set(known);
    const fresh = arrived.filter(({ face: { uid } }) => !seen.has(uid) && seen.add(uid));
    if (fresh.length === 0) return;
    await people.settled();
    // No awaiting from here until saveFaces has been called: see its contract.
    const compareStart = clock.monotonicMs();
    const live = fresh.filter(({ face }) => !face.history);
    const plan = live.length === 0 ? null : visits.plan(live);
    const past = visits.compare(fresh.flatMap(({ face }) => (face.history ? [face] : [])));
    const commitStart = clock.monotonicMs();
    const saved = await store.saveFaces([...(plan?.faces ?? []), ...past], plan?.visits).catch((error: unknown) => {
      plan?.abandon();
      throw error;
    });
    const end = clock.monotonicMs();
    const announcements = plan?.adopt(saved.slice(0, live.length)) ?? [];
    const count = fresh.length;
    fitBatch(end - compareStart, count);
    bus.emit("measured", { what: "recognition", seconds: (commitStart - compareStart) / 1000, count });
    bus.emit("measured", { what: "commit", seconds: (end - commitStart) / 1000, count });
    // After the acknowledgement, which does not wait for listeners.
    setImmediate(() => {
      announceFaces(saved, announcements);
      for (const { visitId, state } of plan?.visits ?? []) bus.emit("visit", { visitId, state });
    });
  }

  /** Each face followed by what is said of it. */
  function announceFaces(saved: readonly SavedFace[], announcements: readonly Announcement[]): void {
    const left = new Map(announcements.map((one) => [one.event.faceId, one]));
    for (const { face, cameraId } of saved) {
      bus.emit("face", { face, cameraId });
      const own = left.get(face.id);
      if (own && left.delete(face.id)) announce([own]);
    }
    announce([...left.values()]);
  }

  function announce(announcements: readonly Announcement[]): void {
    for (const { event, isSighting, isNews } of announcements) {
      if (isSighting) bus.emit("sighting", { event });
      // A late face must not silence the person who stands at the door now.
      const key = `${event.cameraId}/${event.type}/${event.who?.personId ?? ""}/${event.delayed}`;
      if (isNews && cooldown.admit(key, clock.monotonicMs())) bus.emit("recognition", { event });
    }
  }

  return {
    faces(faces) {
      const message = messages++;
      const arrivedMs = clock.monotonicMs();
      return new Promise((resolve, reject) => {
        waiting.push({ faces: faces.map((face) => ({ face, arrivedMs, message })), resolve, reject });
        queued += faces.length;
        wake();
      });
    },
    reject(rejection) {
      rejected++;
      bus.emit("rejected", rejection);
    },
    async stop() {
      stopped = true;
      stopListening();
      cancelEnd?.();
      await draining;
    },
    get queued() {
      return queued;
    },
    get rejected() {
      return rejected;
    },
  };
}
