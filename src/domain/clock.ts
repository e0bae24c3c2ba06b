/** Time is handed in, so that tests can hold it. */
export interface Clock {
  /** Wall clock. */
  now(): Date;
  /** Milliseconds of a clock that never jumps. */
  monotonicMs(): number;
  /** Runs once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** The real clock. Timers do not keep the process alive. */
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
