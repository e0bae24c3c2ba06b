import type { Box } from "../face.ts";
import type { Gate } from "./snapshot.ts";

/** A face that did not pass a gate. */
export interface RefusedFace {
  readonly id: string;
  readonly camera: string;
  /** When its picture was taken. */
  readonly at: Date;
  readonly gate: Gate;
  /** What it has of what the gate looks at, and what it would need. */
  readonly value: number;
  readonly needed: number;
  /** The detector's, 0 to 1. */
  readonly score: number;
  /** Shorter side of the box. */
  readonly facePx: number;
  /** null: it was not encoded. */
  readonly norm: number | null;
  readonly box: Box;
}
