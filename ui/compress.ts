import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Less than this does not become shorter by as much as a packet. */
const WORTH_BYTES = 1_024;

/** Puts a gzipped twin beside every script and style sheet, so that the daemon need not compress for every phone anew. */
export function compress(): Plugin {
  return {
    name: "compress",
    apply: "build",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!dir || !/\.(js|css)$/.test(name)) continue;
        const bytes = readFileSync(join(dir, name));
        if (bytes.length < WORTH_BYTES) continue;
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}
