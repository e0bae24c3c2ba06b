import { putBack } from "./mean.ts";

/** What is left of encodings of one model when only their mean and variance are wanted; in float64, so that adding loses nothing. */
export interface EncodingSum {
  readonly count: number;
  /** Of each number. */
  readonly sum: Float64Array;
  /** Of their squared lengths. */
  readonly squares: number;
  /** Of their lengths. */
  readonly lengths: number;
}

export function sumOf(encoding: Float32Array): EncodingSum {
  let squares = 0;
  for (const value of encoding) squares += value * value;
  return { count: 1, sum: Float64Array.from(encoding), squares, lengths: Math.sqrt(squares) };
}

/** Of all that the sums are of. @throws {RangeError} for an empty list */
export function addSums(sums: readonly EncodingSum[]): EncodingSum {
  const [first, ...others] = sums;
  if (!first) throw new RangeError("nothing to add");
  const sum = Float64Array.from(first.sum);
  let { count, squares, lengths } = first;
  for (const other of others) {
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (other.sum[i] as number);
    count += other.count;
    squares += other.squares;
    lengths += other.lengths;
  }
  return { count, sum, squares, lengths };
}

/** The mean of the encodings as `meanOf` makes it, and their variance as `varianceOf` does. */
export function meanOfSum(total: EncodingSum, model: string): { mean: Float32Array; variance: number } {
  const { count, sum, squares, lengths } = total;
  const plain = Float32Array.from(sum, (value) => value / count);
  const ofMean = sum.reduce((all, value) => all + (value / count) ** 2, 0);
  return {
    mean: putBack(plain, lengths / count, model),
    variance: Math.max(0, squares - count * ofMean) / Math.max(1, count - 1),
  };
}
