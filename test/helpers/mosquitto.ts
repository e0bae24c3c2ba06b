import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { freePort } from "./free-port.ts";
import { isListening } from "./is-listening.ts";
import { tempFolder } from "./temp-folder.ts";

/** Whether Debian's `mosquitto` is on this machine; tests that need it say that they skip without it. */
export const hasMosquitto = !spawnSync("mosquitto", ["-h"]).error;

export interface MosquittoOptions {
  /** Keeps sessions, queues and retained messages over a restart. */
  readonly persistence?: boolean;
  /** Who may log in, with which password; without, everybody may. */
  readonly users?: Readonly<Record<string, string>>;
  /** More lines of its configuration, of its one listener too. */
  readonly lines?: readonly string[];
}

/** A real Mosquitto on a port of its own. */
export interface Mosquitto {
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** It stays, with its connections, and does nothing. */
  freeze(): void;
  thaw(): void;
  /** Lets others in from now on. */
  setUsers(users: Readonly<Record<string, string>>): Promise<void>;
  /** Forgets everything it kept, and starts. */
  restartEmpty(): Promise<void>;
}

/** Started; stopped when the test is over. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const folder = tempFolder();
  const port = await freePort();
  const config = join(folder, "mosquitto.conf");
  const passwords = join(folder, "passwords");
  const writePasswords = (users: Readonly<Record<string, string>>): void => {
    writeFileSync(passwords, "");
    for (const user of Object.entries(users)) spawnSync("mosquitto_passwd", ["-b", passwords, ...user]);
  };
  if (options.users) writePasswords(options.users);
  const lines = [
    `listener ${port} 127.0.0.1`,
    ...(options.users ? ["allow_anonymous false", `password_file ${passwords}`] : ["allow_anonymous true"]),
    "max_queued_messages 0",
    `persistence ${options.persistence ?? false}`,
    `persistence_location ${folder}/`,
    // As root it would change to a user who cannot write here.
    "user root",
    ...(options.lines ?? []),
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  let child: ChildProcess | null = null;

  const mosquitto: Mosquitto = {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    async start() {
      child = spawn("mosquitto", ["-c", config], { stdio: "ignore" });
      for (let tries = 0; tries < 200; tries++) {
        if (await isListening(port)) return;
        await new Promise((done) => setTimeout(done, 25));
      }
      throw new Error("mosquitto did not start");
    },
    async stop(signal = "SIGTERM") {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    async setUsers(users) {
      writePasswords(users);
      await mosquitto.stop();
      await mosquitto.start();
    },
    async restartEmpty() {
      await mosquitto.stop("SIGKILL");
      spawnSync("rm", ["-f", join(folder, "mosquitto.db")]);
      await mosquitto.start();
    },
  };
  await mosquitto.start();
  onTestFinished(() => mosquitto.stop("SIGKILL"));
  return mosquitto;
}
