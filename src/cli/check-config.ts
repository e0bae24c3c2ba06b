import { ConfigRefused, loadConfig } from "../config/load.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { ConfigOption } from "./options.ts";
import { complain, say, type Terminal } from "./terminal.ts";

/** Prints every problem of the configuration with its location. */
export function checkConfig({ config }: ConfigOption, terminal: Terminal): ExitCode {
  try {
    const { file, warnings } = loadConfig({ file: config ?? null, environment: terminal.environment });
    for (const warning of warnings) complain(terminal, `warning: ${warning}`);
    say(terminal, `${file ?? "no configuration file, all defaults"}: good`);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error;
    for (const problem of error.problems) say(terminal, problem);
    return EXIT.refused;
  }
}
