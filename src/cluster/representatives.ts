import type { GroupedFace } from "../domain/cluster.ts";
import { squaredDistance } from "../domain/vectors/encoding.ts";

/** Most faces that represent a cluster. */
export const MOST_REPRESENTATIVES = 5;

/**
 * Faces of a cluster, best representatives first, as indexes into `faces`. First the most central one with a picture. Then,
 * up to five, those with a picture before those without, of a visit that is not shown yet before others, and among these
 * always the one furthest from all that were chosen (Gonzalez 1985, farthest-point), so that a stranger among them shows. The
 * rest follow with a picture first, then by how central they are: where one of the five goes, the next takes over. On a tie,
 * the lower index. O(5 × n × dimension).
 */
export function orderFaces(
  faces: readonly GroupedFace[],
  mean: Float32Array,
  most: number = MOST_REPRESENTATIVES,
): number[] {
  const fromMean = faces.map(({ encoding }) => squaredDistance(encoding, mean));
  const pictured = (index: number): number => Number(faces[index]?.hasThumbnail ?? false);
  const central = faces
    .map((_, index) => index)
    .sort((a, b) => pictured(b) - pictured(a) || (fromMean[a] as number) - (fromMean[b] as number) || a - b);
  const [first] = central;
  if (first === undefined || most < 1) return central;

  const chosen = new Set([first]);
  const visits = new Set<string>();
  const nearest = new Float64Array(faces.length).fill(Number.POSITIVE_INFINITY);
  const isNew = (index: number): number => {
    const visit = faces[index]?.visitId ?? null;
    return Number(visit === null || !visits.has(visit));
  };
  for (let newest = first; chosen.size < Math.min(most, faces.length); ) {
    const shown = faces[newest] as GroupedFace;
    if (shown.visitId !== null) visits.add(shown.visitId);
    let best = -1;
    let bestTier = -1;
    for (let i = 0; i < faces.length; i++) {
      if (chosen.has(i)) continue;
      nearest[i] = Math.min(nearest[i] as number, squaredDistance((faces[i] as GroupedFace).encoding, shown.encoding));
      const tier = 2 * pictured(i) + isNew(i);
      if (tier < bestTier || (tier === bestTier && (nearest[i] as number) <= (nearest[best] as number))) continue;
      best = i;
      bestTier = tier;
    }
    chosen.add(best);
    newest = best;
  }
  return [...chosen, ...central.filter((index) => !chosen.has(index))];
}
