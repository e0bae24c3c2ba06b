import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import { readVersion } from "../../src/version.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeTerminal } from "./make-terminal.ts";

describe("the command line", () => {
  it("prints its version and its commands", async () => {
    const terminal = makeTerminal();
    expect(await runCommandLine(["--version"], terminal)).toBe(0);
    expect(terminal.out()).toBe(`${readVersion()}\n`);
    const help = makeTerminal();
    expect(await runCommandLine(["--help"], help)).toBe(0);
    for (const command of [
      "run",
      "check-config",
      "export-registry",
      "import-registry",
      "backup",
      "restore",
      "replay",
      "demo",
    ]) {
      expect(help.out()).toContain(`  ${command} `);
    }
    expect(help.out()).not.toContain("demo-cameras");
  });

  it.each([
    [["fly"]],
    [["check-config", "--colour"]],
    [["replay"]],
    [["replay", "a.jsonl", "--rate", "fast"]],
    [["import-registry", "a.json", "--merge", "--replace"]],
    [["demo", "--port", "http"]],
    [["demo", "--mqtt-port", "65536"]],
    [["demo", "--pace", "0"]],
    [["demo", "--days", "-1"]],
    [["demo", "--past", "1.5"]],
  ])("refuses %j with exit code 2 and says why", async (args) => {
    const terminal = makeTerminal();
    expect(await runCommandLine(args, terminal)).toBe(2);
    expect(terminal.err()).toContain("error: ");
  });

  it("says which word is no command", async () => {
    const terminal = makeTerminal();
    await runCommandLine(["chek-config", "--config", "/nowhere/config.yaml"], terminal);
    expect(terminal.err()).toBe("error: unknown command 'chek-config'; --help lists them\n");
  });

  it("fails with exit code 1 and one line where a file is missing", async () => {
    const terminal = makeTerminal();
    expect(await runCommandLine(["replay", "/nowhere/faces.jsonl"], terminal)).toBe(1);
    expect(terminal.err()).toMatch(/^faces2mqtt: ENOENT.*\n$/);
  });

  it("does not start a daemon with a bad configuration: exit code 2, all problems", async () => {
    const terminal = makeTerminal({ FACES2MQTT_HTTP_PORT: "x", FACES2MQTT_LOG_LEVEL: "y" });
    expect(await runCommandLine([], terminal)).toBe(2);
    expect(terminal.err()).toContain("FACES2MQTT_HTTP_PORT: http.port");
    expect(terminal.err()).toContain("FACES2MQTT_LOG_LEVEL: log.level");
  });
});

describe("check-config", () => {
  it("says that all is good, with exit code 0", async () => {
    const file = join(tempFolder(), "config.yaml");
    writeFileSync(file, "http: { port: 1 }\n");
    const terminal = makeTerminal();
    expect(await runCommandLine(["check-config", "--config", file], terminal)).toBe(0);
    expect(terminal.out()).toBe(`${file}: good\n`);
  });

  it("prints every problem on a line of its own, with exit code 2", async () => {
    const file = join(tempFolder(), "config.yaml");
    writeFileSync(file, "http:\n  port: x\n  hots: y\n");
    const terminal = makeTerminal({ FACES2MQTT_LOG_LEVEL: "loud" });
    expect(await runCommandLine(["check-config", "--config", file], terminal)).toBe(2);
    const lines = terminal.out().trim().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines).toContainEqual(expect.stringMatching(`^${file}:2: http.port: `));
    expect(lines).toContainEqual(expect.stringMatching(`^${file}:3: http.hots: unknown key .*host`));
    expect(lines).toContainEqual(expect.stringMatching("^FACES2MQTT_LOG_LEVEL: log.level: "));
  });
});
