import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startDaemon } from "../helpers/daemon.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");
/** Any free ports. */
const FREE = { FACES2MQTT_HTTP_PORT: "0", FACES2MQTT_MQTT_EMBEDDED_PORT: "0" };

function start(folder: string, args: string[], environment: Record<string, string>): ChildProcess {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { PATH, ...environment } });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

/** Runs to the end. */
async function run(
  folder: string,
  args: string[] = [],
  environment: Record<string, string> = FREE,
): Promise<{ code: number | null; said: string }> {
  const child = start(folder, args, environment);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

describe("the daemon's process", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends cleanly on %s: exit code 0, where 1 would be one that had to be cut off",
    async (signal) => {
      const folder = tempFolder();
      const daemon = await startDaemon({ folder });
      // A client that stays connected must not hold it up.
      const events = await fetch(`${daemon.url}/api/events`);
      const exited = once(daemon.process, "exit");
      daemon.process.kill(signal);
      expect((await exited)[0]).toBe(0);
      expect(daemon.output()).toContain('"msg":"stopped"');
      await events.body?.cancel().catch(() => undefined);
      // The log has been written back: nothing is left to recover.
      expect(readdirSync(folder).filter((name) => name.endsWith("-wal"))).toEqual([]);
    },
  );

  it("takes a Ctrl-C that npm passes on once more for one, and ends cleanly", async () => {
    const daemon = await startDaemon({ folder: tempFolder() });
    const exited = once(daemon.process, "exit");
    daemon.process.kill("SIGINT");
    daemon.process.kill("SIGINT");
    // Where the first one is seen on its own, the second one comes while everything stops.
    await new Promise((done) => setTimeout(done, 20));
    daemon.process.kill("SIGINT");
    expect((await exited)[0]).toBe(0);
    expect(daemon.output()).toContain('"msg":"stopped"');
  });

  it("keeps its files for its user alone, whatever the umask", async () => {
    const folder = join(tempFolder(), "data");
    const child = start(tempFolder(), [], { ...FREE, FACES2MQTT_DATA_DIR: folder });
    await once(child.stdout as NonNullable<ChildProcess["stdout"]>, "data");
    while (!(existing(folder).includes("faces2mqtt.db") && existing(folder).includes("face_registry.json"))) {
      await new Promise((done) => setTimeout(done, 20));
    }
    const open = existing(folder).filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    child.kill("SIGKILL");
    await once(child, "exit");
  });

  it("refuses a data folder that another daemon has, with exit code 2, and leaves that one in peace", async () => {
    const folder = tempFolder();
    const daemon = await startDaemon({ folder });
    const { code, said } = await run(tempFolder(), [], { ...FREE, FACES2MQTT_DATA_DIR: folder });
    expect(code).toBe(2);
    expect(said).toContain("another faces2mqtt is running");
    expect(await daemon.get("api/status")).toBeTruthy();
  });

  it("refuses a port that is taken, with exit code 2 and the address", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    for (const name of ["FACES2MQTT_HTTP_PORT", "FACES2MQTT_MQTT_EMBEDDED_PORT"]) {
      const { code, said } = await run(tempFolder(), [], { ...FREE, [name]: String(port) });
      expect(said).toContain(`127.0.0.1:${port}`);
      expect(code).toBe(2);
    }
  });

  it.each([
    ["http.host", { FACES2MQTT_HTTP_HOST: "0.0.0.0" }, "http.token"],
    ["mqtt.embedded.host", { FACES2MQTT_MQTT_EMBEDDED_HOST: "0.0.0.0" }, "mqtt.embedded.users"],
  ])("refuses to open %s to everybody, with exit code 2 and the way out", async (key, environment, wayOut) => {
    const folder = tempFolder();
    const { code, said } = await run(folder, [], { ...FREE, ...environment });
    expect(code).toBe(2);
    expect(said).toContain(key);
    expect(said).toContain(wayOut);
    expect(existing(folder)).toEqual([]);
  });

  it("refuses to take pictures without weights and runtime, with exit code 2 and the command that fetches them", async () => {
    const { code, said } = await run(tempFolder(), [], { ...FREE, FACES2MQTT_SNAPSHOTS_ENABLED: "true" });
    expect(code).toBe(2);
    expect(said).toContain("sface: it is not there");
    expect(said).toContain("Run `faces2mqtt models` (or `npm run models`)");
  });

  it("refuses a bad configuration before it touches anything, with exit code 2 and every problem", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "config.yaml"), "http:\n  port: none\nmqtt:\n  embeded: {}\n");
    const { code, said } = await run(folder, []);
    expect(code).toBe(2);
    // The port is set by the environment, which wins over the file.
    expect(said).toContain("config.yaml:4: mqtt.embeded: unknown key");
    expect(said).not.toContain("config.yaml:2");
    expect(existing(folder)).toEqual(["config.yaml"]);
    expect(await run(folder, ["check-config"], {})).toMatchObject({
      code: 2,
      said: expect.stringMatching(/config\.yaml:4: .*\nconfig\.yaml:2: http\.port: /),
    });
  });
});

function existing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
