import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ClusterAnswer, ClustersAnswer, RecognitionEventJson } from "../../src/wire/out/schemas.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");

interface Demo {
  readonly child: ChildProcess;
  /** Where it keeps its temporary folder. */
  readonly temp: string;
  readonly panel: string;
  readonly broker: string;
  said(): string;
  ask<T>(path: string, body?: object): Promise<T>;
}

/** The command as a user has it. */
function runDemo(args: string[], options: { cwd?: string; env?: Record<string, string> } = {}) {
  const temp = tempFolder();
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [MAIN, "demo", ...args], {
    cwd: options.cwd ?? temp,
    env: { PATH, TMPDIR: temp, ...options.env },
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return { child, temp, said: () => said };
}

/** Resolves when it has said where everything is. */
async function startDemo(...run: Parameters<typeof runDemo>): Promise<Demo> {
  const { child, temp, said } = runDemo(...run);
  await until(() => {
    if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}:\n${said()}`);
    return said().includes("Ctrl-C ends it");
  }, "the demo to greet");
  const panel = /Panel +(\S+)/.exec(said())?.[1] as string;
  return {
    child,
    temp,
    panel,
    broker: /Broker +(\S+)/.exec(said())?.[1] as string,
    said,
    async ask<T>(path: string, body?: object) {
      const answer = await fetch(`${panel}/${path}`, {
        ...(body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (await isSo()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

const FREE = ["--port", "0", "--mqtt-port", "0"];

describe("npm run demo", () => {
  it("shows the whole story: groups, a name, that person's event; and leaves nothing behind", {
    timeout: 120_000,
  }, async () => {
    const demo = await startDemo([...FREE, "--pace", "8"]);
    const client = await connectClient(demo.broker);
    await client.subscribe("faces2mqtt/event");

    await demo.ask("api/faces/discover", {});
    const { clusters } = await demo.ask<ClustersAnswer>("api/faces/clusters?limit=1000");
    const large = clusters.filter((cluster) => cluster.size >= 8);
    expect(large.length).toBeGreaterThanOrEqual(5);
    expect(clusters.some((cluster) => cluster.size <= 2)).toBe(true);
    await until(() => demo.said().includes(`${clusters.length} groups`), "a line about the discovery");

    const largest = clusters[0] as ClustersAnswer["clusters"][number];
    await demo.ask(`api/faces/clusters/${largest.id}/assign`, { name: "Anna" });
    const message = await client.waitFor(({ text }) => text.includes('"recognized"'), "Anna's event", 60_000);
    const event = JSON.parse(message.text) as RecognitionEventJson;
    expect(event).toMatchObject({ event_type: "recognized", person: "Anna" });
    expect(event.delayed).toBeUndefined();
    await until(() => /Anna is (at|in) the .*distance 0\./.test(demo.said()), "a line about it");

    // Every face has its picture, and its frame with the box inside.
    const { faces } = await demo.ask<ClusterAnswer>("api/faces?limit=20");
    for (const face of faces) {
      const frame = await fetch(`${demo.panel}/api/faces/${face.face_id}/frame`);
      expect(frame.headers.get("content-type")).toBe("image/jpeg");
      await until(
        async () => (await fetch(`${demo.panel}/api/faces/${face.face_id}/thumbnail`)).ok,
        "the face's picture",
      );
    }

    // No line of a log between what it says.
    expect(demo.said()).not.toContain('"level"');
    expect(readdirSync(demo.temp)).toHaveLength(1);
    const ended = once(demo.child, "exit");
    demo.child.kill("SIGINT");
    expect((await ended)[0]).toBe(0);
    expect(readdirSync(demo.temp)).toEqual([]);
  });

  it("ends cleanly while the past is still being drawn", async () => {
    const { child, temp, said } = runDemo(FREE);
    await until(() => said().includes("being drawn"), "the daemon to run");
    await until(() => readdirSync(temp, { recursive: true }).some((name) => String(name).endsWith(".jpg")), "a frame");
    const ended = once(child, "exit");
    child.kill("SIGINT");
    expect((await ended)[0]).toBe(0);
    expect(said()).not.toContain("Panel");
    expect(readdirSync(temp)).toEqual([]);
  });

  it("takes other ports where the usual ones are taken, and says so; refuses one that was asked for", {
    timeout: 60_000,
  }, async () => {
    await Promise.all([8099, 1883].map(occupy));
    const demo = await startDemo(["--past", "0", "--days", "0"]);
    expect(demo.panel).not.toContain(":8099");
    expect(demo.broker).not.toContain(":1883");
    expect(demo.said()).toMatch(/not the usual 8099 and 1883, which something else/);
    expect((await fetch(`${demo.panel}/healthz`)).ok).toBe(true);

    const port = new URL(demo.panel).port;
    const refused = runDemo(["--port", port]);
    expect((await once(refused.child, "close"))[0]).toBe(2);
    expect(refused.said()).toContain(`cannot listen on 127.0.0.1:${port}`);
    expect(readdirSync(refused.temp)).toEqual([]);
  });

  it("touches no other data folder and no other broker, whatever the folder and the environment say", {
    timeout: 60_000,
  }, async () => {
    const home = tempFolder();
    mkdirSync(join(home, "data"));
    writeFileSync(join(home, "config.yaml"), "data_dir: ./data\nmqtt: { url: mqtt://127.0.0.1:1 }\n");
    const env = { FACES2MQTT_DATA_DIR: join(home, "data"), FACES2MQTT_MQTT_URL: "mqtt://127.0.0.1:1" };
    const demo = await startDemo([...FREE, "--past", "1", "--days", "0"], { cwd: home, env });
    const [, faces] = /(\d+) faces of before today are in/.exec(demo.said()) ?? [];
    expect(Number(faces)).toBeGreaterThan(50);
    expect((await demo.ask<{ stats: { faces: number } }>("api/status")).stats.faces).toBe(Number(faces));
    await until(() => demo.said().includes("Everybody sleeps"), "the end of the last day");
    const ended = once(demo.child, "exit");
    demo.child.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
    expect(readdirSync(join(home, "data"))).toEqual([]);
    expect(readdirSync(demo.temp)).toEqual([]);
  });

  it("reads no SVG in the daemon, though its cameras draw with it", { timeout: 60_000 }, async () => {
    const demo = await startDemo([...FREE, "--past", "1", "--days", "0"]);
    const client = await connectClient(demo.broker);
    const [folder = ""] = readdirSync(demo.temp);
    const frames = join(demo.temp, folder, "frames");
    const [jpeg = ""] = readdirSync(frames, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".jpg"),
    );
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360"/></svg>';
    writeFileSync(join(frames, "drawing.jpg"), svg);
    const box = { x: 300, y: 100, width: 90, height: 120 };
    for (const [at, source] of ["drawing.jpg", jpeg].entries()) {
      const encoding = Array.from({ length: 128 }, (_, i) => Math.sin(i * (at + 1)) / 10);
      await client.publish("faces2mqtt/embedding/porch", { encoding, source, box });
    }
    // Newest first. They are looked at in order of arrival, so the second one's picture says that the first had its turn.
    const pictures = async () =>
      (await demo.ask<ClusterAnswer>("api/faces?camera=porch")).faces.map((face) => face.thumbnail !== null);
    await until(async () => (await pictures())[0] === true, "the picture out of the JPEG");
    expect(await pictures()).toEqual([true, false]);
  });
});

/** Listens there, unless the port is taken already. */
async function occupy(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  await Promise.race([once(server, "listening"), once(server, "error")]).catch(() => undefined);
  onTestFinished(() => void server.close());
}
