import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { OnnxRuntime, RunNetwork } from "./onnx.ts";

/** `node`: native code. `web`: WebAssembly, three times slower, for processors and systems that have no native build. */
export type RuntimeName = "node" | "web";

/** By preference. */
const PACKAGES: readonly (readonly [RuntimeName, string])[] = [
  ["node", "onnxruntime-node"],
  ["web", "onnxruntime-web"],
];

export interface Runtime {
  readonly name: RuntimeName;
  /** Loads the weights of a network with one input. */
  openNetwork(file: string, input: string): Promise<RunNetwork>;
}

/**
 * The ONNX Runtime of a folder with `node_modules`: the first of the wanted ones that loads there.
 * @throws {AggregateError} with the reason of each when none does.
 */
export function openRuntime(folder: string, wanted: readonly RuntimeName[] = PACKAGES.map(([name]) => name)): Runtime {
  const require = createRequire(join(folder, "package.json"));
  const reasons: unknown[] = [];
  for (const [name, packageName] of PACKAGES.filter(([one]) => wanted.includes(one))) {
    try {
      const onnx: OnnxRuntime = require(packageName);
      return toRuntime(name, onnx);
    } catch (error) {
      reasons.push(error);
    }
  }
  throw new AggregateError(reasons, reasons.map((reason) => firstLine(reason)).join("; "));
}

function toRuntime(name: RuntimeName, onnx: OnnxRuntime): Runtime {
  if (name === "web") onnx.env.wasm.numThreads = 1;
  return {
    name,
    async openNetwork(file, input) {
      // WebAssembly reads no files.
      const session = await onnx.InferenceSession.create(name === "web" ? await readFile(file) : file, {
        // More threads in one picture cost more than they gain; pictures have threads of their own.
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 3,
        // A pattern is kept for each shape of input, and pictures have many.
        enableMemPattern: false,
      });
      return async (data, dims) => {
        const tensor = new onnx.Tensor("float32", data, dims);
        const outputs = await session.run({ [input]: tensor });
        // Copied, so that the runtime's memory is free at once.
        const copies = Object.entries(outputs).map(([key, output]) => {
          const copy = output.data.slice();
          output.dispose();
          return [key, copy] as const;
        });
        tensor.dispose();
        return Object.fromEntries(copies);
      };
    },
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n")[0] ?? "";
}
