import type { Bus } from "../../domain/events.ts";

/** Open problems that a person should know of, by source. A source has one at most; it closes it with a null message. */
export interface Problems {
  list(): readonly string[];
  /** One sentence for all of them; null if there is none. */
  sentence(): string | null;
}

export function createProblems(bus: Bus): Problems {
  const open = new Map<string, string>();
  bus.on("problem", ({ source, message }) => {
    if (message === null) open.delete(source);
    else open.set(source, message);
  });
  return {
    list: () => [...open.values()],
    sentence: () => (open.size === 0 ? null : [...open.values()].join("; ")),
  };
}
