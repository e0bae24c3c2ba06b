import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../src/cli/program.ts";
import { freePort } from "../../helpers/free-port.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeTerminal } from "../make-terminal.ts";
import { startBroker } from "../start-broker.ts";

const face = (id: number, camera: unknown = "door") => JSON.stringify({ id: `f${id}`, camera, encoding: [id] });

function record(content: string | Buffer, name = "faces.jsonl"): string {
  const file = join(tempFolder(), name);
  writeFileSync(file, content);
  return file;
}

describe("replay", () => {
  it("publishes every line as it stands to its camera's topic", async () => {
    const broker = await startBroker();
    const lines = Array.from({ length: 350 }, (_, id) => face(id, `cam${id % 3}`));
    const terminal = makeTerminal();
    expect(await runCommandLine(["replay", record(lines.join("\n")), "--url", broker.url], terminal)).toBe(0);
    expect(broker.published.map((one) => one.payload)).toEqual(lines);
    expect(broker.published[1]?.topic).toBe("faces2mqtt/embedding/cam1");
    expect(terminal.out()).toMatch(/^350 published and acknowledged, 0 bad lines left out/);
  });

  it("reads gzipped recordings whatever their name", async () => {
    const broker = await startBroker();
    const file = record(gzipSync(`${face(1)}\n${face(2)}\n`), "faces.bin");
    expect(await runCommandLine(["replay", file, "--url", broker.url], makeTerminal())).toBe(0);
    expect(broker.published).toHaveLength(2);
  });

  it("leaves bad lines out, prints their numbers, and fails at the end", async () => {
    const broker = await startBroker();
    const file = record(`\ufeff${face(1)}\r\n{"id":\r\n\r\n[1]\n${face(2)}`);
    const terminal = makeTerminal();
    expect(await runCommandLine(["replay", file, "--url", broker.url], terminal)).toBe(1);
    expect(broker.published.map((one) => one.payload)).toEqual([face(1), face(2)]);
    expect(terminal.err()).toMatch(/^line 2: not valid JSON.*\nline 4: expected a JSON object\n$/);
    expect(terminal.out()).toContain("2 published and acknowledged, 2 bad lines left out");
  });

  it("fails on a gzip file that ends too early, after what it had", async () => {
    const broker = await startBroker();
    const file = record(gzipSync(Array.from({ length: 50 }, (_, id) => face(id)).join("\n")).subarray(0, -12));
    const terminal = makeTerminal();
    expect(await runCommandLine(["replay", file, "--url", broker.url], terminal)).toBe(1);
    expect(terminal.err()).toContain("unexpected end of file");
  });

  it.each([["a/b"], ["#"], [""], [7], [undefined]])(
    "gives a camera that no topic can hold (%j) the level replay",
    async (camera) => {
      const broker = await startBroker();
      const file = record(face(1, camera ?? null));
      expect(await runCommandLine(["replay", file, "--url", broker.url, "--base-topic", "home"], makeTerminal())).toBe(
        0,
      );
      expect(broker.published).toEqual([{ topic: "home/embedding/replay", payload: face(1, camera ?? null) }]);
    },
  );

  it("takes broker, topic and login from the configuration when none is named", async () => {
    const broker = await startBroker({ login: { username: "u", password: "0123" } });
    const terminal = makeTerminal({
      FACES2MQTT_MQTT_URL: broker.url,
      FACES2MQTT_MQTT_USERNAME: "u",
      FACES2MQTT_MQTT_PASSWORD: "0123",
      FACES2MQTT_MQTT_BASE_TOPIC: "other",
    });
    expect(await runCommandLine(["replay", record(face(1))], terminal)).toBe(0);
    expect(broker.published[0]?.topic).toBe("other/embedding/door");
  });

  it("names a certificate of the configuration that cannot be used, as the daemon does", async () => {
    const terminal = makeTerminal({ FACES2MQTT_MQTT_URL: "mqtts://127.0.0.1:1", FACES2MQTT_MQTT_CA: "/nowhere.pem" });
    expect(await runCommandLine(["replay", record(face(1))], terminal)).toBe(2);
    expect(terminal.err()).toContain("mqtt.ca: /nowhere.pem: ENOENT");
  });

  it("logs in at the embedded broker as its admin", async () => {
    const broker = await startBroker({ login: { username: "boss", password: "pw" } });
    const terminal = makeTerminal({
      FACES2MQTT_MQTT_EMBEDDED_PORT: new URL(broker.url).port,
      FACES2MQTT_MQTT_EMBEDDED_USERS:
        "[{username: cam, password: x, role: camera}, {username: boss, password: pw, role: admin}]",
    });
    expect(await runCommandLine(["replay", record(face(1))], terminal)).toBe(0);
    expect(broker.published).toHaveLength(1);
  });

  it("says why it cannot connect", async () => {
    const file = record(face(1));
    const unconnected = makeTerminal();
    const url = `mqtt://127.0.0.1:${await freePort()}`;
    expect(await runCommandLine(["replay", file, "--url", url], unconnected)).toBe(1);
    expect(unconnected.err()).toMatch(/^faces2mqtt: cannot connect to mqtt:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/);
    const broker = await startBroker({ login: { username: "u", password: "p" } });
    const refused = makeTerminal();
    expect(await runCommandLine(["replay", file, "--url", broker.url, "--username", "u"], refused)).toBe(1);
    expect(refused.err()).toMatch(/cannot connect to .*: Connection refused/);
  });

  it("comes back after a lost connection and loses nothing", async () => {
    const broker = await startBroker();
    const lines = Array.from({ length: 120 }, (_, id) => face(id));
    const args = ["replay", record(lines.join("\n")), "--url", broker.url, "--rate", "200"];
    const ended = runCommandLine(args, makeTerminal());
    while (broker.published.length < 40) await new Promise((done) => setTimeout(done, 5));
    broker.cut();
    expect(await ended).toBe(0);
    expect(new Set(broker.published.map((one) => one.payload))).toEqual(new Set(lines));
  });

  it("gives up on a broker that will not take a payload, naming the line", async () => {
    const broker = await startBroker({ refuses: (payload) => payload.includes("f2") });
    const terminal = makeTerminal();
    const file = record([face(1), face(2)].join("\n"));
    expect(await runCommandLine(["replay", file, "--url", broker.url], terminal)).toBe(1);
    expect(terminal.err()).toMatch(/line 2: the broker closed the connection 5 times/);
  });

  it("stops when it is asked to", async () => {
    const broker = await startBroker();
    const lines = Array.from({ length: 50 }, (_, id) => face(id));
    const terminal = makeTerminal();
    const args = ["replay", record(lines.join("\n")), "--url", broker.url, "--rate", "20"];
    const ended = runCommandLine(args, terminal);
    while (broker.published.length < 2) await new Promise((done) => setTimeout(done, 5));
    terminal.askToStop();
    expect(await ended).toBe(0);
    expect(terminal.out()).toMatch(/^stopped: \d+ published/);
    expect(broker.published.length).toBeLessThan(50);
  });
});
