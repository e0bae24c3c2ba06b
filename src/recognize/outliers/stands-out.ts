import { COMMON_THRESHOLD } from "../../domain/model.ts";
import { fittingThreshold, type Spread } from "../fit.ts";

/**
 * As if two single faces were compared. More than recognition allows: a mark on a face that is right costs more than one
 * that is missing, since the least alike are listed first all the same.
 */
const DIFFERENT = 1.12 * COMMON_THRESHOLD;

/**
 * Whether a face differs so much from the mean of a person's or a group's `others` that it is probably another person, or a
 * picture that shows nothing.
 * @param distance to that mean, of which the face itself is no part
 */
export function standsOut(distance: number, others: number, spread: Spread): boolean {
  return distance > fittingThreshold(DIFFERENT, 1, others, spread);
}
