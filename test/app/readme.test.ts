import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startTestApp } from "../helpers/start-test-app.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const hasClients = !spawnSync("mosquitto_pub", ["--help"]).error && !spawnSync("python3", ["--version"]).error;

/** The shell commands under a heading of the README. */
function commandsOf(heading: string): string[] {
  const readme = readFileSync(resolve(import.meta.dirname, "../../README.md"), "utf8");
  const [, section = ""] = readme.split(`\n## ${heading}\n`);
  return (/```sh\n(.*?)```/s.exec(section)?.[1] ?? "").split("\n");
}

it.skipIf(!hasClients)("the README's session by hand goes as it says", { timeout: 60_000 }, async () => {
  const daemon = await startTestApp();
  // Where Mosquitto's clients look for what is not on their command line: the port.
  const home = tempFolder();
  mkdirSync(join(home, ".config"));
  for (const name of ["mosquitto_pub", "mosquitto_sub"]) {
    writeFileSync(join(home, ".config", name), `-p ${daemon.mqttPort}\n`);
  }
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, ".config") };
  const commands = commandsOf("Try it by hand");
  const asked = commands.findIndex((line) => line.includes("request/discover"));

  const watching = spawn("bash", ["-c", `exec ${commands[0]}`], { env });
  onTestFinished(() => void watching.kill());
  let seen = "";
  watching.stdout.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
  });
  const until = async (wanted: RegExp): Promise<string> => {
    for (let tries = 0; tries < 200; tries++) {
      const found = wanted.exec(seen);
      if (found) return found[1] ?? found[0];
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`waited in vain for ${wanted}; saw ${seen.slice(0, 2_000)}`);
  };
  async function type(lines: readonly string[]): Promise<void> {
    const shell = spawn("bash", ["-ec", lines.join("\n")], { env, stdio: ["ignore", "inherit", "inherit"] });
    expect((await once(shell, "exit"))[0]).toBe(0);
  }

  await until(/bridge\/state \{"state":"online"\}/);
  await type(commands.slice(1, asked + 1));
  const cluster = await until(/response\/discover .*"id":"(c_\w+)"/);
  expect(seen.match(/^faces2mqtt\/event .*$/gm)).toEqual([expect.stringContaining('"event_type":"unknown"')]);
  const face = commands.filter((line) => line.startsWith("face()"));
  await type([...face, ...commands.slice(asked + 1).map((line) => line.replace("c_1a2b3c4d", cluster))]);
  await until(/^faces2mqtt\/event .*"event_type":"recognized".*"person":"Anna"/m);
});
