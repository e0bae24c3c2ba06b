import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";

/** `UPDATE_GOLDEN=1`: what is seen now is what will be expected. */
const IS_UPDATE = (process.env.UPDATE_GOLDEN ?? "") !== "";

const toPath = (name: string): string => join(import.meta.dirname, `${name}.json`);

/**
 * Compares with a golden file; the order of keys is all the same. The test goes on, so that one run tells all that differs.
 * @param name Path without `.json`.
 */
export function expectGolden(name: string, seen: unknown): void {
  const path = toPath(name);
  if (IS_UPDATE) write(path, seen);
  const golden: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : "no such golden file";
  expect.soft(sortKeys(seen), name).toStrictEqual(golden);
}

/**
 * Compares a whole folder, file by file. One that nothing is compared with fails too.
 * @param seen By path in the folder, without `.json`.
 */
export function expectGoldenFolder(folder: string, seen: ReadonlyMap<string, unknown>): void {
  const root = join(import.meta.dirname, folder);
  if (IS_UPDATE) rmSync(root, { recursive: true, force: true });
  for (const [name, value] of seen) expectGolden(`${folder}/${name}`, value);
  const files = existsSync(root) ? readdirSync(root, { recursive: true, encoding: "utf8" }) : [];
  const left = files.filter((file) => file.endsWith(".json") && !seen.has(file.slice(0, -".json".length)));
  expect.soft(left, `golden files in ${folder} that nothing was compared with`).toEqual([]);
}

function write(path: string, seen: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  // Lists of numbers take one line.
  const text = JSON.stringify(sortKeys(seen), null, 2).replace(/\[[\d\s,.-]+\]/g, (list) => list.replace(/\s+/g, " "));
  writeFileSync(path, `${text}\n`);
}

/** As it comes out of JSON, with the keys of every object in order. */
function sortKeys(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
