import { join, resolve } from "node:path";

/** The two runtimes that can execute the models, by preference: native code, or WebAssembly where that does not run. */
export const RUNTIMES = ["node", "web"] as const;
export type RuntimeKind = (typeof RUNTIMES)[number];

/** Absolute paths of what `faces2mqtt models` keeps. */
export interface ModelsLayout {
  readonly folder: string;
  /** Whose the rest is, and under which licences. */
  readonly notices: string;
  /** Finds faces. */
  readonly yunet: string;
  /** Encodes them. */
  readonly sface: string;
  readonly runtime: string;
  /** Which runtime is there, for which machine, and its files with their hashes: see {@link readInstalledRuntime}. */
  readonly installed: string;
  /** `onnxruntime-common` and one of `onnxruntime-node` and `onnxruntime-web`. */
  readonly nodeModules: string;
}

/** Where models are in a data folder, unless `snapshots.models_dir` says otherwise. */
export const MODELS_FOLDER = "models";

/** Where everything is in a `snapshots.models_dir`. Touches no file. */
export function layOutModels(modelsDir: string): ModelsLayout {
  const folder = resolve(modelsDir);
  const runtime = join(folder, "runtime");
  return {
    folder,
    notices: join(folder, "NOTICES.txt"),
    yunet: join(folder, "yunet.onnx"),
    sface: join(folder, "sface.onnx"),
    runtime,
    installed: join(runtime, "installed.json"),
    nodeModules: join(runtime, "node_modules"),
  };
}

/** The folder that a configuration means. */
export function toModelsDir(config: {
  readonly dataDir: string;
  readonly snapshots: { readonly modelsDir: string | null };
}): string {
  return resolve(config.snapshots.modelsDir ?? join(config.dataDir, MODELS_FOLDER));
}

/** The file to `import()`; both export what `onnxruntime-common` describes, the native one as `default` (CommonJS). */
export function toRuntimeEntry(modelsDir: string, kind: RuntimeKind): string {
  const entry = { node: "onnxruntime-node/dist/index.js", web: "onnxruntime-web/dist/ort.node.min.mjs" }[kind];
  return join(layOutModels(modelsDir).nodeModules, entry);
}
