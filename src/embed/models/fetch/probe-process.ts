import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

// A process of its own (see probe-runtime.ts): loads a runtime and lets YuNet search the smallest picture it takes. What does
// not work ends it with an error.

interface Session {
  run(inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}

interface Onnx {
  readonly env: { readonly wasm: { numThreads?: number } };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => unknown;
  readonly InferenceSession: { create(network: Uint8Array): Promise<Session> };
}

const [folder = "", kind = "", network = ""] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const onnx: Onnx = require(`onnxruntime-${kind}`);
onnx.env.wasm.numThreads = 1;
const session = await onnx.InferenceSession.create(await readFile(network));
const outputs = await session.run({ input: new onnx.Tensor("float32", new Float32Array(3 * 32 * 32), [1, 3, 32, 32]) });
if (!("cls_8" in outputs)) throw new Error("YuNet ran, but gave nothing");
