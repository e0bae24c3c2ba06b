/** The current time and timers, handed in so that tests control them. */
export interface Clock {
  /** Wall clock. */
  now(): Date;
  /** Milliseconds of a clock that never jumps, for durations. */
  monotonicMs(): number;
  /** Calls `run` once after `ms`; returns a function that cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** The real clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(ms, run) {
    // setTimeout takes at most 2^31-1 ms and fires at once beyond it.
    const timer = setTimeout(run, Math.min(ms, 2_147_483_647));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
