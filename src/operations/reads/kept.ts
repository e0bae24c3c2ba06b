import type { Clock } from "../../domain/clock.ts";

/** By when what is kept is made again although its basis is the same. */
interface Expiry {
  readonly clock: Pick<Clock, "monotonicMs">;
  readonly afterMs: number;
}

/**
 * Makes something once and keeps it until what it depends on changes; those who ask meanwhile share it. What fails is not
 * kept.
 * @param basis what it depends on, as it is now: as many values each time, compared by identity
 */
export function createKept<T>(
  basis: () => readonly unknown[],
  make: () => Promise<T>,
  expiry: Expiry | null = null,
): () => Promise<T> {
  let kept: { readonly basis: readonly unknown[]; readonly atMs: number; readonly value: Promise<T> } | null = null;
  return async () => {
    const now = basis();
    const nowMs = expiry?.clock.monotonicMs() ?? 0;
    const isOld = expiry !== null && kept !== null && nowMs - kept.atMs >= expiry.afterMs;
    if (!isOld && kept?.basis.every((value, i) => value === now[i])) return await kept.value;
    const mine = { basis: now, atMs: nowMs, value: make() };
    kept = mine;
    try {
      return await mine.value;
    } catch (error) {
      if (kept === mine) kept = null;
      throw error;
    }
  };
}
