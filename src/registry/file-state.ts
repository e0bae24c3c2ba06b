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
  try {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true });
    return `${ino}:${size}:${mtimeNs}`;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * Reads a whole file as UTF-8.
 * @returns null when it changed while being read; read again.
 */
export async function readFileState(path: string): Promise<FileState | null> {
  const signature = await signatureOf(path);
  if (signature === null) {
    // A link to nothing has a name all the same.
    const dangling = await lstat(path).then(
      () => true,
      () => false,
    );
    return dangling
      ? { kind: "unreadable", signature: "link", changedMs: 0, problem: "is a link to nothing" }
      : { kind: "missing" };
  }
  try {
    const about = await stat(path);
    const version = { signature, changedMs: about.mtimeMs };
    // Reading a pipe would never end.
    if (!about.isFile()) return { kind: "unreadable", ...version, problem: "is not a regular file" };
    if (about.size > MAX_REGISTRY_LENGTH) return { kind: "unreadable", ...version, problem: "is too large" };
    const bytes = await readFile(path);
    if ((await signatureOf(path)) !== signature) return null;
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      return { kind: "text", text, ...version };
    } catch {
      return { kind: "unreadable", ...version, problem: "is not UTF-8" };
    }
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
