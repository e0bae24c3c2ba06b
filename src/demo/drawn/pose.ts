import { createDice } from "../random.ts";
import { CLOTH } from "./look.ts";

/** What differs between a person's pictures: posture, clothes, mood. */
export interface Pose {
  /** Rotation of the head, −1 to 1. */
  readonly yaw: number;
  /** How far eyes, nose and mouth have moved with it. */
  readonly shift: number;
  /** −0.4 (earnest) to 1 (laughing). */
  readonly smile: number;
  /** Blinking. */
  readonly shut: boolean;
  readonly cloth: string;
  /** The side that light comes from: −1 or 1. */
  readonly lit: -1 | 1;
  /** The head's lean in degrees; then its size and offset. */
  readonly lean: number;
  readonly scale: number;
  readonly moved: readonly [number, number];
}

/**
 * @param visit a person wears the same clothes during a visit.
 * @param lit the side that light comes from.
 */
export function toPose(id: string, visit: string, shot: string, lit: -1 | 1): Pose {
  const dice = createDice("pose", id, visit, shot);
  const yaw = dice.between(-1, 1);
  return {
    yaw,
    shift: yaw * 4.2,
    smile: dice.between(-0.4, 1),
    shut: dice.odds(0.03),
    cloth: createDice("clothes", id, visit).oneOf(CLOTH),
    lit,
    lean: dice.between(-7, 7),
    scale: dice.between(0.98, 1.14),
    moved: [dice.between(-3, 3), dice.between(-2.5, 2.5)],
  };
}
