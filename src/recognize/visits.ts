import { distance } from "../domain/vectors/encoding.ts";
import {
  gapMs,
  type OpenVisit,
  openVisit,
  type ThresholdOf,
  unlikeMean,
  unlikeRecent,
  type VisitingFace,
  withFace,
} from "./open-visit.ts";

/** Most open visits at one camera, and at all: a crowd ends the visits that were quiet for longest. */
const MOST_AT_CAMERA = 128;
const MOST = 1_024;
/**
 * What counts for more than any likeness to a visit's mean is an event of the pipeline (by distance, which is far less than
 * this); a likeness to its last faces counts for less.
 */
const LIKE = 1_000;
const LIKE_RECENT = 2_000;

/** What decides which visit a face joins. */
export interface VisitRules {
  /** A visit ends so many milliseconds after its last arrival, and spans no gap of this length. */
  readonly visitMs: number;
  /** For encodings of the model. */
  readonly thresholdOf: (model: string) => ThresholdOf;
}

/** Where the faces of a batch belong; nothing has changed until it is adopted. */
export interface VisitPlan {
  /** By face: its visit as it is with this face, and those before it. */
  readonly placements: readonly OpenVisit[];
  /** Makes it so. Only of the last plan, and before any other change. */
  adopt(): void;
}

/**
 * The visits that go on, by camera. Driven by the times handed in. Faces of one frame never share a visit; encodings of
 * different models neither. Memory is bounded, whatever arrives.
 */
export interface Visits {
  /** @param faces in order of arrival, each counted once: the caller leaves out those it has stored before */
  plan(faces: readonly VisitingFace[], rules: VisitRules): VisitPlan;
  /** Visits that end by `nowMs` of the clock that never jumps, or that a crowd ended, by last arrival. */
  due(nowMs: number, visitMs: number): readonly OpenVisit[];
  /** Forgets visits that have ended. */
  end(visitIds: readonly string[]): void;
  /** When the next one ends, in ms of the clock that never jumps; null: none is open. */
  nextEndMs(visitMs: number): number | null;
  readonly open: number;
}

/** @param newId the id of a new visit */
export function createVisits(newId: () => string): Visits {
  const atCameras = new Map<string, readonly OpenVisit[]>();
  /** Ended by a crowd before their time. */
  let crowdedOut: readonly OpenVisit[] = [];

  let count = 0;

  function set(camera: string, visits: readonly OpenVisit[]): void {
    count += visits.length - (atCameras.get(camera)?.length ?? 0);
    if (visits.length > 0) atCameras.set(camera, visits);
    else atCameras.delete(camera);
  }

  /** Those of which `is` holds. */
  function select(is: (visit: OpenVisit) => boolean): OpenVisit[] {
    const found: OpenVisit[] = [];
    for (const visits of atCameras.values()) for (const visit of visits) if (is(visit)) found.push(visit);
    return found;
  }

  return {
    plan(faces, rules) {
      const changed = new Map<string, OpenVisit[]>();
      const out: OpenVisit[] = [];
      const placements = new Array<OpenVisit>(faces.length);
      const visitsAt = (camera: string): OpenVisit[] => {
        const known = changed.get(camera) ?? [...(atCameras.get(camera) ?? [])];
        changed.set(camera, known);
        return known;
      };
      for (const frame of byFrame(faces)) {
        const first = frame[0]?.face as VisitingFace;
        const visits = visitsAt(first.camera);
        for (const { index, face, visit } of placeFrame(frame, visits, rules)) {
          const next = visit ? withFace(visit, face) : openVisit(newId(), face);
          if (visit) visits[visits.indexOf(visit)] = next;
          else visits.push(next);
          placements[index] = next;
        }
        while (visits.length > MOST_AT_CAMERA) out.push(...visits.splice(visits.indexOf(quietest(visits)), 1));
      }
      return {
        placements,
        adopt() {
          for (const [camera, visits] of changed) set(camera, visits);
          crowdedOut = [...crowdedOut, ...out];
          while (count > MOST) {
            const least = quietest(select(() => true));
            crowdedOut = [...crowdedOut, least];
            set(
              least.camera,
              (atCameras.get(least.camera) ?? []).filter((visit) => visit !== least),
            );
          }
        },
      };
    },
    due(nowMs, visitMs) {
      const over = select((visit) => nowMs - visit.arrivedMs >= visitMs);
      return [...crowdedOut, ...over].sort((a, b) => a.arrivedMs - b.arrivedMs);
    },
    end(visitIds) {
      if (visitIds.length === 0) return;
      const ended = new Set(visitIds);
      crowdedOut = crowdedOut.filter((visit) => !ended.has(visit.visitId));
      for (const [camera, visits] of atCameras) {
        if (!visits.some((visit) => ended.has(visit.visitId))) continue;
        set(
          camera,
          visits.filter((visit) => !ended.has(visit.visitId)),
        );
      }
    },
    nextEndMs(visitMs) {
      if (crowdedOut.length > 0) return 0;
      let next: number | null = null;
      for (const visits of atCameras.values()) {
        for (const visit of visits) next = Math.min(next ?? Number.POSITIVE_INFINITY, visit.arrivedMs + visitMs);
      }
      return next;
    },
    get open() {
      return count + crowdedOut.length;
    },
  };
}

interface Indexed {
  readonly index: number;
  readonly face: VisitingFace;
}

/** Faces of one frame together, in order of their first. */
function byFrame(faces: readonly VisitingFace[]): Indexed[][] {
  const frames = new Map<string, Indexed[]>();
  for (const [index, face] of faces.entries()) {
    const key = JSON.stringify([face.camera, face.model, face.frame]);
    const frame = frames.get(key);
    if (frame) frame.push({ index, face });
    else frames.set(key, [{ index, face }]);
  }
  return [...frames.values()];
}

/** The visit that each face of a frame joins, null: a new one. The pairs that fit best first, each visit once. */
function placeFrame(frame: readonly Indexed[], visits: readonly OpenVisit[], { visitMs, thresholdOf }: VisitRules) {
  const pairs: { readonly index: number; readonly visit: OpenVisit; readonly cost: number }[] = [];
  for (const { index, face } of frame) {
    const before = pairs.length;
    if (face.eventId !== null) {
      for (const visit of visits) {
        if (visit.eventId !== face.eventId || !mayJoin(face, visit, visitMs) || hasFrame(visit, face)) continue;
        pairs.push({ index, visit, cost: distance(face.encoding, visit.mean) });
      }
      if (pairs.length > before) continue;
    }
    const threshold = thresholdOf(face.model);
    const unlike: OpenVisit[] = [];
    for (const visit of visits) {
      if (!mayJoin(face, visit, visitMs) || gapMs(visit, face.atMs) >= visitMs) continue;
      const cost = unlikeMean(visit, face.encoding, threshold);
      if (!(cost < 1)) unlike.push(visit);
      else if (!hasFrame(visit, face)) pairs.push({ index, visit, cost: LIKE + cost });
    }
    // Alone in its frame, a face joins the first of its pairs: those that follow need not be found.
    if (frame.length === 1 && pairs.length > 0) continue;
    for (const visit of unlike) {
      const cost = unlikeRecent(visit, face.encoding, threshold);
      if (cost < 1 && !hasFrame(visit, face)) pairs.push({ index, visit, cost: LIKE_RECENT + cost });
    }
  }
  pairs.sort((a, b) => a.cost - b.cost);
  const chosen = new Map<number, OpenVisit>();
  const taken = new Set<OpenVisit>();
  for (const { index, visit } of pairs) {
    if (chosen.has(index) || taken.has(visit)) continue;
    chosen.set(index, visit);
    taken.add(visit);
  }
  return frame.map(({ index, face }) => ({ index, face, visit: chosen.get(index) ?? null }));
}

function mayJoin(face: VisitingFace, visit: OpenVisit, visitMs: number): boolean {
  if (face.model !== visit.model || face.arrivedMs - visit.arrivedMs >= visitMs) return false;
  return face.eventId === null || visit.eventId === null || face.eventId === visit.eventId;
}

/** Asked last: few visits are like a face, and each has many frames. */
const hasFrame = (visit: OpenVisit, { frame }: VisitingFace): boolean => visit.frames.includes(frame);

function quietest(visits: readonly OpenVisit[]): OpenVisit {
  return visits.reduce((least, visit) => (visit.arrivedMs < least.arrivedMs ? visit : least));
}
