/** Admits one event per key and period. */
export interface Cooldown {
  /** False if the key was admitted less than the period ago. `nowMs` is of a clock that never jumps. */
  admit(key: string, nowMs: number): boolean;
}

/** A period of 0 seconds admits everything. Keys whose period is over are forgotten. */
export function createCooldown(seconds: number): Cooldown {
  const admitted = new Map<string, number>();
  const periodMs = seconds * 1000;
  return {
    admit(key, nowMs) {
      if (periodMs <= 0) return true;
      const last = admitted.get(key);
      if (last !== undefined && nowMs - last < periodMs) return false;
      // Kept in order of admission, so that expired keys come first.
      admitted.delete(key);
      admitted.set(key, nowMs);
      for (const [old, at] of admitted) {
        if (nowMs - at < periodMs) break;
        admitted.delete(old);
      }
      return true;
    },
  };
}
