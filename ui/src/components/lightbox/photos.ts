import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { Action } from "../action-bar.ts";

/** What the lightbox needs of a face to find its photo. */
export type PhotoFace = Pick<FaceJson, "face_id" | "thumbnail" | "camera" | "timestamp" | "box">;

/** Photos to go through with ← and →, and where to begin. */
export interface Photos {
  readonly faces: readonly PhotoFace[];
  /** Index of the first one shown; 0 by default. */
  readonly at?: number;
}

/** What the lightbox shows, and what can be done there. */
export interface PhotoOptions extends Photos {
  /** Says more of the chosen face than its name. */
  readonly about?: (face: FaceJson) => string | null;
  /** What can be done with the chosen face; at most one is the main one. */
  readonly actions?: (face: FaceJson) => readonly Action[];
  /** The photos of the visit before (-1) or after (1); null: there is none. Left out where there are no visits. */
  readonly step?: (by: -1 | 1) => Promise<Photos | null>;
  /** What the row of photos is, for screen readers. */
  readonly strip?: string;
}
