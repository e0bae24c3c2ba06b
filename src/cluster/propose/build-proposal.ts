import type { FoundCluster, GroupedFace, Grouping, SplitSides } from "../../domain/cluster.ts";
import { meanEncoding } from "../../domain/vectors/encoding.ts";
import { toMean } from "../../domain/vectors/mean.ts";
import { measureTightness } from "../../domain/vectors/tightness.ts";
import { orderFaces } from "../representatives.ts";
import { isSettled } from "../split/is-settled.ts";
import { proposeSplit } from "../split/propose-split.ts";

/** How a cluster is shown. */
export interface ClusterView {
  /** Best representatives first. */
  readonly faceIds: readonly number[];
  /** null: it shows one person. */
  readonly split: SplitSides | null;
}

/**
 * A group of faces as discovery proposes it: who represents it, how tight it is, and whether it shows two people.
 * @param faces all of one model, ascending by id
 * @param groupings what users said of faces: where that is one person, no split is proposed
 */
export function buildProposal(
  faces: readonly GroupedFace[],
  model: string,
  groupings: readonly Grouping[],
): Omit<FoundCluster, "id"> {
  const encodings = faces.map((face) => face.encoding);
  const { mean, plainLength } = toMean(encodings, model);
  const { tightness, worst } = measureTightness(encodings, meanEncoding(encodings));
  return {
    ...buildView(faces, model, groupings, mean),
    model,
    mean,
    plainLength,
    tightness,
    worst: worst && { faceId: faces[worst.index]?.faceId ?? 0, distance: worst.distance },
  };
}

/** How a group of faces is shown. @param mean of their encodings */
export function buildView(
  faces: readonly GroupedFace[],
  model: string,
  groupings: readonly Grouping[],
  mean: Float32Array = toMean(
    faces.map((face) => face.encoding),
    model,
  ).mean,
): ClusterView {
  const idAt = (index: number): number => faces[index]?.faceId ?? 0;
  const sides = proposeSplit(
    faces.map((face) => face.encoding),
    model,
  );
  const split = sides && ([sides[0].map(idAt), sides[1].map(idAt)] as const);
  return {
    faceIds: orderFaces(faces, mean).map(idAt),
    split: split && isSettled(split, groupings) ? null : split,
  };
}
