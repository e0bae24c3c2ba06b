import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { FacesError, StartRefused } from "../domain/errors.ts";
import { RUNTIMES } from "../embed/models/layout.ts";
import { readVersion } from "../version.ts";
import { backup } from "./backup/backup.ts";
import { type RestoreOptions, restore } from "./backup/restore.ts";
import { checkConfig } from "./check-config.ts";
import { CommandFailed } from "./command-failed.ts";
import type { DemoOptions } from "./demo/demo.ts";
import type { DemoCamerasOptions } from "./demo/demo-cameras-process.ts";
import type { EmbedOptions } from "./embed/embed.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { ModelsOptions } from "./models/models.ts";
import type { ConfigOption } from "./options.ts";
import type { ReEncodeOptions } from "./re-encode/re-encode.ts";
import { exportRegistry } from "./registry/export-registry.ts";
import { type ImportOptions, importRegistry } from "./registry/import-registry.ts";
import { type ReplayOptions, replay } from "./replay/replay.ts";
import type { ScanOptions } from "./scan/scan.ts";
import { complain, type Terminal } from "./terminal.ts";

const CONFIG = ["--config <file>", "YAML file (default: config.yaml in the working folder, if there is one)"] as const;

/** Runs one command to its end; returns the exit code of the process. Never throws. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = buildProgram(terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return report(error, terminal);
  }
}

function buildProgram(terminal: Terminal, ends: (code: ExitCode) => void): Command {
  const program = new Command("faces2mqtt")
    .description("Knows who is at the door: face enrolment by discovery and person-recognized events, over MQTT")
    .version(readVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    });
  program
    .command("run", { isDefault: true })
    .description("the daemon (when no command is given)")
    .option(...CONFIG)
    .allowExcessArguments()
    .action(async (options: ConfigOption, { args }: Command) => {
      // An unknown command ends up here.
      if (args.length > 0) program.error(`error: unknown command '${args[0]}'; --help lists them`);
      // Loaded lazily: the other commands do not need the daemon's parts.
      const { run } = await import("./run.ts");
      ends(await run(options, terminal));
    });
  program
    .command("check-config")
    .description("print every problem of the configuration; exit code 0 or 2")
    .option(...CONFIG)
    .action((options: ConfigOption) => ends(checkConfig(options, terminal)));
  program
    .command("export-registry <file>")
    .description("write all people with their encodings, as face_registry.json has them")
    .option(...CONFIG)
    .action(async (file: string, options: ConfigOption) => ends(await exportRegistry(file, options, terminal)));
  program
    .command("import-registry <file>")
    .description("take a registry file in; the daemon must not run")
    .option(...CONFIG)
    .addOption(new Option("--merge", "add what the file has to what is there (the default)").conflicts("replace"))
    .option("--replace", "make the registry equal to the file; who is not in it becomes unassigned faces")
    .option("--dry-run", "say what would change, and change nothing")
    .action(async (file: string, options: ImportOptions) => ends(await importRegistry(file, options, terminal)));
  program
    .command("backup <file>")
    .description("one archive with everything (.tar or .tar.gz); the daemon may run")
    .option(...CONFIG)
    .action(async (file: string, options: ConfigOption) => ends(await backup(file, options, terminal)));
  program
    .command("restore <file>")
    .description("put a backup in place; the daemon must not run")
    .option(...CONFIG)
    .option("--force", "move what is in the data folder out of the way")
    .option("--with-erased", "bring people back who were erased after the backup was made")
    .action(async (file: string, options: RestoreOptions) => ends(await restore(file, options, terminal)));
  program
    .command("replay <file>")
    .description("publish recorded embeddings, one JSON payload a line (.jsonl, gzipped or not), as a camera would")
    .option(...CONFIG)
    .option("--url <url>", "broker (default: the one of the configuration, with its login)")
    .option("--username <name>", "login at the broker")
    .option("--password <password>", "login at the broker")
    .option("--base-topic <topic>", "first part of the topics (default: mqtt.base_topic)")
    .option("--rate <number>", "payloads per second (default: as fast as they are acknowledged)", toRate)
    .action(async (file: string, options: ReplayOptions) => ends(await replay(file, options, terminal)));
  program
    .command("embed")
    .description("the picture pipeline alone, as one of many workers: pictures from the broker, their faces back to it")
    .option(...CONFIG)
    .requiredOption("--id <name>", "name of this worker, its own and the same at each start", toWorkerId)
    .option(
      "--url <url>",
      "broker with MQTT 5 (default: the one of the configuration, with its login and certificates)",
    )
    .option("--username <name>", "login at the broker")
    .option("--password <password>", "login at the broker; others see it in the list of processes")
    .option("--base-topic <topic>", "first part of the topics (default: mqtt.base_topic)")
    .option("--topics <filter...>", "pictures besides <base topic>/snapshot/+ (default: snapshots.topics)")
    .option("--leave", "do what is assigned to this worker, take nothing new, and end its session: it is taken away")
    .action(async (options: EmbedOptions) => {
      const { embed } = await import("./embed/embed.ts");
      ends(await embed(options, terminal));
    });
  program
    .command("models")
    .description("fetch and verify what pictures need (weights, runtime), and say what is there; exit code 0 or 1")
    .option(...CONFIG)
    .option("--from <source>", "file, folder or URL with what is to be fetched (default: where it is published)")
    .addOption(
      new Option("--runtime <kind>", "node: native code; web: WebAssembly, slower (default: what works here)").choices(
        RUNTIMES,
      ),
    )
    .addOption(new Option("--check", "only say what is there, and fetch nothing").conflicts(["from", "runtime"]))
    .action(async (options: ModelsOptions) => {
      const { models } = await import("./models/models.ts");
      ends(await models(options, terminal));
    });
  program
    .command("re-encode")
    .description(
      "make new encodings of all people by another model, from their frames or thumbnails; the daemon may run",
    )
    .option(...CONFIG)
    .requiredOption("--model <name>", "sface")
    .option("--dry-run", "only say who has pictures, and change nothing")
    .action(async (options: ReEncodeOptions) => {
      const { reEncode } = await import("./re-encode/re-encode.ts");
      ends(await reEncode(options, terminal));
    });
  program
    .command("scan <folder>")
    .description("find faces in pictures that are there already, and publish them as history: stored, without an event")
    .option("--camera <name>", "whose pictures they are (default: the folders in it are named after their cameras)")
    .option(...CONFIG)
    .option("--url <url>", "broker (default: the one of the configuration, with its login)")
    .option("--username <name>", "login at the broker")
    .option("--password <password>", "login at the broker")
    .option("--base-topic <topic>", "first part of the topics (default: mqtt.base_topic)")
    .action(async (folder: string, options: ScanOptions) => {
      const { scan } = await import("./scan/scan.ts");
      ends(await scan(folder, options, terminal));
    });
  program
    .command("demo")
    .description("the daemon on a temporary folder, with simulated cameras and people who do not exist")
    .option("--port <number>", "panel and API (default: 8099, or the next free one)", toPort)
    .option("--mqtt-port <number>", "broker (default: 1883, or the next free one)", toPort)
    .option("--pace <number>", "how fast a day goes by; 1: in three minutes", toPace, 1)
    .option("--past <number>", "days of visitors that are there at the start", toCount, 2)
    .option("--days <number>", "days until everybody sleeps and no more faces come", toCount, 20)
    .option("--seed <text>", "another word makes other faces, strangers and days", "1")
    .action(async (options: DemoOptions) => {
      const { demo } = await import("./demo/demo.ts");
      ends(await demo(options, terminal));
    });
  program
    .command("demo-cameras", { hidden: true })
    .requiredOption("--url <url>")
    .requiredOption("--base-topic <topic>")
    .requiredOption("--frames <folder>")
    .requiredOption("--seed <text>")
    .requiredOption("--pace <number>", "", toPace)
    .requiredOption("--past <number>", "", toCount)
    .requiredOption("--days <number>", "", toCount)
    .action(async (options: DemoCamerasOptions) => {
      const { demoCameras } = await import("./demo/demo-cameras.ts");
      ends(await demoCameras(options, terminal));
    });
  return program;
}

function toPort(text: string): number {
  return toWhole(text, 0, 65_535);
}

function toCount(text: string): number {
  return toWhole(text, 0, 1_000_000);
}

function toWhole(text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  }
  return number;
}

function toWorkerId(text: string): string {
  if (!/^[\w.-]{1,40}$/.test(text)) {
    throw new InvalidArgumentError("expected 1 to 40 letters, digits, dots, underscores and hyphens");
  }
  return text;
}

function toPace(text: string): number {
  const pace = Number(text);
  if (!(pace >= 0.01 && pace <= 100)) throw new InvalidArgumentError("expected a number from 0.01 to 100");
  return pace;
}

function toRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0) || !Number.isFinite(rate)) throw new InvalidArgumentError("expected a number above 0");
  return rate;
}

/** Prints an error and returns its exit code. */
function report(error: unknown, terminal: Terminal): ExitCode {
  // Commander has printed it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.refused;
  if (error instanceof StartRefused) {
    complain(terminal, `faces2mqtt refuses:\n${error.message.replace(/^/gm, "  ")}`);
    return EXIT.refused;
  }
  const { code, message, stack } = error as NodeJS.ErrnoException;
  // An error with a code comes from the system or a library and explains itself; anything else is a bug.
  const expected = error instanceof FacesError || error instanceof CommandFailed || code !== undefined;
  complain(terminal, `faces2mqtt: ${expected ? message : stack}`);
  return EXIT.failed;
}
