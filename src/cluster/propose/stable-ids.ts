/** A new cluster's claim to an old cluster's id, by the faces they share. */
interface Claim {
  readonly id: string;
  readonly index: number;
  readonly shared: number;
}

/**
 * Gives each new cluster an id: that of the old cluster with which it shares most faces, if these are more than half
 * of either's faces; else a fresh one from `newId`. Each id is given once. Where several clusters claim one, the one that
 * shares more faces gets it; on a tie the earlier in the list, and of old ids the one that sorts first.
 *
 * @param before old cluster id → its face ids
 * @param found face ids of each new cluster
 * @returns the id of each new cluster, in the order of `found`
 */
export function keepStableIds(
  before: ReadonlyMap<string, readonly number[]>,
  found: readonly (readonly number[])[],
  newId: () => string,
): string[] {
  const idOf = new Map<number, string>();
  for (const [id, faces] of before) for (const face of faces) idOf.set(face, id);

  const claims = found.flatMap((faces, index) => {
    const shared = new Map<string, number>();
    for (const face of faces) {
      const id = idOf.get(face);
      if (id !== undefined) shared.set(id, (shared.get(id) ?? 0) + 1);
    }
    return [...shared].map(([id, count]): Claim => ({ id, index, shared: count }));
  });
  const most = ({ id, index, shared }: Claim): boolean =>
    shared * 2 > Math.min(before.get(id)?.length ?? 0, found[index]?.length ?? 0);
  claims.sort((a, b) => b.shared - a.shared || a.index - b.index || (a.id < b.id ? -1 : 1));

  const given: (string | undefined)[] = found.map(() => undefined);
  const taken = new Set<string>();
  for (const claim of claims.filter(most)) {
    if (given[claim.index] !== undefined || taken.has(claim.id)) continue;
    given[claim.index] = claim.id;
    taken.add(claim.id);
  }
  return given.map((id) => id ?? freshId(newId, taken, before));
}

/** An id that no cluster has or had, so that an id never changes its meaning. */
function freshId(newId: () => string, taken: Set<string>, before: ReadonlyMap<string, unknown>): string {
  for (;;) {
    const id = newId();
    if (taken.has(id) || before.has(id)) continue;
    taken.add(id);
    return id;
  }
}
