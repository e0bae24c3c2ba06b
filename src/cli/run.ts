import { once } from "node:events";
import { createApp } from "../app.ts";
import { loadConfig } from "../config/load.ts";
import { StartRefused } from "../domain/errors.ts";
import { createLog } from "../logging.ts";
import { readVersion } from "../version.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { ConfigOption } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The daemon, until it is asked to stop.
 * @throws {StartRefused} when it must not run.
 */
export async function run({ config }: ConfigOption, terminal: Terminal): Promise<ExitCode> {
  const loaded = loadConfig({ file: config ?? null, environment: terminal.environment });
  const log = createLog(loaded.config.log, { interactive: terminal.stdout.isTTY === true });
  terminal.onCrash((err) => log.fatal({ err }, "crashed"));
  const version = readVersion();
  log.info({ version, config: loaded.file ?? "none, all defaults", data_dir: loaded.config.dataDir }, "starting");
  const app = createApp(loaded, { version, log });
  try {
    await app.start();
  } catch (error) {
    // What had started is holding files and ports.
    await app.stop();
    throw toRefusal(error);
  }
  if (!terminal.stop.aborted) await once(terminal.stop, "abort");
  log.info("stopping");
  await app.stop();
  log.info("stopped");
  return EXIT.done;
}

/** An address that cannot be listened on is a matter of configuration, not a crash. */
function toRefusal(error: unknown): unknown {
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
