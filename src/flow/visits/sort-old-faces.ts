import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Galleries } from "../../recognize/galleries.ts";
import type { OpenVisit, VisitingFace } from "../../recognize/open-visit.ts";
import { createVisits } from "../../recognize/visits.ts";
import type { OldFace, OldFaceStore } from "../../store/port/old-faces.ts";
import type { VisitToSave } from "../../store/port/visits.ts";
import { showsBetter } from "./best-face.ts";
import { buildThresholds } from "./build-thresholds.ts";
import { count, mostSeen, NO_ANSWERS, type Recognized, toState } from "./tally.ts";
import { newVisitId, toUnknownVisit } from "./visit-flow.ts";
import { toVisitingFace } from "./visiting-face.ts";

/** Faces of one visit may come one after another: they are sorted when no more have come for so long. */
const QUIET_MS = 5_000;
/** Faces read and sorted at a time: some 10 ms. */
const CHUNK = 200;

export interface SortOldFacesDeps {
  readonly store: OldFaceStore;
  readonly galleries: Galleries;
  readonly settings: () => Settings;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "error">;
}

/** Sorts faces without a visit into visits, in the background: of a version that had none, and of the past. */
export interface SortOldFaces {
  /** At once, and then whenever such faces have come and no more do. */
  start(): void;
  /** Lets the chunk under way finish. What is left is sorted after the next start. */
  stop(): Promise<void>;
}

/** A visit is stored with all its faces, once it has ended by their own time: a crash breaks none up. */
export function createSortOldFaces({ store, galleries, settings, bus, clock, log }: SortOldFacesDeps): SortOldFaces {
  let stopped = false;
  let working: Promise<void> | null = null;
  let again = false;
  let stopListening: (() => void) | null = null;
  let cancelNext: (() => void) | null = null;

  async function sort(): Promise<void> {
    const visits = createVisits(newVisitId);
    const members = new Map<string, OldFace[]>();
    const now = settings();
    const visitMs = now["recognition.visit_seconds"] * 1000;
    let sorted = 0;

    async function saveEnded(nowMs: number): Promise<void> {
      const ended = visits.due(nowMs, visitMs);
      const found = ended.map((visit) => {
        const faces = members.get(visit.visitId) ?? [];
        return { visit: toVisit(visit, faces), faceIds: faces.map((face) => face.faceId) };
      });
      if (found.length > 0) await store.saveOldVisits(found);
      visits.end(ended.map((visit) => visit.visitId));
      for (const { visitId } of ended) members.delete(visitId);
    }

    for (let last: OldFace | null = null; !stopped; ) {
      const faces: readonly OldFace[] = await store.oldFaces(last, CHUNK);
      const sound = faces.filter(isSound);
      const thresholdOf = buildThresholds(now["recognition.threshold"], galleries);
      const plan = visits.plan(sound.map(toVisiting), { visitMs, thresholdOf });
      plan.adopt();
      for (const [i, face] of sound.entries()) {
        const { visitId } = plan.placements[i] as OpenVisit;
        const some = members.get(visitId);
        if (some) some.push(face);
        else members.set(visitId, [face]);
      }
      sorted += sound.length;
      last = faces.at(-1) ?? last;
      const isDone = faces.length < CHUNK;
      await saveEnded(isDone || !last ? Number.POSITIVE_INFINITY : last.capturedAt.getTime());
      if (isDone) break;
      await new Promise(setImmediate);
    }
    if (sorted > 0) log.info({ faces: sorted }, "faces without a visit were sorted into some");
  }

  function wake(): void {
    again = working !== null;
    working ??= sort()
      .catch((error: unknown) =>
        log.error({ err: error }, "sorting faces into visits failed; it resumes at the next start"),
      )
      .finally(() => {
        working = null;
        if (again && !stopped) wake();
      });
  }

  return {
    start() {
      wake();
      stopListening = bus.on("face", ({ face }) => {
        if (face.visitId !== null) return;
        cancelNext?.();
        cancelNext = clock.after(QUIET_MS, wake);
      });
    },
    async stop() {
      stopped = true;
      stopListening?.();
      cancelNext?.();
      await working;
    },
  };
}

/** One whose encoding is not damaged. */
type SoundFace = OldFace & { readonly encoding: Float32Array };
const isSound = (face: OldFace): face is SoundFace => face.encoding !== null;

/** As if each had come with a message of its own, at its own time. */
const toVisiting = (face: SoundFace): VisitingFace => toVisitingFace(face, face.capturedAt.getTime(), face.faceId);

/** Whom most of its faces were given to, else recognized as. */
function toVisit(visit: OpenVisit, faces: readonly OldFace[]): VisitToSave {
  const given = faces.flatMap(({ personId }) => personId ?? []);
  const [owner = null] = given.filter((id) => given.filter((other) => other === id).length * 2 > faces.length);
  const tally = faces.reduce((before, face) => count(before, toAnswer(face)), NO_ANSWERS);
  const who = owner === null ? mostSeen(tally) : null;
  const best = faces.reduce((one, other) => (showsBetter(toShown(other), toShown(one)) ? other : one));
  return {
    ...toUnknownVisit(visit),
    eventId: visit.eventId,
    bestFace: best.uid,
    state: owner === null ? toState(tally) : "corrected",
    personId: owner ?? who?.personId ?? null,
    distance: who?.rawDistance ?? null,
    strangerId: null,
    rematch: false,
  };
}

function toAnswer({ matched, ignored }: OldFace): {
  type: "recognized" | "ignored" | "unknown";
  who: Recognized | null;
} {
  if (!matched) return { type: ignored ? "ignored" : "unknown", who: null };
  const { distance } = matched;
  return { type: "recognized", who: { ...matched, score: 1 - distance, rawDistance: distance } };
}

const toShown = ({ hasThumbnail: pictured, quality, detectionScore }: OldFace) => ({
  pictured,
  quality,
  detectionScore,
});
