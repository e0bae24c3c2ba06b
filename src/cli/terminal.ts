import type { Writable } from "node:stream";

/** The process as a command sees it. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `isTTY` on a terminal. */
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Aborted by SIGINT and SIGTERM. */
  readonly stop: AbortSignal;
  /** Sets how a crash of the process is reported; by default on stderr. */
  onCrash(report: (error: unknown) => void): void;
}

/** Prints one line. */
export function say(terminal: Terminal, line: string): void {
  terminal.stdout.write(`${line}\n`);
}

/** Prints one line about a problem. */
export function complain(terminal: Terminal, line: string): void {
  terminal.stderr.write(`${line}\n`);
}
