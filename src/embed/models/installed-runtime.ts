import { readFile } from "node:fs/promises";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { layOutModels, RUNTIMES, type RuntimeKind } from "./layout.ts";

/** The version of onnxruntime that is pinned. */
export const RUNTIME_VERSION = "1.30.0";

/** A file of the runtime, with what it was when it was unpacked from a package with the pinned hash. */
export interface RuntimeFile {
  /** Relative to the runtime's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What stands in `runtime/installed.json`. */
export interface InstalledRuntime {
  readonly kind: RuntimeKind;
  readonly version: string;
  /** `linux-x64`; null: it runs everywhere. */
  readonly machine: string | null;
  /** Why it is this one, for people; null: it is the first choice. */
  readonly reason: string | null;
  readonly files: readonly RuntimeFile[];
}

const InstalledSchema = Type.Object({
  kind: Type.Union(RUNTIMES.map((kind) => Type.Literal(kind))),
  version: Type.String(),
  machine: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  files: Type.Array(Type.Object({ path: Type.String(), bytes: Type.Integer({ minimum: 0 }), sha256: Type.String() }), {
    minItems: 1,
  }),
});

/** This machine, as {@link InstalledRuntime} names it. */
export function thisMachine(): string {
  return `${process.platform}-${process.arch}`;
}

/** What was installed, whether or not its files are still there; null: nothing, or nothing that can be read. */
export async function readInstalledRuntime(modelsDir: string): Promise<InstalledRuntime | null> {
  try {
    const installed: unknown = JSON.parse(await readFile(layOutModels(modelsDir).installed, "utf8"));
    return Value.Check(InstalledSchema, installed) ? installed : null;
  } catch {
    return null;
  }
}
