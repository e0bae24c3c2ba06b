import { readFileSync } from "node:fs";
import PQueue from "p-queue";
import { loadConfig } from "../../config/load.ts";
import { FacesError } from "../../domain/errors.ts";
import { buildModels, type Models } from "../../domain/model.ts";
import { parseRegistry } from "../../registry/format/parse.ts";
import { planImport } from "../../registry/import-export.ts";
import { createRegistryFile } from "../../registry/registry-file.ts";
import { withOwnData } from "../backup/data-folder.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { complain, say, type Terminal } from "../terminal.ts";

export interface ImportOptions extends ConfigOption {
  /** Make the registry equal to the file; otherwise the file is merged into it. */
  readonly replace?: boolean;
  /** Print what would change, and change nothing. */
  readonly dryRun?: boolean;
}

/** Imports a registry file as one step that can be undone. No daemon may run on the data folder. */
export async function importRegistry(file: string, options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const text = readFileSync(file, "utf8");
  const models = buildModels(config.models);
  checkRegistry(file, text, models);
  return await withOwnData({ dataDir: config.dataDir, models }, async ({ folder, store, clock }) => {
    const queue = new PQueue({ concurrency: 1 });
    const registryFile = createRegistryFile({
      folder,
      store,
      queue,
      clock,
      log: {
        info: () => undefined,
        warn: (_, message) => complain(terminal, message),
        error: (_, message) => complain(terminal, message),
      },
      applyEdit: (edit) => store.applyRegistryEdit(edit, { via: "registry_file", user: null }),
      onProblem: (problem) => {
        if (problem !== null) complain(terminal, problem);
      },
    });
    // First takes in what another program wrote into face_registry.json.
    if (options.dryRun !== true) await registryFile.start();
    try {
      const { edit, preview } = await planImport(text, store, options.replace === true ? "replace" : "merge");
      for (const line of preview.length > 0 ? preview : ["nothing to change"]) say(terminal, line);
      if (preview.length === 0 || options.dryRun === true) return EXIT.done;
      await queue.add(async () => {
        await store.applyRegistryEdit(edit, { via: "cli", user: null });
        await registryFile.write();
      });
      return EXIT.done;
    } finally {
      await registryFile.stop();
    }
  });
}

/** Checked before anything is opened, so that an invalid file leaves no trace. */
function checkRegistry(file: string, text: string, models: Models): void {
  const { problems } = parseRegistry(text, models);
  if (problems) throw new FacesError("INVALID_INPUT", problems.map((problem) => `${file} ${problem}`).join("\n"));
}
