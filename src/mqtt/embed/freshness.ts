import type { Clock } from "../../domain/clock.ts";

/** The broker has nothing more for a worker whose hands were free for this long. */
const SETTLED_MS = 500;

/**
 * How old the pictures that arrive may be: messages say nothing of it, and a broker keeps them while workers are away or
 * busy. Each was published after the last moment when the broker had none to send, though it might have sent one.
 */
export type Freshness = ReturnType<typeof createFreshness>;

/** @param most Pictures that the broker hands over at a time. */
export function createFreshness(most: number, clock: Pick<Clock, "monotonicMs">) {
  let emptyMs = Number.NEGATIVE_INFINITY;
  let freeMs: number | null = null;
  return {
    /** So many pictures are not acknowledged; null: there is no connection. */
    inHand(count: number | null): void {
      freeMs = count !== null && count < most ? (freeMs ?? clock.monotonicMs()) : null;
    },
    /** A picture arrives: how old it may be, at most; Infinity: that is not known. */
    arrived(): number {
      const nowMs = clock.monotonicMs();
      if (freeMs !== null && nowMs - freeMs >= SETTLED_MS) emptyMs = nowMs;
      return nowMs - emptyMs;
    },
  };
}
