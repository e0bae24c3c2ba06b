#!/usr/bin/env node
import { runCommandLine } from "./cli/program.ts";

/** Time for a clean stop; what hangs longer is cut off. */
const STOP_MS = 4_500;
/** A terminal sends Ctrl-C to everybody in it, and npm passes it on once more: so soon after, it is the same one. */
const SAME_MS = 500;

// What this process makes is for its user only: faces are nobody else's business.
process.umask(0o077);

const stop = new AbortController();
let askedAt = 0;
let tellCrash = (error: unknown): void => {
  process.stderr.write(`faces2mqtt crashed: ${error instanceof Error ? error.stack : String(error)}\n`);
};

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) {
      if (performance.now() - askedAt > SAME_MS) process.exit(1);
      return;
    }
    askedAt = performance.now();
    stop.abort();
    setTimeout(() => crash(new Error(`did not stop within ${STOP_MS} ms`)), STOP_MS).unref();
  });
}
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);

const code = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  stop: stop.signal,
  onCrash(tell) {
    tellCrash = tell;
  },
});
process.exit(code);

/** State after an unforeseen error is unknown: better a fresh start by whoever supervises us. */
function crash(error: unknown): never {
  try {
    tellCrash(error);
  } finally {
    process.exit(1);
  }
}
