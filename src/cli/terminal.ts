import type { Writable } from "node:stream";

/** What a command sees of the process it runs in. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `isTTY` where a person is looking. */
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Aborted by SIGINT and SIGTERM. */
  readonly stop: AbortSignal;
  /** Where a crash of the process is to be told from now on; by default on stderr. */
  onCrash(tell: (error: unknown) => void): void;
}

/** One line for people. */
export function say(terminal: Terminal, line: string): void {
  terminal.stdout.write(`${line}\n`);
}

/** One line about something that went wrong. */
export function complain(terminal: Terminal, line: string): void {
  terminal.stderr.write(`${line}\n`);
}
