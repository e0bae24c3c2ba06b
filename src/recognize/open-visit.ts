import { distance, distanceUnder } from "../domain/vectors/encoding.ts";
import { lengthOf, putBack } from "../domain/vectors/mean.ts";

/** Faces of a visit that are compared one by one: the last ones. */
const RECENT = 3;
/** Frames of a visit that are remembered: the last ones. */
const FRAMES = 32;

/** A face as visits see it. */
export interface VisitingFace {
  readonly camera: string;
  readonly model: string;
  readonly encoding: Float32Array;
  /** Its own time (`capturedAt`), in ms. */
  readonly atMs: number;
  /** When it arrived, in ms of a clock that never jumps. */
  readonly arrivedMs: number;
  /** Names its frame: faces of one frame are different people. */
  readonly frame: string;
  /** `event_id` of the camera pipeline. */
  readonly eventId: string | null;
}

/** Under which distance a face and the mean of so many faces are one person's; 1: two single faces. */
export type ThresholdOf = (faces: number) => number;

/** A visit that goes on. Immutable: each face makes a new one. */
export interface OpenVisit {
  readonly visitId: string;
  readonly camera: string;
  readonly model: string;
  /** null until a face brings one. */
  readonly eventId: string | null;
  /** Own times of its earliest and its latest face, in ms. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Arrival of the last face, in ms of the clock that never jumps. */
  readonly arrivedMs: number;
  readonly faces: number;
  /** What stands for its encodings, see `meanOf`. */
  readonly mean: Float32Array;
  /** Of its encodings, summed over all axes; 0 of one face. */
  readonly variance: number;
  /** What the mean is made of, in float64: of the encodings, and of their lengths. */
  readonly sum: Float64Array;
  readonly lengths: number;
  /** The mean before it was put back to the encodings' length. */
  readonly plain: Float32Array;
  /** Its last encodings and frames, the latest last. */
  readonly recent: readonly Float32Array[];
  readonly frames: readonly string[];
}

/** A visit of one face. */
export function openVisit(visitId: string, face: VisitingFace): OpenVisit {
  const { camera, model, eventId, atMs, arrivedMs, encoding, frame } = face;
  return {
    visitId,
    camera,
    model,
    eventId,
    fromMs: atMs,
    toMs: atMs,
    arrivedMs,
    faces: 1,
    mean: encoding,
    variance: 0,
    sum: Float64Array.from(encoding),
    lengths: lengthOf(encoding),
    plain: encoding,
    recent: [encoding],
    frames: [frame],
  };
}

/** The visit with one face more. */
export function withFace(visit: OpenVisit, face: VisitingFace): OpenVisit {
  const faces = visit.faces + 1;
  const sum = new Float64Array(visit.sum);
  const plain = new Float32Array(sum.length);
  for (let i = 0; i < sum.length; i++) {
    const total = (sum[i] as number) + (face.encoding[i] as number);
    sum[i] = total;
    plain[i] = total / faces;
  }
  // Welford's way, with the squared distance to the mean before: it needs no sum of squares, and loses no digits.
  const away = distance(visit.plain, face.encoding) ** 2;
  const variance = (visit.variance * (visit.faces - 1)) / visit.faces + away / faces;
  const lengths = visit.lengths + lengthOf(face.encoding);
  return {
    ...visit,
    eventId: visit.eventId ?? face.eventId,
    fromMs: Math.min(visit.fromMs, face.atMs),
    toMs: Math.max(visit.toMs, face.atMs),
    arrivedMs: Math.max(visit.arrivedMs, face.arrivedMs),
    faces,
    sum,
    lengths,
    plain,
    mean: putBack(plain, lengths / faces, visit.model),
    variance,
    recent: [...visit.recent.slice(1 - RECENT), face.encoding],
    frames: [...visit.frames.slice(1 - FRAMES), face.frame],
  };
}

/** How unlike the mean of a visit a face is: from 1 on, too unlike, and Infinity may stand for how much. */
export function unlikeMean(visit: OpenVisit, encoding: Float32Array, thresholdOf: ThresholdOf): number {
  const threshold = thresholdOf(visit.faces);
  return distanceUnder(threshold, encoding, visit.mean) / threshold;
}

/**
 * How unlike the last faces of a visit a face is: from 1 on, too unlike, and Infinity may stand for how much. The mean of a head that has moved on may lie further
 * from the next face than the last one does.
 */
export function unlikeRecent(visit: OpenVisit, encoding: Float32Array, thresholdOf: ThresholdOf): number {
  const threshold = thresholdOf(1);
  let nearest = Number.POSITIVE_INFINITY;
  for (const one of visit.recent) nearest = Math.min(nearest, distanceUnder(threshold, encoding, one));
  return nearest / threshold;
}

/** Milliseconds between a face's own time and the visit; 0: within it. */
export function gapMs(visit: OpenVisit, atMs: number): number {
  return Math.max(0, visit.fromMs - atMs, atMs - visit.toMs);
}
