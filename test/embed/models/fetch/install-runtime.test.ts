import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { create } from "tar";
import { describe, expect, it } from "vitest";
import { installRuntime } from "../../../../src/embed/models/fetch/install-runtime.ts";
import { inspectModels } from "../../../../src/embed/models/inspect.ts";
import { readInstalledRuntime } from "../../../../src/embed/models/installed-runtime.ts";
import type { RuntimeKind } from "../../../../src/embed/models/layout.ts";
import { tempFolder } from "../../../helpers/temp-folder.ts";

/** A module as the runtimes are, that does in place of a network what it is given. */
const runtimeThat = (does: string) => `
  class Tensor { data = new Float32Array(1); dispose() {} }
  const run = async () => { ${does}; return { cls_8: new Tensor() }; };
  const onnx = { env: { wasm: {} }, Tensor, InferenceSession: { create: async () => ({ run }) } };`;

const WORKS = runtimeThat("");
const FAILS = 'throw new Error("libstdc++.so.6: cannot open shared object file");';
const ENDS = runtimeThat('process.kill(process.pid, "SIGILL"); await new Promise(() => setInterval(() => 0, 1000))');

const ENTRIES = { node: "dist/index.js", web: "dist/ort.node.min.mjs" };

/** Archives of both runtimes with this code each; null: one without the code. */
async function install(
  codes: Readonly<Record<RuntimeKind, string | null>>,
  kind: RuntimeKind | null,
  modelsDir = tempFolder(),
  signal = new AbortController().signal,
) {
  const archives = tempFolder();
  const work = join(modelsDir, ".part-1");
  const said: string[] = [];
  for (const name of ["node", "web"] as const) {
    const root = join(tempFolder(), "package");
    const code = codes[name];
    const module = `${code}\n${name === "node" ? "module.exports = onnx" : "export default onnx"};`;
    const files = { "package.json": "{}", ...(code === null ? {} : { [ENTRIES[name]]: module }) };
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    await create({ file: join(archives, `${name}.tgz`), cwd: dirname(root), gzip: true }, ["package"]);
  }
  writeFileSync(join(modelsDir, "yunet.onnx"), "any");
  const installing = installRuntime({
    modelsDir,
    kind,
    packagesOf: (of) => [
      {
        name: `onnxruntime-${of}`,
        version: "1.30.0",
        file: `${of}.tgz`,
        bytes: 0,
        integrity: "",
        keeps: () => true,
        needs: [ENTRIES[of]],
        archive: { file: `${of}.tgz`, bytes: 0, integrity: "", urls: [] },
      },
    ],
    supply: { has: () => true, get: async ({ file }) => join(archives, file) },
    work,
    signal,
    report: { say: (line) => said.push(line), progress: () => undefined },
  });
  return { modelsDir, said, installing };
}

describe("installRuntime", () => {
  it("installs the native runtime where it works, and writes down what it installed", async () => {
    const { modelsDir, installing, said } = await install({ node: WORKS, web: WORKS }, null);
    await installing;
    expect(said).toEqual([]);
    expect(await readInstalledRuntime(modelsDir)).toMatchObject({
      kind: "node",
      machine: `${process.platform}-${process.arch}`,
      reason: null,
      files: [
        { path: "node_modules/onnxruntime-node/package.json" },
        { path: "node_modules/onnxruntime-node/dist/index.js", bytes: expect.any(Number) },
      ],
    });
    expect((await inspectModels(modelsDir, { hashes: true })).runtime).toBe("node");
  });

  it.each([
    ["does not load", FAILS, /libstdc\+\+\.so\.6: cannot open shared object file/],
    ["ends its process", ENDS, /it ended with SIGILL/],
    ["has nothing for this machine", null, /it has no dist\/index\.js/],
  ])("installs the other where the native one %s, and says why", async (_, code, reason) => {
    const { modelsDir, installing, said } = await install({ node: code, web: WORKS }, null);
    await installing;
    expect(said).toEqual([expect.stringMatching(reason)]);
    expect(await readInstalledRuntime(modelsDir)).toMatchObject({
      kind: "web",
      machine: null,
      reason: expect.stringMatching(reason),
    });
    expect(existsSync(join(modelsDir, "runtime/node_modules/onnxruntime-node"))).toBe(false);
  });

  it("installs the one that was chosen, in place of the other", async () => {
    const first = await install({ node: WORKS, web: WORKS }, null);
    await first.installing;
    const second = await install({ node: WORKS, web: WORKS }, "web", first.modelsDir);
    await second.installing;
    expect((await inspectModels(first.modelsDir, { hashes: true })).runtime).toBe("web");
    expect(existsSync(join(first.modelsDir, "runtime/node_modules/onnxruntime-node"))).toBe(false);
  });

  it("leaves the one that is there when the chosen one does not work", async () => {
    const first = await install({ node: WORKS, web: WORKS }, null);
    await first.installing;
    const second = await install({ node: WORKS, web: FAILS }, "web", first.modelsDir);
    await expect(second.installing).rejects.toMatchObject({
      code: "MODELS_MISSING",
      message: /onnxruntime-web: .*libstdc/s,
    });
    expect((await inspectModels(first.modelsDir, { hashes: true })).runtime).toBe("node");
  });

  it("says of both why they do not work", async () => {
    const { modelsDir, installing } = await install({ node: FAILS, web: ENDS }, null);
    await expect(installing).rejects.toThrow(/onnxruntime-node: .*libstdc.*\nonnxruntime-web: it ended with SIGILL/s);
    expect(existsSync(join(modelsDir, "runtime"))).toBe(false);
    expect(readFileSync(join(modelsDir, "yunet.onnx"), "utf8")).toBe("any");
  });

  it("ends when it is stopped, while a runtime is being tried", async () => {
    const hangs = runtimeThat("await new Promise((done) => setTimeout(done, 50_000))");
    const stop = new AbortController();
    const { modelsDir, installing } = await install({ node: hangs, web: WORKS }, null, tempFolder(), stop.signal);
    setTimeout(() => stop.abort(), 500);
    await expect(installing).rejects.toMatchObject({ name: "AbortError" });
    expect(existsSync(join(modelsDir, "runtime"))).toBe(false);
  });
});
