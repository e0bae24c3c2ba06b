import { DLIB, type EncodingModel } from "../model.ts";
import type { CountedEncoding } from "../person.ts";
import { meanEncoding, toLength } from "./encoding.ts";

/** Programs print floats with fewer digits than they read. */
const SAME_LENGTH = 1e-4;

/** What stands for encodings of one model, with what is needed to add others, or to take some out. */
export interface Mean {
  readonly mean: Float32Array;
  /** Of how many. */
  readonly count: number;
  /** Length of the plain mean, before it was put back; null: it was not. */
  readonly plainLength: number | null;
}

/**
 * What stands for encodings of one model. The mean of unit vectors is shorter than they are, the more so the more they differ,
 * and so nearer to every other encoding: it is put back to their average length, so that one threshold fits means of however
 * many. dlib's stays as it is.
 * @throws {RangeError} for an empty list
 */
export function meanOf(encodings: readonly Float32Array[], model: string): Float32Array {
  return toMean(encodings, model).mean;
}

/** {@link meanOf}, to be changed later. */
export function toMean(encodings: readonly Float32Array[], model: string): Mean {
  const plain = meanEncoding(encodings);
  const count = encodings.length;
  if (model === DLIB) return { mean: plain, count, plainLength: null };
  const length = encodings.reduce((sum, encoding) => sum + lengthOf(encoding), 0) / count;
  return { mean: putBack(plain, length, model), count, plainLength: lengthOf(plain) };
}

/** The mean with one encoding more. */
export function withEncoding(mean: Mean, encoding: Float32Array, model: string): Mean {
  return changeMean(mean, 1, [encoding], model);
}

/** The mean without some of the encodings that it is made of; null: none is left. */
export function withoutEncodings(mean: Mean, encodings: readonly Float32Array[], model: string): Mean | null {
  return mean.count > encodings.length ? changeMean(mean, -1, encodings, model) : null;
}

function changeMean(
  { mean, count, plainLength }: Mean,
  sign: 1 | -1,
  encodings: readonly Float32Array[],
  model: string,
): Mean {
  const left = count + sign * encodings.length;
  const length = lengthOf(mean);
  const times = plainLength === null || length === 0 ? count : (count * plainLength) / length;
  const sums = Float64Array.from(mean, (value) => value * times);
  for (const encoding of encodings) {
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + sign * (encoding[i] as number);
  }
  const plain = Float32Array.from(sums, (sum) => sum / left);
  if (model === DLIB) return { mean: plain, count: left, plainLength: null };
  return { mean: putBack(plain, length, model), count: left, plainLength: lengthOf(plain) };
}

/** An enrolled encoding as a mean: how long the plain one was follows from the variance, as its faces are equally long. */
export function meanOfLook({ encoding, count, variance = null, model }: CountedEncoding): Mean {
  if (model === DLIB || variance === null) return { mean: encoding, count, plainLength: null };
  const squared = lengthOf(encoding) ** 2 - (variance * (count - 1)) / count;
  return { mean: encoding, count, plainLength: Math.sqrt(Math.max(0, squared)) };
}

/**
 * A mean of one model's encodings, put back to their length. One without a direction stays as it is, and so does dlib's.
 * @param length of the encodings, on average
 */
export function putBack(mean: Float32Array, length: number, model: string): Float32Array {
  return model === DLIB || mean.every((value) => value === 0) ? mean : toLength(mean, length);
}

/** As encodings of the model are compared. One that is as long already keeps its digits, and one of zeros has no direction. */
export function toModelLength(encoding: Float32Array, { length }: EncodingModel): Float32Array {
  const now = lengthOf(encoding);
  if (length === null || now === 0 || Math.abs(now - length) < SAME_LENGTH) return encoding;
  return toLength(encoding, length);
}

/** Euclidean length. */
export function lengthOf(encoding: Float32Array): number {
  let squares = 0;
  for (const value of encoding) squares += value * value;
  return Math.sqrt(squares);
}
