/** `error`: faces are not received or not stored. `warning`: something else that a person should know of. */
export type ProblemSeverity = "error" | "warning";

/** What can be wrong, and how bad it is. The table in `docs/http.md` says what each means. */
export const PROBLEMS = {
  BROKER_UNREACHABLE: "error",
  BROKER_REFUSED_LOGIN: "error",
  BROKER_ENDS_CONNECTIONS: "error",
  BROKER_REFUSED_TOPICS: "error",
  FACES_NOT_STORED: "error",
  DATABASE_DAMAGED: "error",
  PICTURES_NOT_READ: "error",
  PICTURES_NOT_KEPT: "warning",
  SOURCE_FAILED: "warning",
  MESSAGES_REFUSED: "warning",
  FACES_LATE: "warning",
  REGISTRY_FILE: "warning",
  CLOCK_JUMPED: "warning",
} as const satisfies Record<string, ProblemSeverity>;

export type ProblemCode = keyof typeof PROBLEMS;

/** An open problem. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong, for people to read. */
  readonly sentence: string;
  /** What it is about, as its sender or the configuration calls it: a topic, a source of pictures; null: the daemon itself. */
  readonly subject: string | null;
  readonly since: Date;
  readonly severity: ProblemSeverity;
}

/** Opens the problem of a source, or with a null message closes it. A source has one at most. */
export interface ProblemReport {
  readonly source: string;
  readonly code: ProblemCode;
  readonly message: string | null;
  readonly subject?: string;
  /** Since when, where that is known; else it began with the report. */
  readonly since?: Date;
}

/** A time in which nothing was received from the broker; `to` null: it goes on. */
export interface Gap {
  readonly from: Date;
  readonly to: Date | null;
}
