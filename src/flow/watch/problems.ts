import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import { PROBLEMS, type Problem } from "../../domain/health/problem.ts";

/** Open problems that a person should know of, by source. A source has one at most; it closes it with a null message. */
export interface Problems {
  /** Errors first, the oldest of each first. */
  list(): readonly Problem[];
  /** The sentence of the first; null if there is none. */
  sentence(): string | null;
}

/** Keeps the open problems that are reported on the bus, and emits them as `problems` at each change. */
export function createProblems(bus: Bus, clock: Pick<Clock, "now">): Problems {
  const open = new Map<string, Problem>();
  const list = () => [...open.values()].sort(compare);

  bus.on("problem", ({ source, code, message, subject = null, since }) => {
    const before = open.get(source);
    if (message === null) {
      if (open.delete(source)) bus.emit("problems", { problems: list() });
      return;
    }
    if (before?.code === code && before.sentence === message) return;
    // Another sentence about the same: it goes on.
    const began = since ?? (before?.code === code ? before.since : clock.now());
    open.set(source, { code, sentence: message, subject, since: began, severity: PROBLEMS[code] });
    bus.emit("problems", { problems: list() });
  });
  return { list, sentence: () => list()[0]?.sentence ?? null };
}

function compare(a: Problem, b: Problem): number {
  if (a.severity !== b.severity) return a.severity === "error" ? -1 : 1;
  return a.since.getTime() - b.since.getTime();
}
