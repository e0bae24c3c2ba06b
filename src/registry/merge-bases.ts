import { type Difference, toDifference } from "./format/difference.ts";
import type { RegistryData } from "./format/format.ts";

/** How long after our write another program may still save what it made of the text before it. */
const OVERLAP_MS = 1_000;
const MAX_OLDER = 4;

/** Decides which text an edit is compared with. */
export interface MergeBases {
  /**
   * `data` has just been replaced by our own write.
   * @param atMs The written file's time, milliseconds since 1970.
   */
  replaced(data: RegistryData, atMs: number): void;
  /**
   * What `theirs` changed: in the newest merge base, or in one before it when that takes fewer changes.
   * @param savedMs The edited file's time, milliseconds since 1970.
   */
  compare(newest: RegistryData, theirs: RegistryData, savedMs: number): Difference;
}

/**
 * A program reads the file, we write it, the program saves what it made of the old text: compared with what we wrote
 * last, our own change looks undone by it. A save shortly after our write is therefore also compared with the texts
 * before, and the smallest difference is what was meant; but none at all is not: a program that brings back exactly what
 * was there before our change wants it undone. Once others have saved they know what they have, so older texts are
 * forgotten.
 */
export function createMergeBases(): MergeBases {
  let older: readonly { readonly data: RegistryData; readonly atMs: number }[] = [];
  return {
    replaced(data, atMs) {
      older = [{ data, atMs }, ...older].slice(0, MAX_OLDER);
    },
    compare(newest, theirs, savedMs) {
      const overlapping = older.filter(({ atMs }) => savedMs - atMs <= OVERLAP_MS);
      older = [];
      let best = toDifference(newest, theirs);
      for (const { data } of overlapping) {
        const difference = toDifference(data, theirs);
        if (difference.size > 0 && difference.size < best.size) best = difference;
      }
      return best;
    },
  };
}
