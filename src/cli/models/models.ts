import { loadConfig } from "../../config/load.ts";
import { fetchModels } from "../../embed/models/fetch/fetch-models.ts";
import { inspectModels } from "../../embed/models/inspect.ts";
import { type RuntimeKind, toModelsDir } from "../../embed/models/layout.ts";
import { CommandFailed } from "../command-failed.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { say, type Terminal } from "../terminal.ts";
import { describeModels } from "./describe-models.ts";
import { openFetchReport } from "./fetch-report.ts";

export interface ModelsOptions extends ConfigOption {
  /** File, folder or URL; by default from where it is published. */
  readonly from?: string;
  readonly runtime?: RuntimeKind;
  /** Only look. */
  readonly check?: boolean;
}

/** As npm itself has it. */
const NPM_REGISTRY = "https://registry.npmjs.org";

/**
 * Fetches and verifies what pictures need, and says what is there. What is right is not fetched again. A daemon may run; it
 * takes what is new at its next start.
 * @returns {@link EXIT.failed} when something is missing or wrong.
 */
export async function models(options: ModelsOptions, terminal: Terminal): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const modelsDir = toModelsDir(config);
  const report = openFetchReport(terminal);
  const state =
    options.check === true
      ? await inspectModels(modelsDir, { hashes: true })
      : await fetchModels({
          modelsDir,
          from: options.from ?? null,
          runtime: options.runtime ?? null,
          registry: terminal.environment.npm_config_registry ?? NPM_REGISTRY,
          signal: terminal.stop,
          report,
        }).catch((error: unknown) => {
          if (terminal.stop.aborted) throw new CommandFailed("stopped; nothing is left of what was not complete");
          throw error;
        });
  for (const line of await describeModels(modelsDir, state)) say(terminal, line);
  return state.ready ? EXIT.done : EXIT.failed;
}
