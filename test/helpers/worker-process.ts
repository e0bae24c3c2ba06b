import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { onTestFinished } from "vitest";
import { tempFolder } from "./temp-folder.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");

/** A real `faces2mqtt embed` in a process of its own. */
export interface WorkerProcess {
  readonly exited: Promise<number | null>;
  output(): string;
  /** Resolves when it takes pictures. */
  connected(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Started; killed when the test is over. */
export function startWorkerProcess(url: string, id: string, modelsDir: string, args: string[] = []): WorkerProcess {
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("FACES2MQTT_"))),
    FACES2MQTT_SNAPSHOTS_MODELS_DIR: modelsDir,
    FACES2MQTT_LOG_PRETTY: "false",
  };
  const child = spawn(process.execPath, [MAIN, "embed", "--url", url, "--id", id, ...args], {
    env,
    cwd: tempFolder(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const exited = once(child, "exit").then(([code]) => code as number | null);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return {
    exited,
    output: () => chunks.join(""),
    async connected() {
      for (let tries = 0; tries < 600; tries++) {
        if (chunks.join("").includes("connected to the broker")) return;
        if (child.exitCode !== null) break;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`the worker did not connect:\n${chunks.join("")}`);
    },
    async stop() {
      child.kill("SIGTERM");
      return await exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
