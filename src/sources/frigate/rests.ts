import type { Clock } from "../../domain/clock.ts";

/** A choice that failed is left out for so long. */
const REST_MS = 300_000;

/** What may fail and is then left out for a while, by key: go2rtc, a camera's stream in it, the face crops. */
export interface Rests {
  /** Why it is left out now; null: it may be tried. */
  reason(key: string): string | null;
  rest(key: string, reason: string): void;
  /** It has worked, or may again. */
  end(key: string): void;
}

export function createRests(clock: Pick<Clock, "monotonicMs">): Rests {
  const resting = new Map<string, { readonly reason: string; readonly untilMs: number }>();
  return {
    reason(key) {
      const rest = resting.get(key);
      if (rest && clock.monotonicMs() < rest.untilMs) return rest.reason;
      resting.delete(key);
      return null;
    },
    rest: (key, reason) => void resting.set(key, { reason, untilMs: clock.monotonicMs() + REST_MS }),
    end: (key) => void resting.delete(key),
  };
}
