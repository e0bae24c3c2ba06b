import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Runs these tests with our reporter. */
function run(tests: string, ci: boolean): { code: number | null; output: string } {
  const folder = tempFolder();
  for (const name of [
    "test/project/summary-reporter.ts",
    "test/project/optional-tools.ts",
    "test/helpers/shared-data.ts",
    "test/helpers/test-models.ts",
  ]) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    cpSync(join(ROOT, name), join(folder, name));
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "some.test.ts"), `import { expect, it } from "vitest";\n${tests}`);
  const { CI: _, FACES2MQTT_TEST_DATA: __, FACES2MQTT_TEST_MODELS: ___, ...rest } = process.env;
  const env = { ...rest, ...(ci ? { CI: "true" } : {}) };
  const args = ["node_modules/vitest/vitest.mjs", "run", "--reporter=./test/project/summary-reporter.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  return { code: status, output: stdout + stderr };
}

const PASSES = 'it("passes", () => expect(1).toBe(1));\n';
const FAILS = 'it("fails", () => expect(1).toBe(2));\n';
const SKIPS = 'it("needs a camera", (context) => context.skip("no camera is plugged in"));\n';

describe("the summary of a test run", () => {
  it("ends with the sums alone on a line", () => {
    expect(run(PASSES, true)).toMatchObject({ code: 0, output: expect.stringMatching(/^1 passed, 0 failed$/m) });
    expect(run(PASSES + FAILS, false)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^1 passed, 1 failed$/m),
    });
  });

  it("says what was skipped, why, and what this machine lacks", () => {
    const { code, output } = run(PASSES + SKIPS, false);
    expect(code).toBe(0);
    expect(output).toContain("some.test.ts > needs a camera: no camera is plugged in");
    expect(output).toContain("Not on this machine: ");
    expect(output).toContain("real faces (a folder of them in FACES2MQTT_TEST_DATA)");
    expect(output).toContain("weights and runtime (FACES2MQTT_SNAPSHOTS_MODELS_DIR=.cache/models npm run models)");
    expect(output).toMatch(/^1 passed, 0 failed$/m);
  });

  it("counts what was skipped as failed on a build server", () => {
    const { code, output } = run(PASSES + SKIPS, true);
    expect(code).toBe(1);
    expect(output).toMatch(/^1 passed, 1 failed$/m);
  });

  it("counts a file that does not load", () => {
    const { code, output } = run('throw new Error("broken");\n', false);
    expect(code).toBe(1);
    expect(output).toMatch(/^0 passed, 1 failed$/m);
  });
});
