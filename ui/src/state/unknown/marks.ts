import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";

/** Older unnamed faces that also match. */
export interface Claimable {
  readonly count: number;
  readonly farthest: number | null;
  readonly since: string | null;
  readonly faces: readonly { readonly face_id: number; readonly thumbnail: string | null }[];
}

/** A local change to a group since the list was loaded. */
export type Mark =
  /** Shown as named; the daemon has not answered yet. */
  | { readonly kind: "naming"; readonly name: string; readonly faces: number }
  | {
      readonly kind: "named";
      readonly name: string;
      readonly personId: string;
      readonly faces: number;
      readonly claimable: Claimable | null;
      readonly claiming: boolean;
    }
  /** Reverted, with the reason. */
  | { readonly kind: "refused"; readonly code: string; readonly error: unknown; readonly sizeThen: number };

/** Marks by cluster id. */
export type Marks = ReadonlyMap<string, Mark>;

/** Whether this page shows the group as named. */
function isNamed(marks: Marks, id: string): boolean {
  const kind = marks.get(id)?.kind;
  return kind === "naming" || kind === "named";
}

/** A copy with one mark set, or removed (null). */
export function withMark(marks: Marks, id: string, mark: Mark | null): Marks {
  const next = new Map(marks);
  if (mark) next.set(id, mark);
  else next.delete(id);
  return next;
}

/**
 * The newly loaded list, plus just-named groups at their old position, although the daemon no longer lists them: the
 * result stays where the user acted.
 */
export function keepNamed(before: readonly ClusterJson[], loaded: readonly ClusterJson[], marks: Marks): ClusterJson[] {
  const result = [...loaded];
  const there = new Set(loaded.map((cluster) => cluster.id));
  before.forEach((cluster, at) => {
    if (isNamed(marks, cluster.id) && !there.has(cluster.id)) {
      result.splice(Math.min(at, result.length), 0, cluster);
    }
  });
  return result;
}

/** Number of loaded groups that are not shown yet. */
export function countNew(before: readonly ClusterJson[], loaded: readonly ClusterJson[]): number {
  const there = new Set(before.map((cluster) => cluster.id));
  return loaded.filter((cluster) => !there.has(cluster.id)).length;
}

/** Whether showing `next` would move or remove anything shown. */
export function wouldMove(shown: readonly ClusterJson[], next: readonly ClusterJson[]): boolean {
  return shown.some((cluster, at) => {
    const then = next[at];
    return then?.id !== cluster.id || then.state !== cluster.state || drawn(then) !== drawn(cluster);
  });
}

/** What a card shows above the name field. */
const drawn = ({ suggestion, split }: ClusterJson): string => `${suggestion?.level} ${split !== null}`;

/** The shown groups in their order and section, with newly loaded data. */
export function keepOrder(shown: readonly ClusterJson[], loaded: readonly ClusterJson[]): ClusterJson[] {
  const newer = new Map(loaded.map((cluster) => [cluster.id, cluster]));
  return shown.map((cluster) => ({
    ...(newer.get(cluster.id) ?? cluster),
    suggestion: cluster.suggestion,
    state: cluster.state,
    split: cluster.split,
  }));
}

/** Whether a group is more of somebody who has a name, so that it does not wait for one. */
const isKnown = ({ id, state }: ClusterJson, declined: ReadonlySet<string>): boolean =>
  state === "known" && !declined.has(id);

/** The groups that wait for a name, single faces too: neither just named nor more of a known person. */
export function toUnnamed(
  list: readonly ClusterJson[],
  marks: Marks,
  declined: ReadonlySet<string>,
): readonly ClusterJson[] {
  return list.filter((cluster) => !isNamed(marks, cluster.id) && !isKnown(cluster, declined));
}

/** Discover's three sections. Declined suggestions (`declined` holds cluster ids) do not count. */
export function toSections(
  list: readonly ClusterJson[],
  marks: Marks,
  declined: ReadonlySet<string>,
): { known: ClusterJson[]; who: ClusterJson[]; once: ClusterJson[] } {
  const known: ClusterJson[] = [];
  const who: ClusterJson[] = [];
  const once: ClusterJson[] = [];
  for (const cluster of list) {
    if (isKnown(cluster, declined)) known.push(cluster);
    // A just-named single face is shown as a card.
    else if (cluster.size > 1 || marks.has(cluster.id)) who.push(cluster);
    else once.push(cluster);
  }
  return { known, who, once };
}
