import type { Clock } from "../../domain/clock.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Bus } from "../../domain/events.ts";
import { SFACE } from "../../domain/model.ts";
import {
  type NotReEncoded,
  nearestFailure,
  type ReEncodeFailure,
  type ReEncoding,
} from "../../domain/pictures/re-encoding.ts";
import type { EmbedPicture } from "../../domain/pictures/snapshot.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Frames } from "../../frames/locate.ts";
import type { EnrolAgainOutcome, FaceToReEncode, PersonToReEncode } from "../../store/port/re-encode.ts";
import type { Store } from "../../store/port.ts";
import { createYielder } from "../yielder.ts";
import { encodeFace } from "./encode-face.ts";

/** Progress is emitted at most this often. */
const PROGRESS_EVERY_MS = 250;

/**
 * The gates of new faces but for the norm are not needed here: a person has said who the face is, and where it is in its
 * picture is known. Thumbnails are small, so that a gate on the size would refuse what is good enough.
 */
const GATES = { minScore: 0.6, minFacePx: 16 } as const;

export interface ReEncodeDeps {
  readonly store: Pick<Store, "peopleToReEncode" | "saveFurtherEncoding" | "thumbnail">;
  readonly frames: Pick<Frames, "locate" | "read">;
  /** What looks at pictures. @throws `MODELS_MISSING` */
  readonly openEmbedder: () => Promise<EmbedPicture>;
  readonly settings: () => Settings;
  readonly bus: Bus;
  readonly clock: Clock;
}

export interface ReEncodeOrder {
  readonly model: string;
  /** Only see which faces have a picture. */
  readonly dryRun: boolean;
  /** Enrols what was encoded, as one change of the user who ordered it. */
  readonly enrol: (model: string) => Promise<EnrolAgainOutcome>;
}

/**
 * Changing the model keeps everybody: makes encodings by another model of the frames or thumbnails of named people, then
 * enrols them. One run at a time.
 */
export interface ReEncode {
  /** The current or last run; `idle` before the first. */
  current(): ReEncoding;
  /**
   * Starts a run, or joins the running one; a dry run is cancelled for one that is none. `done` resolves with how it ended and
   * never rejects.
   * @throws `INVALID_INPUT` for a model that nothing is encoded with here; `MODELS_MISSING`
   */
  start(order: ReEncodeOrder): Promise<{ readonly reEncoding: ReEncoding; readonly done: Promise<ReEncoding> }>;
  /** Stops the running one, if any; resolves when it has stopped. */
  cancel(): Promise<ReEncoding>;
}

const NOTHING: Omit<ReEncoding, "state" | "model" | "dryRun" | "startedAt"> = {
  people: 0,
  peopleDone: 0,
  faces: 0,
  facesDone: 0,
  facesFailed: 0,
  enrolled: 0,
  couldNot: [],
  finishedAt: null,
  error: null,
  change: null,
};

/**
 * Each encoding is kept as soon as it is made: a run that was cancelled, failed or was killed enrols nothing, and the next
 * one passes over the faces that have theirs. One picture at a time, so that those of cameras hardly wait.
 */
export function createReEncode(deps: ReEncodeDeps): ReEncode {
  const { store, frames, openEmbedder, settings, bus, clock } = deps;
  let current: ReEncoding = { ...NOTHING, state: "idle", model: null, dryRun: false, startedAt: null };
  let running: { readonly done: Promise<ReEncoding>; readonly abort: AbortController } | null = null;
  let emittedMs = Number.NEGATIVE_INFINITY;

  function become(next: ReEncoding): void {
    current = next;
    emittedMs = clock.monotonicMs();
    bus.emit("reEncode", next);
  }

  function advance(by: Partial<Record<"peopleDone" | "facesDone" | "facesFailed", number>>): void {
    const { peopleDone = 0, facesDone = 0, facesFailed = 0 } = by;
    current = {
      ...current,
      peopleDone: current.peopleDone + peopleDone,
      facesDone: current.facesDone + facesDone,
      facesFailed: current.facesFailed + facesFailed,
    };
    if (clock.monotonicMs() - emittedMs >= PROGRESS_EVERY_MS) become(current);
  }

  /** Why it has no encoding; null: it has one now. */
  type Try = (face: FaceToReEncode) => Promise<ReEncodeFailure | null>;

  const tryToEncode =
    (model: string, embed: EmbedPicture): Try =>
    async (face) => {
      const made = await encodeFace(face, {
        embed,
        readFrame: frames.read,
        readThumbnail: store.thumbnail,
        gates: { ...GATES, minNorm: settings()["snapshots.min_norm"] },
        threshold: settings()["recognition.threshold"],
      });
      if (typeof made === "string") return made;
      await store.saveFurtherEncoding({ faceId: face.id, model, ...made });
      return null;
    };

  const tryToFind: Try = async ({ source, id }) => {
    if (source !== null && (await frames.locate(source)) !== null) return null;
    return (await store.thumbnail(id)) === null ? "no_picture" : null;
  };

  async function runPerson(person: PersonToReEncode, attempt: Try, signal: AbortSignal): Promise<NotReEncoded | null> {
    const { personId, name, faces, hasLook } = person;
    const failures: ReEncodeFailure[] = [];
    const pause = createYielder();
    for (const face of faces) {
      if (face.isEncoded) continue;
      signal.throwIfAborted();
      const failure = await attempt(face);
      if (failure !== null) failures.push(failure);
      advance({ facesDone: 1, facesFailed: failure === null ? 0 : 1 });
      await pause();
    }
    advance({ peopleDone: 1 });
    if (hasLook || failures.length < faces.length) return null;
    return { personId, name, faces: faces.length, failure: faces.length === 0 ? "no_face" : nearestFailure(failures) };
  }

  async function run({ model, enrol, dryRun }: ReEncodeOrder, attempt: Try, signal: AbortSignal): Promise<ReEncoding> {
    try {
      const people = await store.peopleToReEncode(model);
      const faces = people.flatMap((person) => person.faces);
      const facesDone = faces.filter((face) => face.isEncoded).length;
      become({ ...current, people: people.length, faces: faces.length, facesDone });
      for (const person of people) {
        const failed = await runPerson(person, attempt, signal);
        if (failed) current = { ...current, couldNot: [...current.couldNot, failed] };
      }
      signal.throwIfAborted();
      const { people: enrolled, change } = dryRun ? { people: [], change: null } : await enrol(model);
      return { ...current, state: "done", enrolled: enrolled.length, change, finishedAt: clock.now() };
    } catch (error) {
      const ended = { ...current, finishedAt: clock.now() };
      if (signal.aborted) return { ...ended, state: "cancelled" };
      return { ...ended, state: "failed", error: error instanceof Error ? error.message : String(error) };
    }
  }

  async function cancel(): Promise<ReEncoding> {
    if (!running) return current;
    const { abort, done } = running;
    abort.abort();
    return await done;
  }

  return {
    current: () => current,

    async start(order) {
      const { model, dryRun } = order;
      if (model !== SFACE) {
        throw new FacesError(
          "INVALID_INPUT",
          `"model" must be ${SFACE}, which is what pictures are encoded with here`,
          {
            details: { model, models: [SFACE] },
          },
        );
      }
      // Joined to a dry run, it would end as done with nothing made.
      if (current.dryRun && !dryRun) await cancel();
      const attempt = running || dryRun ? tryToFind : tryToEncode(model, await openEmbedder());
      // Another may have been started meanwhile.
      if (!running) {
        const abort = new AbortController();
        become({ ...NOTHING, state: "running", model, dryRun, startedAt: clock.now() });
        const done = run(order, attempt, abort.signal).then((ended) => {
          running = null;
          become(ended);
          return ended;
        });
        running = { done, abort };
      }
      return { reEncoding: current, done: running.done };
    },

    cancel,
  };
}
