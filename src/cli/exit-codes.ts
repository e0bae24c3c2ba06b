/** How the process ends. */
export const EXIT = {
  /** Done, or stopped on request. */
  done: 0,
  /** Crashed, or a command could not do everything. */
  failed: 1,
  /** Bad configuration or arguments, another daemon on the same data, an unsafe binding. */
  refused: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
