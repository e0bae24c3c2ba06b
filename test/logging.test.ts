import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Config } from "../src/config/schema.ts";
import { createLog } from "../src/logging.ts";

function open(log: Config["log"], interactive: boolean) {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: createLog(log, { interactive, destination }), lines };
}

describe("the log", () => {
  it("is one JSON line per thing that happened, with a time and a level in words", () => {
    const { log, lines } = open({ level: "info", pretty: "auto" }, false);
    log.info({ camera: "front_door" }, "face stored");
    log.debug("not logged");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      camera: "front_door",
      msg: "face stored",
    });
  });

  it.each([
    ["auto", true, false],
    ["auto", false, true],
    [true, false, false],
    [false, true, true],
  ] as const)("with pretty %s and a person looking %s is JSON: %s", (pretty, interactive, isJson) => {
    const { log, lines } = open({ level: "info", pretty }, interactive);
    log.info("started");
    expect(lines.join("").startsWith("{")).toBe(isJson);
    expect(lines.join("")).toContain("started");
  });

  it("logs no secret, no encoding and no payload", () => {
    const { log, lines } = open({ level: "info", pretty: false }, false);
    const secret = { password: "hush", token: "hush", encoding: ["hush"], payload: "hush" };
    log.warn(
      { ...secret, mqtt: { ...secret, embedded: secret }, req: { headers: { authorization: "hush", cookie: "hush" } } },
      "x",
    );
    expect(lines.join("")).not.toContain("hush");
    expect(lines.join("")).toContain("[secret]");
  });

  it("logs an error with its cause", () => {
    const { log, lines } = open({ level: "info", pretty: false }, false);
    log.error({ err: new Error("outer", { cause: new Error("inner") }) }, "failed");
    expect(lines[0]).toMatch(/outer.*inner/);
  });
});
