import { readFileSync } from "node:fs";
import { loadConfig } from "../config/load.ts";
import { FacesError } from "../domain/errors.ts";
import { type RegistryData, toRegistryData } from "../registry/format.ts";
import { isEmpty, toDifference, toEdit } from "../registry/merge.ts";
import { parseRegistry } from "../registry/parse.ts";
import { createRegistryFile } from "../registry/registry-file.ts";
import type { RegistryEdit } from "../store/port.ts";
import { withOwnData } from "./data-folder.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { ConfigOption } from "./options.ts";
import { complain, say, type Terminal } from "./terminal.ts";

export interface ImportOptions extends ConfigOption {
  /** Make the registry equal to the file; else what the file has is added to what is there. */
  readonly replace?: boolean;
  /** Say what would change, and change nothing. */
  readonly dryRun?: boolean;
}

/** Takes a registry file in, as one step that can be undone. No daemon may run on the data folder. */
export async function importRegistry(file: string, options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const theirs = readRegistry(file);
  return await withOwnData(config.dataDir, async ({ folder, store, clock }) => {
    const registryFile = createRegistryFile({
      folder,
      store,
      clock,
      log: {
        info: () => undefined,
        warn: (_, message) => complain(terminal, message),
        error: (_, message) => complain(terminal, message),
      },
      applyEdit: (edit) => store.applyRegistryEdit(edit),
      onProblem: (problem) => {
        if (problem !== null) complain(terminal, problem);
      },
    });
    // What another program wrote into face_registry.json meanwhile comes first.
    if (options.dryRun !== true) await registryFile.start();
    try {
      const current = await store.registry();
      const base: RegistryData = options.replace === true ? toRegistryData(current) : { people: [], extras: [] };
      const edit = toEdit(toDifference(base, theirs), current);
      for (const line of describeEdit(edit)) say(terminal, line);
      if (isEmpty(edit) || options.dryRun === true) return EXIT.done;
      await store.applyRegistryEdit(edit);
      await registryFile.write();
      return EXIT.done;
    } finally {
      await registryFile.stop();
    }
  });
}

function readRegistry(file: string): RegistryData {
  const { data, problems } = parseRegistry(readFileSync(file, "utf8"));
  if (data === null) throw new FacesError("INVALID_INPUT", problems.map((problem) => `${file} ${problem}`).join("\n"));
  return data;
}

function describeEdit(edit: RegistryEdit): string[] {
  const lines = [
    ...edit.addedPeople.map(({ name, encodings }) => `+ ${name} (${encodings.length} encodings)`),
    ...edit.removedPeople.map((personId) => `- ${personId}`),
  ];
  if (edit.addedEncodings.length > 0) lines.push(`+ ${edit.addedEncodings.length} encodings of people who are there`);
  if (edit.removedEncodings.length > 0) lines.push(`- ${edit.removedEncodings.length} encodings of people who stay`);
  return lines.length > 0 ? lines : ["nothing to change"];
}
