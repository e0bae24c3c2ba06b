import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { RUNTIMES, type RuntimeKind, toRuntimeEntry } from "../models/layout.ts";
import type { OnnxRuntime, RunNetwork } from "./onnx.ts";

export interface Runtime {
  readonly kind: RuntimeKind;
  /** Loads the weights of a network with one input. */
  openNetwork(file: string, input: string): Promise<RunNetwork>;
}

/**
 * The ONNX Runtime of a models' folder: the first of the wanted ones that loads. WebAssembly is three times slower; it is for
 * processors and systems that have no native build.
 * @throws {AggregateError} with the reason of each when none does.
 */
export async function openRuntime(modelsDir: string, wanted: readonly RuntimeKind[] = RUNTIMES): Promise<Runtime> {
  const reasons: unknown[] = [];
  for (const kind of wanted) {
    try {
      const module: OnnxRuntime & { readonly default?: OnnxRuntime } = await import(
        pathToFileURL(toRuntimeEntry(modelsDir, kind)).href
      );
      return toRuntime(kind, module.default ?? module);
    } catch (error) {
      reasons.push(error);
    }
  }
  throw new AggregateError(reasons, reasons.map(firstLine).join("; "));
}

function toRuntime(kind: RuntimeKind, onnx: OnnxRuntime): Runtime {
  if (kind === "web") onnx.env.wasm.numThreads = 1;
  return {
    kind,
    async openNetwork(file, input) {
      // WebAssembly reads no files.
      const session = await onnx.InferenceSession.create(kind === "web" ? await readFile(file) : file, {
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
