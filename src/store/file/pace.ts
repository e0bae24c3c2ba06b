/** Shorter than a person notices, longer than a commit takes. */
const CHUNK_MS = 10;
const FIRST = 64;
const MOST = 5_000;

/** Says how much to do at a time, so that each step holds the event loop for about ten milliseconds. */
export interface Pace {
  /** How many to do next. */
  size(): number;
  /** Runs one step that does `count`, then lets the event loop go on. */
  step<T>(count: number, run: () => T): Promise<T>;
}

/** A pace that begins with `first` at a time. */
export function createPace(first = FIRST): Pace {
  let size = first;
  return {
    size: () => size,
    async step(count, run) {
      const start = performance.now();
      const result = run();
      const tookMs = performance.now() - start;
      const fits = (count * CHUNK_MS) / Math.max(tookMs, 0.1);
      size = Math.round(Math.min(MOST, size * 2, Math.max(1, fits)));
      await new Promise(setImmediate);
      return result;
    },
  };
}
