import type { FoundCluster, SplitSides } from "../domain/cluster.ts";
import { meanEncoding } from "../domain/vectors/encoding.ts";
import { toMean } from "../domain/vectors/mean.ts";
import { measureTightness } from "../domain/vectors/tightness.ts";
import { pickRepresentatives } from "./representatives.ts";
import { proposeSplit } from "./split/propose-split.ts";

/**
 * A group of faces as discovery proposes it: who represents it, how tight it is, and whether it shows two people.
 * @param faceIds ascending; `encodings` are theirs, all of one model
 */
export function buildProposal(
  faceIds: readonly number[],
  encodings: readonly Float32Array[],
  model: string,
): Omit<FoundCluster, "id"> {
  const { mean, plainLength } = toMean(encodings, model);
  const idAt = (index: number): number => faceIds[index] as number;
  const representativeIds = pickRepresentatives(encodings, mean).map(idAt);
  const rest = faceIds.filter((faceId) => !representativeIds.includes(faceId));
  const { tightness, worst } = measureTightness(encodings, meanEncoding(encodings));
  return {
    faceIds: [...representativeIds, ...rest],
    representativeIds,
    model,
    mean,
    plainLength,
    tightness,
    worst: worst && { faceId: idAt(worst.index), distance: worst.distance },
    split: buildSplit(faceIds, encodings, model),
  };
}

/** The split that a group shows, in face ids; null: it shows one person. */
export function buildSplit(
  faceIds: readonly number[],
  encodings: readonly Float32Array[],
  model: string,
): SplitSides | null {
  const idAt = (index: number): number => faceIds[index] as number;
  const sides = proposeSplit(encodings, model);
  return sides && [sides[0].map(idAt), sides[1].map(idAt)];
}
