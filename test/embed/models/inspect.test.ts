import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspectModels } from "../../../src/embed/models/inspect.ts";
import type { InstalledRuntime } from "../../../src/embed/models/installed-runtime.ts";
import { WEIGHTS } from "../../../src/embed/models/weights.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { testModels } from "../../helpers/test-models.ts";

/** Weights as large as the real ones, of zeros, and a runtime of one file. */
function makeModels(changes: Partial<InstalledRuntime> = {}): string {
  const folder = tempFolder();
  for (const { file, bytes } of WEIGHTS) {
    writeFileSync(join(folder, file), "");
    truncateSync(join(folder, file), bytes);
  }
  const runtime: InstalledRuntime = {
    kind: "node",
    version: "1.30.0",
    machine: `${process.platform}-${process.arch}`,
    reason: null,
    files: [
      {
        path: "node_modules/a/index.js",
        bytes: 3,
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      },
    ],
    ...changes,
  };
  const file = join(folder, "runtime/node_modules/a/index.js");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "abc");
  writeFileSync(join(folder, "runtime/installed.json"), JSON.stringify(runtime));
  return folder;
}

describe("inspectModels", () => {
  it("says of an empty folder that all is missing", async () => {
    expect(await inspectModels(tempFolder(), { hashes: true })).toEqual({
      ready: false,
      runtime: null,
      parts: ["yunet", "sface", "runtime"].map((name) => ({
        name,
        state: "missing",
        problem: "it is not there",
        bytes: 0,
      })),
    });
  });

  it("compares sizes always, hashes only when asked", async () => {
    const folder = makeModels();
    expect((await inspectModels(folder, { hashes: false })).ready).toBe(true);
    const { ready, parts } = await inspectModels(folder, { hashes: true });
    expect(ready).toBe(false);
    expect(parts.map(({ name, state, problem }) => [name, state, problem])).toEqual([
      ["yunet", "wrong", "its SHA-256 is not the expected one"],
      ["sface", "wrong", "its SHA-256 is not the expected one"],
      ["runtime", "ready", null],
    ]);
  });

  it("sees weights that are cut short", async () => {
    const folder = makeModels();
    truncateSync(join(folder, "sface.onnx"), 1_000);
    const { ready, parts } = await inspectModels(folder, { hashes: false });
    expect(ready).toBe(false);
    expect(parts[1]?.problem).toBe("it has 1000 bytes instead of 38689356");
  });

  it.each([
    ["of another version", { version: "1.29.0" }, "it is version 1.29.0; 1.30.0 is needed"],
    ["for another machine", { machine: "plan9-pdp11" }, /it is for plan9-pdp11; this machine is /],
    ["that lacks a file", { files: [{ path: "b.js", bytes: 1, sha256: "" }] }, "b.js: it is not there"],
  ])("takes no runtime %s", async (_, changes, problem) => {
    const { ready, runtime, parts } = await inspectModels(makeModels(changes), { hashes: false });
    expect({ ready, runtime }).toEqual({ ready: false, runtime: null });
    expect(parts[2]).toMatchObject({ state: "wrong", problem: expect.stringMatching(problem) });
  });

  it("takes a runtime without a machine anywhere, and sees when a file of it has changed", async () => {
    const folder = makeModels({ kind: "web", machine: null });
    expect((await inspectModels(folder, { hashes: true })).runtime).toBe("web");
    writeFileSync(join(folder, "runtime/node_modules/a/index.js"), "abd");
    const { runtime, parts } = await inspectModels(folder, { hashes: true });
    expect(runtime).toBeNull();
    expect(parts[2]?.problem).toBe("node_modules/a/index.js: its SHA-256 is not the expected one");
  });

  it("takes a description that cannot be read for a missing runtime", async () => {
    const folder = makeModels();
    writeFileSync(join(folder, "runtime/installed.json"), '{"kind":"abacus"}');
    expect((await inspectModels(folder, { hashes: false })).parts[2]?.state).toBe("missing");
  });

  it("verifies what the command has fetched", async (context) => {
    const folder = testModels();
    if (folder === null) return context.skip("no weights and runtime here");
    expect(await inspectModels(folder, { hashes: true })).toMatchObject({ ready: true });
  });
});
