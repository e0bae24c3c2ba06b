#!/usr/bin/env node
import { runCommandLine } from "./cli/program.ts";

/** Time for a clean stop; after it the process is ended. */
const STOP_MS = 4_500;
/** A terminal sends Ctrl-C to all its processes, and npm forwards it: a signal so soon after the first is the same one. */
const SAME_MS = 500;

// Files of this process are private: they hold faces.
process.umask(0o077);

const stop = new AbortController();
let askedAt = 0;
let reportCrash = (error: unknown): void => {
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
  onCrash(report) {
    reportCrash = report;
  },
});
process.exit(code);

/** The state after an unforeseen error is unknown, so the process ends and its supervisor starts it afresh. */
function crash(error: unknown): never {
  try {
    reportCrash(error);
  } finally {
    process.exit(1);
  }
}
