import type { IncomingFace } from "../../domain/face.ts";
import { squaredDistance } from "../../domain/vectors/encoding.ts";

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

/** The one of two that shows their visit better: with a picture, of higher quality, better detected, nearer to the mean. */
export function pickBest(one: BestFace, other: BestFace, mean: Float32Array): BestFace {
  const [a, b] = [toRank(one), toRank(other)];
  const at = a.findIndex((value, i) => value !== b[i]);
  if (at >= 0) return (a[at] as number) > (b[at] as number) ? one : other;
  return squaredDistance(one.encoding, mean) <= squaredDistance(other.encoding, mean) ? one : other;
}

function toRank({ pictured, quality, detectionScore }: BestFace): number[] {
  const none = Number.NEGATIVE_INFINITY;
  return [Number(pictured), quality ?? none, detectionScore ?? none];
}
