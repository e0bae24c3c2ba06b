import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { tempFolder } from "../../helpers/temp-folder.ts";

/** All by which a change reaches the disk. */
const CALLS = [
  "write",
  "pwrite64",
  "fsync",
  "fdatasync",
  "link",
  "linkat",
  "rename",
  "renameat2",
  "unlink",
  "unlinkat",
  "ftruncate",
];
const DRIVER = join(import.meta.dirname, "driver.mjs");
const DIST = resolve(import.meta.dirname, "../../../dist");

/** Whether processes can be traced here. */
export const hasStrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

/** The `nth` time that a thread makes this call, from 1. Threads besides the main one work on files. */
export interface Call {
  readonly name: string;
  readonly nth: number;
  readonly thread: "main" | "pool";
}

/** More than any thread makes of one call. */
const AHEAD = 300;

/** Runs the driver to its end, and answers the calls it makes between `begin` and `done`. */
export async function traceCalls(folder: string, change: string): Promise<Call[]> {
  const log = join(tempFolder(), "calls");
  const { said, code } = await run(["-o", log, "-e", `trace=${CALLS.join(",")}`], [folder, change]);
  if (code !== 0 || !said.includes("done")) throw new Error(`${change} ended with ${code}, saying ${said}`);
  const counts = new Map<string, number>();
  const calls: Call[] = [];
  let counting = false;
  const lines = readFileSync(log, "utf8").split("\n");
  const main = lines[0]?.split(" ")[0];
  for (const line of lines) {
    const [, id, name] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (id === undefined || name === undefined) continue;
    const thread = id === main ? "main" : "pool";
    const nth = (counts.get(`${thread} ${name}`) ?? 0) + 1;
    counts.set(`${thread} ${name}`, nth);
    if (line.includes('"begin\\n"')) counting = true;
    else if (line.includes('"done\\n"')) counting = false;
    // Threads wake one another with eight bytes.
    else if (counting && !line.includes('"\\1\\0\\0\\0\\0\\0\\0\\0", 8)')) calls.push({ name, nth, thread });
  }
  return calls;
}

export interface Killed {
  /** Whether it was killed between `begin` and `done`, as it always should be. */
  readonly killed: boolean;
  /** Whether the change had been acknowledged before. */
  readonly acknowledged: boolean;
}

/**
 * Runs the driver and kills it before it makes the call. Calls are counted by thread, and the first thread to reach the
 * number is killed: so the one that is meant makes some without an effect first, which puts it out of reach of the others.
 */
export async function killAt({ name, nth, thread }: Call, folder: string, change: string): Promise<Killed> {
  const ahead = name === "fsync" || name === "unlink" ? AHEAD : 0;
  const kill = `inject=${name}:signal=SIGKILL:when=${nth + ahead}`;
  const { said, code } = await run(
    ["-o", "/dev/null", "-e", `trace=${name}`, "-e", kill],
    [folder, change, name, thread, String(ahead)],
  );
  const acknowledged = said.includes("done");
  return { killed: code === null && said.includes("begin") && !acknowledged, acknowledged };
}

async function run(tracing: string[], change: string[]): Promise<{ said: string; code: number | null }> {
  const driver = [process.execPath, DRIVER, DIST, ...change];
  // Without its option --seccomp-bpf, with which version 6.1 leaves injected signals out.
  const child = spawn("strace", ["-f", ...tracing, ...driver], {
    stdio: ["ignore", "pipe", "inherit"],
    // Of the threads that work on files only one, so that the calls come in the same order each time.
    env: { ...process.env, UV_THREADPOOL_SIZE: "1" },
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { said, code };
}
