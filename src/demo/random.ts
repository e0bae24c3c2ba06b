/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normally distributed, variance 1 (Box and Muller 1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma distributed with a whole shape, mean 1: a sum of exponential ones. */
export function gamma(shape: number, random: () => number): number {
  let sum = 0;
  for (let k = 0; k < shape; k++) sum -= Math.log(1 - random());
  return sum / shape;
}

/** A source of chance: the same sequence for the same words. */
export interface Dice {
  readonly random: () => number;
  between(low: number, high: number): number;
  oneOf<T>(list: readonly T[]): T;
  /** True with this probability. */
  odds(share: number): boolean;
}

/** Dice seeded by words. */
export function createDice(...words: readonly (string | number)[]): Dice {
  const random = createRandom(hash(words.join("/")));
  return {
    random,
    between: (low, high) => low + random() * (high - low),
    oneOf: <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T,
    odds: (share) => random() < share,
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) as number), 16_777_619);
  return value >>> 0;
}
