import { GATES, type Gate } from "../../domain/pictures/snapshot.ts";

/** What became of a camera's pictures, since the start. */
export interface PictureCounts {
  /** That came in, also those that were not looked at. */
  readonly pictures: number;
  /** Found, and past all gates. */
  readonly faces: number;
  /** Pictures without any face. */
  readonly noFace: number;
  /** Faces, by the gate that they failed. */
  readonly refused: Readonly<Record<Gate, number>>;
  /** The very same as one before. */
  readonly known: number;
  /** There was no room: given up for newer ones, or not taken. */
  readonly dropped: number;
  /** Could not be looked at, or their faces could not be stored. */
  readonly failed: number;
}

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
