import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { freePort } from "./free-port.ts";
import { isListening } from "./is-listening.ts";
import { tempFolder } from "./temp-folder.ts";

const VERSION = "2.40.0";
const FOLDER = resolve(import.meta.dirname, "../../.cache/brokers");
const HOME = join(FOLDER, `apache-artemis-${VERSION}`);

/** Fetches Apache ActiveMQ Artemis (48 MB) into `.cache/brokers`, with Maven, unless it is there. */
export function installArtemis(): void {
  if (existsSync(HOME)) return;
  mkdirSync(FOLDER, { recursive: true });
  const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";
  const artifact = `org.apache.activemq:apache-artemis:${VERSION}:zip:bin`;
  run("mvn", ["-q", "-B", goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${FOLDER}`]);
  run("unzip", ["-q", "-o", join(FOLDER, `apache-artemis-${VERSION}-bin.zip`), "-d", FOLDER]);
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
}

/** Started, on a port of its own; stopped when the test is over. */
export async function startArtemis(): Promise<{ readonly url: string }> {
  const instance = join(tempFolder(), "broker");
  const port = await freePort();
  const login = ["--user", "admin", "--password", "admin", "--allow-anonymous"];
  const parts = ["--no-web", "--no-autotune", "--no-amqp-acceptor", "--no-hornetq-acceptor", "--no-stomp-acceptor"];
  run(join(HOME, "bin/artemis"), ["create", instance, ...login, ...parts, "--silent"]);
  writeFileSync(join(instance, "etc/broker.xml"), toConfiguration(instance, port));
  const broker: ChildProcess = spawn(join(instance, "bin/artemis"), ["run"], { stdio: "ignore" });
  onTestFinished(async () => {
    if (broker.exitCode !== null || broker.signalCode !== null) return;
    const exited = once(broker, "exit");
    broker.kill("SIGKILL");
    await exited;
  });
  for (let tries = 0; tries < 600; tries++) {
    if (await isListening(port)) return { url: `mqtt://127.0.0.1:${port}` };
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("Artemis did not start");
}

function toConfiguration(instance: string, port: number): string {
  const folder = (name: string, kind: string) => `<${kind}-directory>${instance}/data/${name}</${kind}-directory>`;
  return `<configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
  <persistence-enabled>true</persistence-enabled>
  <journal-type>NIO</journal-type>
  ${folder("journal", "journal")}${folder("bindings", "bindings")}
  ${folder("paging", "paging")}${folder("large", "large-messages")}
  <security-enabled>false</security-enabled>
  <max-disk-usage>-1</max-disk-usage>
  <acceptors><acceptor name="mqtt">tcp://127.0.0.1:${port}?protocols=MQTT</acceptor></acceptors>
</core></configuration>
`;
}
