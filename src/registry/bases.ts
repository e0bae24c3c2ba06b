import type { Clock } from "../domain/clock.ts";
import type { RegistryData } from "./format.ts";
import { type Difference, toDifference } from "./merge.ts";

/** How long after our write somebody may still save what they made of the text before it. */
const OVERLAP_MS = 2_000;
/** How often in a row that is granted: a program that insists on its state gets its way in the end. */
const MAX_STALE = 3;
const FORGET_STALE_MS = 10_000;

/** Decides against which text an edit is to be read. */
export interface Bases {
  /** `data` has just been replaced by our own write. */
  replaced(data: RegistryData): void;
  /** What `theirs` changed in the newest base; in an older one if it so takes fewer changes and is recent enough. */
  compare(newest: RegistryData, theirs: RegistryData): Difference;
}

/**
 * A program reads the file, we write it, the program saves what it made of the old text: compared with what we wrote
 * last, our own change looks undone by it. Within a short time after our write such a save is therefore also compared
 * with the texts before, and the smallest difference is taken to be what was meant.
 */
export function createBases(clock: Clock): Bases {
  let older: { readonly data: RegistryData; readonly untilMs: number }[] = [];
  let granted = 0;
  let lastGrantMs = Number.NEGATIVE_INFINITY;
  return {
    replaced(data) {
      older.unshift({ data, untilMs: clock.monotonicMs() + OVERLAP_MS });
    },
    compare(newest, theirs) {
      const nowMs = clock.monotonicMs();
      older = older.filter(({ untilMs }) => untilMs > nowMs);
      if (nowMs - lastGrantMs > FORGET_STALE_MS) granted = 0;
      let best = toDifference(newest, theirs);
      if (granted >= MAX_STALE) return best;
      let stale = false;
      for (const { data } of older) {
        const difference = toDifference(data, theirs);
        if (difference.size >= best.size) continue;
        best = difference;
        stale = true;
      }
      if (stale) {
        granted++;
        lastGrantMs = nowMs;
      }
      return best;
    },
  };
}
