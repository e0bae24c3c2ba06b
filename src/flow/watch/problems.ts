import type { Bus } from "../../domain/events.ts";

/** Conditions that a person should know of, by who told them; each over when its source says so. */
export interface Problems {
  list(): readonly string[];
  /** One sentence for all of them; null when all is well. */
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
