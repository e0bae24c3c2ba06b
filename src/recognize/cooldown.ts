/** Says whether a recognition may be told now: one per key in `seconds`, by a clock that never jumps. */
export interface Cooldown {
  /** True, and remembered as told, unless one with this key was told less than `seconds` ago. */
  admit(key: string, nowMs: number): boolean;
}

/** `seconds` 0 admits everything. Keys whose time is over are forgotten. */
export function createCooldown(seconds: number): Cooldown {
  const told = new Map<string, number>();
  const periodMs = seconds * 1000;
  return {
    admit(key, nowMs) {
      if (periodMs <= 0) return true;
      const last = told.get(key);
      if (last !== undefined && nowMs - last < periodMs) return false;
      // Kept in order of telling, so that what is over stands first.
      told.delete(key);
      told.set(key, nowMs);
      for (const [old, at] of told) {
        if (nowMs - at < periodMs) break;
        told.delete(old);
      }
      return true;
    },
  };
}
