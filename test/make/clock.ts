import type { Clock } from "../../src/domain/clock.ts";

/** A clock that stands until it is moved. */
export interface HeldClock extends Clock {
  /** Lets time pass: both clocks go on, what is due runs in order. */
  advance(ms: number): void;
  /** The wall clock jumps; the monotonic one does not. */
  jump(ms: number): void;
}

/** @param start Wall clock at the beginning. */
export function makeClock(start = new Date("2026-02-18T10:00:00Z")): HeldClock {
  let wallMs = start.getTime();
  let monotonicMs = 1_000;
  let order = 0;
  const due: { atMs: number; order: number; run: () => void }[] = [];
  return {
    now: () => new Date(wallMs),
    monotonicMs: () => monotonicMs,
    after(ms, run) {
      const entry = { atMs: monotonicMs + ms, order: order++, run };
      due.push(entry);
      return () => {
        const index = due.indexOf(entry);
        if (index >= 0) due.splice(index, 1);
      };
    },
    advance(ms) {
      const end = monotonicMs + ms;
      for (;;) {
        const next = due.filter((one) => one.atMs <= end).sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
        if (!next) break;
        due.splice(due.indexOf(next), 1);
        wallMs += Math.max(0, next.atMs - monotonicMs);
        monotonicMs = Math.max(monotonicMs, next.atMs);
        next.run();
      }
      wallMs += end - monotonicMs;
      monotonicMs = end;
    },
    jump(ms) {
      wallMs += ms;
    },
  };
}
