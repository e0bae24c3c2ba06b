import type { IncomingFace } from "../../domain/face.ts";
import { squaredDistance } from "../../domain/vectors/encoding.ts";

/** Below every quality and score that is known. */
const LEAST = Number.NEGATIVE_INFINITY;

/** The face that shows a visit best. */
export interface BestFace extends Omit<IncomingFace, "thumbnail"> {
  /** A picture of it is kept, or can be cut from its frame. */
  readonly pictured: boolean;
  /** null until it is stored. */
  readonly stored: { readonly faceId: number; readonly cameraId: string } | null;
}

/** A face as it arrived, as a candidate. */
export function toBestFace({ thumbnail, ...face }: IncomingFace, pictured: boolean): BestFace {
  return { ...face, pictured, stored: null };
}

/** What says how well a face shows its visit. */
type Shown = Pick<BestFace, "pictured" | "quality" | "detectionScore">;

/** The one of two that shows their visit better: with a picture, of higher quality, better detected, nearer to the mean. */
export function pickBest(one: BestFace, other: BestFace, mean: Float32Array): BestFace {
  if (showsBetter(one, other)) return one;
  if (showsBetter(other, one)) return other;
  return squaredDistance(one.encoding, mean) <= squaredDistance(other.encoding, mean) ? one : other;
}

/** Whether one face shows their visit better than another: with a picture, of higher quality, better detected. */
export function showsBetter(one: Shown, other: Shown): boolean {
  if (one.pictured !== other.pictured) return one.pictured;
  if (one.quality !== other.quality) return (one.quality ?? LEAST) > (other.quality ?? LEAST);
  return (one.detectionScore ?? LEAST) > (other.detectionScore ?? LEAST);
}
