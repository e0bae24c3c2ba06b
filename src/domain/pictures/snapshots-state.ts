import type { EmbedRuntime, Gate } from "./snapshot.ts";

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

/** How pictures go, since the start. */
export interface SnapshotsState {
  readonly model: string;
  readonly runtime: EmbedRuntime | null;
  readonly workers: number;
  /** Pictures that wait. */
  readonly queue: number;
  readonly cameras: readonly (PictureCounts & { readonly camera: string; readonly queue: number })[];
}

/** How a source of pictures is. */
export interface SourceState {
  readonly ok: boolean;
  /** For people: where its pictures come from, or why none come. */
  readonly sentence: string;
}
