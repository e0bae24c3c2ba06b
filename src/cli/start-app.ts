import { type App, type AppOptions, createApp } from "../app.ts";
import type { LoadedConfig } from "../config/load.ts";
import { StartRefused } from "../domain/errors.ts";
import type { createLog } from "../logging.ts";
import { readVersion } from "../version.ts";

/**
 * Starts all parts of the daemon, or none.
 * @throws {StartRefused} when it must not run.
 */
export async function startApp(
  loaded: LoadedConfig,
  log: ReturnType<typeof createLog>,
  supervisor: AppOptions["supervisor"] = null,
): Promise<App> {
  const app = createApp(loaded, { version: readVersion(), log, supervisor });
  try {
    await app.start();
    return app;
  } catch (error) {
    // The parts that did start hold files and ports.
    await app.stop();
    throw toStartRefused(error);
  }
}

/** An address that cannot be listened on is a problem of the configuration, not a crash. */
function toStartRefused(error: unknown): unknown {
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const reason = {
    EADDRINUSE: "something else is listening there",
    EADDRNOTAVAIL: "this machine has no such address",
    EACCES: "that port is not allowed to this user",
  }[code ?? ""];
  if (reason === undefined || port === undefined) return error;
  return new StartRefused(
    `cannot listen on ${address}:${port}: ${reason} (mqtt.embedded and http say where to listen)`,
    {
      cause: error,
    },
  );
}
