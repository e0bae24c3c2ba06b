import { RUNTIME_VERSION } from "./installed-runtime.ts";
import type { RuntimeKind } from "./layout.ts";

/** A package of the npm registry, pinned, and what of it is needed to run. */
export interface RuntimePackage {
  readonly name: string;
  readonly version: string;
  /** The registry's archive: its name, size, and hash as the registry and lock files write it. */
  readonly file: string;
  readonly bytes: number;
  readonly integrity: string;
  /** Of the packed files, paths with `/`. */
  keeps(path: string): boolean;
  /** Without these it cannot be used. */
  readonly needs: readonly string[];
}

const COMMON = toPackage("onnxruntime-common", {
  bytes: 66_795,
  integrity: "sha512-7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==",
  keeps: (path) => /^dist\/(cjs|esm)\/([\w-]+\.js|package\.json)$/.test(path),
  needs: ["dist/cjs/index.js", "dist/esm/index.js"],
});

/**
 * What a runtime is made of. Of the native one only this machine's code is kept, of the one for browsers only what Node
 * loads; their other dependencies serve installing and browsers.
 */
export function runtimePackages(kind: RuntimeKind, machine: Machine): readonly RuntimePackage[] {
  return [COMMON, kind === "node" ? nativePackage(machine) : WEB];
}

/** As `process` has them. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
}

function nativePackage({ platform, arch }: Machine): RuntimePackage {
  const binaries = `bin/napi-v6/${platform}/${arch}/`;
  return toPackage("onnxruntime-node", {
    bytes: 113_507_888,
    integrity: "sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==",
    keeps: (path) => /^dist\/\w+\.js$/.test(path) || path.startsWith(binaries),
    needs: ["dist/index.js", `${binaries}onnxruntime_binding.node`],
  });
}

const WEB = toPackage("onnxruntime-web", {
  bytes: 33_106_585,
  integrity: "sha512-q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ==",
  keeps: (path) => /^dist\/(ort\.node\.min\.m?js|ort-wasm-simd-threaded\.(mjs|wasm))$/.test(path),
  needs: [
    "dist/ort.node.min.js",
    "dist/ort.node.min.mjs",
    "dist/ort-wasm-simd-threaded.mjs",
    "dist/ort-wasm-simd-threaded.wasm",
  ],
});

function toPackage(
  name: string,
  { bytes, integrity, keeps, needs }: Pick<RuntimePackage, "bytes" | "integrity" | "keeps" | "needs">,
): RuntimePackage {
  return {
    name,
    version: RUNTIME_VERSION,
    file: `${name}-${RUNTIME_VERSION}.tgz`,
    bytes,
    integrity,
    keeps: (path) => path === "package.json" || keeps(path),
    needs: ["package.json", ...needs],
  };
}
