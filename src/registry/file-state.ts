import { lstat, readFile, stat } from "node:fs/promises";
import { MAX_REGISTRY_LENGTH } from "./format/parse.ts";

/** A file as it was read. `unreadable` is what no program could have meant as a registry, whatever is in it. */
export type FileState =
  | { readonly kind: "missing" }
  | ({ readonly kind: "unreadable"; readonly problem: string } & FileVersion)
  | ({ readonly kind: "text"; readonly text: string } & FileVersion);

/** Which state of a file was read. */
export interface FileVersion {
  readonly signature: string;
  /** Wall-clock time of the last write, milliseconds since 1970. */
  readonly changedMs: number;
}

/** Distinguishes the states of a file without reading it; null: there is no file. */
export async function signatureOf(path: string): Promise<string | null> {
  return (await versionOf(path))?.signature ?? null;
}

/**
 * Reads a whole file as UTF-8.
 * @returns null when it changed while being read; read again.
 */
export async function readFileState(path: string): Promise<FileState | null> {
  const found = await versionOf(path);
  if (!found) {
    // A link to nothing has a name all the same.
    const isLink = (await unlessMissing(lstat(path))) !== null;
    return isLink
      ? { kind: "unreadable", signature: "link", changedMs: 0, problem: "is a link to nothing" }
      : { kind: "missing" };
  }
  const { isFile, size, ...version } = found;
  // Reading a pipe would never end.
  if (!isFile) return { kind: "unreadable", ...version, problem: "is not a regular file" };
  if (size > MAX_REGISTRY_LENGTH) return { kind: "unreadable", ...version, problem: "is too large" };
  const bytes = await unlessMissing(readFile(path));
  if (bytes === null || (await signatureOf(path)) !== version.signature) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { kind: "text", text, ...version };
  } catch {
    return { kind: "unreadable", ...version, problem: "is not UTF-8" };
  }
}

async function versionOf(path: string) {
  const about = await unlessMissing(stat(path, { bigint: true }));
  if (!about) return null;
  const { ino, size, mtimeNs } = about;
  return { signature: `${ino}:${size}:${mtimeNs}`, changedMs: Number(mtimeNs) / 1e6, isFile: about.isFile(), size };
}

async function unlessMissing<T>(looked: Promise<T>): Promise<T | null> {
  try {
    return await looked;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
