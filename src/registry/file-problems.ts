/** Kinds of problems with the file, the worst first. */
const KINDS = ["failure", "rejected", "returned"] as const;

/** What is wrong with the file: the worst open problem, reported once each time it changes. */
export interface FileProblems {
  /** `message` null: this kind is over. */
  set(kind: (typeof KINDS)[number], message: string | null): void;
  has(kind: (typeof KINDS)[number]): boolean;
}

/** @param report Receives the worst problem, or null when there is none. */
export function createFileProblems(report: (message: string | null) => void): FileProblems {
  const open = new Map<string, string>();
  let reported: string | null = null;
  return {
    has: (kind) => open.has(kind),
    set(kind, message) {
      if (message === null) open.delete(kind);
      else open.set(kind, message);
      const worst = KINDS.map((one) => open.get(one)).find((one) => one !== undefined) ?? null;
      if (worst === reported) return;
      reported = worst;
      report(worst);
    },
  };
}
