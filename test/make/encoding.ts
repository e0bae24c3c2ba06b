import { SFACE_MODEL } from "../../src/domain/model.ts";
import { DIMENSION, toLength } from "../../src/domain/vectors/encoding.ts";

/** A small generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An encoding of about the length that real ones have, the same for the same seed. */
export function makeEncoding(seed: number): Float32Array {
  const random = makeRandom(seed);
  return Float32Array.from({ length: DIMENSION }, () => (random() - 0.5) * 0.43);
}

/** An encoding of the model `sface`, the same for the same seed. */
export function makeSface(seed: number): Float32Array {
  return toLength(makeEncoding(seed), SFACE_MODEL.length as number);
}

/** `encoding`, moved by exactly `distance` (up to float32) in a direction that depends on the seed. */
export function makeNear(encoding: Float32Array, distance: number, seed = 1): Float32Array {
  const random = makeRandom(seed * 7_919 + 13);
  const direction = Array.from(encoding, () => random() - 0.5);
  const length = Math.hypot(...direction);
  return encoding.map((value, i) => value + ((direction[i] as number) / length) * distance);
}
