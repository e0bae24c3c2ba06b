import { Writable } from "node:stream";
import type { Terminal } from "../../src/cli/terminal.ts";

/** A terminal that keeps what is written. */
export interface KeptTerminal extends Terminal {
  out(): string;
  err(): string;
  /** As SIGTERM does. */
  askToStop(): void;
}

export function makeTerminal(environment: Readonly<Record<string, string>> = {}): KeptTerminal {
  const written = { out: "", err: "" };
  const keep = (where: "out" | "err") =>
    new Writable({
      write(chunk: Buffer, _, done) {
        written[where] += chunk.toString();
        done();
      },
    });
  const stop = new AbortController();
  return {
    environment,
    stdout: keep("out"),
    stderr: keep("err"),
    stop: stop.signal,
    onCrash: () => undefined,
    out: () => written.out,
    err: () => written.err,
    askToStop: () => stop.abort(),
  };
}
