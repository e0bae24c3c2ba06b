import { GATES, type Gate } from "../../domain/pictures/snapshot.ts";
import type { PictureCounts } from "../../domain/pictures/snapshots-state.ts";

type Outcome = Exclude<keyof PictureCounts, "refused">;

/** Counts by camera. */
export interface PictureTally {
  count(camera: string, what: Outcome | Gate): void;
  /** By camera, in order of their first picture. */
  read(): ReadonlyMap<string, PictureCounts>;
}

const NONE: PictureCounts = {
  pictures: 0,
  faces: 0,
  noFace: 0,
  refused: { score: 0, size: 0, norm: 0 },
  known: 0,
  dropped: 0,
  failed: 0,
};

const isGate = (what: Outcome | Gate): what is Gate => GATES.some((gate) => gate === what);

export function createPictureTally(): PictureTally {
  const counts = new Map<string, PictureCounts>();
  return {
    count(camera, what) {
      const before = counts.get(camera) ?? NONE;
      const { refused } = before;
      const change = isGate(what)
        ? { refused: { ...refused, [what]: refused[what] + 1 } }
        : { [what]: before[what] + 1 };
      counts.set(camera, { ...before, ...change });
    },
    read: () => counts,
  };
}
