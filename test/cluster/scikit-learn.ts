import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { labelsOf } from "../../src/cluster/linkage/cut.ts";
import type { Encodings } from "../../src/cluster/linkage/linkage.ts";

/** The first Python with scikit-learn, or null where there is none. */
export const scikitLearn: string | null =
  ["python3", "/usr/bin/python3"].find((python) => {
    const find = "import importlib.util as u; exit(u.find_spec('sklearn') is None)";
    return spawnSync(python, ["-c", find], { stdio: "ignore", timeout: 20_000 }).status === 0;
  }) ?? null;

/** scikit-learn's partition, its clusters numbered in the order of their lowest face. */
export function clusterByScikitLearn(python: string, encodings: Encodings, threshold: number): Int32Array {
  const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-test-"));
  try {
    const [faces, labels] = [join(folder, "faces"), join(folder, "labels")];
    writeFileSync(faces, encodings.data);
    const script = fileURLToPath(new URL("../../bench/discovery-peers.py", import.meta.url));
    const args = [script, faces, encodings.count, encodings.dimension, threshold, "sklearn", labels].map(String);
    const { status, stderr } = spawnSync(python, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    const bytes = readFileSync(labels);
    const theirs = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const first = new Map<number, number>();
    const roots = theirs.map((label, face) => {
      if (!first.has(label)) first.set(label, face);
      return first.get(label)!;
    });
    return labelsOf(roots);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
