import { list, type ReadEntry } from "tar";
import type { RuntimePackage } from "../runtime-packages.ts";

/** In npm's archives everything is in one folder. */
const ROOT = "package/";
/** More than any runtime takes (47 MB). */
const MAX_BYTES = 96 * 1024 * 1024;

/**
 * The files of a package that are kept, by their path in it. Nothing is written.
 * @throws {Error} when the archive is damaged, lacks a file that is needed, or has anything that is no plain file or would
 * leave the package's folder.
 */
export async function readPackage(
  archive: string,
  { name, keeps, needs }: Pick<RuntimePackage, "name" | "keeps" | "needs">,
  maxBytes = MAX_BYTES,
): Promise<ReadonlyMap<string, Buffer>> {
  const contents: Promise<readonly [string, Buffer]>[] = [];
  const problems: string[] = [];
  let total = 0;
  const take = (entry: ReadEntry) => {
    const path = entry.path.startsWith(ROOT) ? entry.path.slice(ROOT.length) : entry.path;
    const problem = findProblem(entry, path);
    if (problem !== null) problems.push(`${entry.path} ${problem}`);
    if (problem !== null || entry.type === "Directory" || !keeps(path)) return;
    total += entry.size;
    if (total > maxBytes) problems.push(`${entry.path} is too large`);
    else contents.push(entry.concat().then((content) => [path, content]));
  };
  await list({ file: archive, strict: true, onReadEntry: take });
  if (problems.length > 0) throw new Error(`${name}: ${problems.slice(0, 3).join(", ")}`);
  const files = new Map(await Promise.all(contents));
  const missing = needs.filter((path) => !files.has(path));
  if (missing.length > 0) throw new Error(`${name}: it has no ${missing.join(", ")}`);
  return files;
}

function findProblem({ type, path }: ReadEntry, inside: string): string | null {
  if (type !== "File" && type !== "OldFile" && type !== "Directory") return `is a ${type}`;
  if (!path.startsWith(ROOT) || inside.startsWith("/") || inside.split(/[\\/]/).includes("..")) {
    return "leaves the package's folder";
  }
  return null;
}
