import type { FoundCluster, SplitSides } from "../domain/cluster.ts";
import { meanEncoding } from "../domain/vectors/encoding.ts";
import { measureTightness } from "../domain/vectors/tightness.ts";
import { pickRepresentatives } from "./representatives.ts";
import { proposeSplit } from "./split/propose-split.ts";

/**
 * A group of faces as discovery proposes it: who represents it, how tight it is, and whether it shows two people.
 * @param faceIds ascending; `encodings` are theirs
 */
export function buildProposal(
  faceIds: readonly number[],
  encodings: readonly Float32Array[],
): Omit<FoundCluster, "id"> {
  const mean = meanEncoding(encodings);
  const idAt = (index: number): number => faceIds[index] as number;
  const representativeIds = pickRepresentatives(encodings, mean).map(idAt);
  const rest = faceIds.filter((faceId) => !representativeIds.includes(faceId));
  const { tightness, worst } = measureTightness(encodings, mean);
  return {
    faceIds: [...representativeIds, ...rest],
    representativeIds,
    mean,
    tightness,
    worst: worst && { faceId: idAt(worst.index), distance: worst.distance },
    split: buildSplit(faceIds, encodings),
  };
}

/** The split that a group shows, in face ids; null: it shows one person. */
export function buildSplit(faceIds: readonly number[], encodings: readonly Float32Array[]): SplitSides | null {
  const idAt = (index: number): number => faceIds[index] as number;
  const sides = proposeSplit(encodings);
  return sides && [sides[0].map(idAt), sides[1].map(idAt)];
}
