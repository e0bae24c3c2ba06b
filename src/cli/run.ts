import { once } from "node:events";
import { loadConfig } from "../config/load.ts";
import { createLog } from "../logging.ts";
import { readVersion } from "../version.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { ConfigOption } from "./options.ts";
import { startApp } from "./start-app.ts";
import type { Terminal } from "./terminal.ts";

/** As an app of Home Assistant sees it (https://developers.home-assistant.io/docs/apps/communication). */
const SUPERVISOR_URL = "http://supervisor";

/**
 * Runs the daemon until `terminal.stop` aborts.
 * @throws {StartRefused} when it must not run.
 */
export async function run({ config }: ConfigOption, terminal: Terminal): Promise<ExitCode> {
  const loaded = loadConfig({ file: config ?? null, environment: terminal.environment });
  const log = createLog(loaded.config.log, { interactive: terminal.stdout.isTTY === true });
  terminal.onCrash((err) => log.fatal({ err }, "crashed"));
  const file = loaded.file ?? "none, all defaults";
  log.info({ version: readVersion(), config: file, data_dir: loaded.config.dataDir }, "starting");
  const token = terminal.environment.SUPERVISOR_TOKEN;
  const app = await startApp(loaded, log, token ? { url: SUPERVISOR_URL, token } : null);
  if (!terminal.stop.aborted) await once(terminal.stop, "abort");
  log.info("stopping");
  await app.stop();
  log.info("stopped");
  return EXIT.done;
}
