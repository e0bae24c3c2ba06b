/** Kinds of trouble with the file, the worse first. */
const KINDS = ["failure", "rejected", "returned"] as const;

/** What is wrong with the file, told once each time it changes. */
export interface FileProblems {
  set(kind: (typeof KINDS)[number], message: string | null): void;
  has(kind: (typeof KINDS)[number]): boolean;
}

/** @param tell Hears the worst problem, or null when there is none. */
export function createFileProblems(tell: (message: string | null) => void): FileProblems {
  const open = new Map<string, string>();
  let told: string | null = null;
  return {
    has: (kind) => open.has(kind),
    set(kind, message) {
      if (message === null) open.delete(kind);
      else open.set(kind, message);
      const worst = KINDS.map((one) => open.get(one)).find((one) => one !== undefined) ?? null;
      if (worst === told) return;
      told = worst;
      tell(worst);
    },
  };
}
