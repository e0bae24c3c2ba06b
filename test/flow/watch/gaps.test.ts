import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import type { ProblemCode } from "../../../src/domain/health/problem.ts";
import { createGaps } from "../../../src/flow/watch/gaps.ts";
import { createProblems } from "../../../src/flow/watch/problems.ts";
import { makeClock } from "../../make/clock.ts";

const HOUR_MS = 3_600_000;

function open() {
  const clock = makeClock(new Date("2026-02-18T10:00:00Z"));
  const bus = createBus((error) => {
    throw error;
  });
  createProblems(bus, clock);
  const gaps = createGaps(bus, clock);
  const report = (source: string, code: ProblemCode, message: string | null, since?: Date) =>
    bus.emit("problem", { source, code, message, ...(since ? { since } : {}) });
  const list = () =>
    gaps.list().map(({ from, to }) => `${from.toISOString().slice(11, 16)}–${to?.toISOString().slice(11, 16) ?? ""}`);
  return { clock, report, list };
}

it("a gap lasts from when the broker was last heard until it is back, whatever is said about it meanwhile", () => {
  const { clock, report, list } = open();
  clock.advance(HOUR_MS);
  report("broker", "BROKER_UNREACHABLE", "gone", new Date("2026-02-18T10:58:00Z"));
  expect(list()).toEqual(["10:58–"]);
  clock.advance(HOUR_MS);
  report("broker", "BROKER_REFUSED_LOGIN", "wrong password");
  clock.advance(HOUR_MS);
  report("broker", "BROKER_UNREACHABLE", null);
  expect(list()).toEqual(["10:58–13:00"]);
});

it("other problems are no gap, and one that is over for a day is forgotten", () => {
  const { clock, report, list } = open();
  report("clock", "CLOCK_JUMPED", "it jumped");
  report("ingest", "FACES_NOT_STORED", "disk full");
  expect(list()).toEqual([]);
  report("broker", "BROKER_UNREACHABLE", "gone");
  clock.advance(HOUR_MS);
  report("broker", "BROKER_UNREACHABLE", null);
  clock.advance(23 * HOUR_MS);
  expect(list()).toEqual(["10:00–11:00"]);
  clock.advance(2 * HOUR_MS);
  expect(list()).toEqual([]);
});
