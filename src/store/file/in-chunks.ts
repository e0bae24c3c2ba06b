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

/**
 * Runs `run` on all items, in order, some at a time: as many as take about ten milliseconds. The event loop goes on in
 * between, so what a chunk reads must not rely on what one before it read.
 */
export async function inChunks<T>(
  items: readonly T[],
  run: (chunk: readonly T[]) => void,
  pace: Pace = createPace(),
): Promise<void> {
  for (let start = 0; start < items.length; ) {
    const chunk = items.slice(start, start + pace.size());
    start += chunk.length;
    await pace.step(chunk.length, () => run(chunk));
  }
}
