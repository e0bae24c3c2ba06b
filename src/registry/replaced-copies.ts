import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../domain/clock.ts";
import { type FileState, readFileState } from "./file-state.ts";
import type { RegistryData } from "./format/format.ts";
import { digestOf } from "./own-texts.ts";
import { syncFolder } from "./write-atomic.ts";

const REJECT_AFTER_MS = 1_000;

export interface ReplacedCopiesDeps {
  /** The registry file, beside which the copies are. */
  readonly path: string;
  /** Takes in what another program saved into the file that we replaced. Answers what is wrong with it, or null. */
  readonly take: (base: RegistryData, theirs: FileState & { kind: "text" }) => Promise<string | null>;
  /** Keeps a copy that is not valid. */
  readonly quarantine: (file: string, problem: string) => Promise<void>;
  readonly isQuarantined: (file: string) => Promise<boolean>;
  readonly clock: Clock;
}

/**
 * Copies of the files that our own writes replaced, until it is known that no other program had saved into them. The name
 * of each has the digest of the text that we knew to be there: a copy with that text says nothing, whenever it is found.
 */
export interface ReplacedCopies {
  /**
   * Names the copy of a file that is about to be replaced, and watches it from now on.
   * @param text What the file said when last read or written; null: there was none, or it was not valid.
   * @param base The same, or what an edit of the file is compared with.
   */
  add(text: string | null, base: RegistryData): string;
  /** Watches what a crash left. */
  addLeftovers(base: RegistryData): Promise<void>;
  /** Reads each: one with the known text goes, a valid edit is taken in, half a save is waited for, for a second. */
  visit(): Promise<void>;
  /** Whether any may still have an edit. */
  areOpen(): boolean;
}

interface Copy {
  readonly file: string;
  readonly base: RegistryData;
  signature: string | null;
  sinceMs: number;
}

export function createReplacedCopies(deps: ReplacedCopiesDeps): ReplacedCopies {
  const { path, take, quarantine, isQuarantined, clock } = deps;
  const prefix = `${path}.replaced.`;
  let open: readonly Copy[] = [];

  function watch(file: string, base: RegistryData): void {
    open = [...open, { file, base, signature: null, sinceMs: 0 }];
  }

  /** Whether nothing more is to be expected of it. */
  async function isDone(copy: Copy): Promise<boolean> {
    const found = await readFileState(copy.file);
    if (found === null) return false;
    if (found.kind === "missing") return true;
    if (found.kind === "text" && copy.file.endsWith(digestOf(found.text))) return true;
    const problem = found.kind === "text" ? await take(copy.base, found) : found.problem;
    if (problem === null || (await isQuarantined(copy.file))) return true;
    if (copy.signature !== found.signature) {
      copy.signature = found.signature;
      copy.sinceMs = clock.monotonicMs();
    }
    if (clock.monotonicMs() - copy.sinceMs < REJECT_AFTER_MS) return false;
    await quarantine(copy.file, problem);
    return true;
  }

  return {
    add(text, base) {
      const file = `${prefix}${randomBytes(6).toString("hex")}.${text === null ? "none" : digestOf(text)}`;
      watch(file, base);
      return file;
    },
    async addLeftovers(base) {
      const folder = dirname(path);
      for (const name of await readdir(folder)) {
        if (name.startsWith(basename(prefix))) watch(join(folder, name), base);
      }
    },
    async visit() {
      for (const copy of open) {
        if (!(await isDone(copy))) continue;
        await rm(copy.file, { force: true, recursive: true });
        // An edit that was taken in must not come back after a power cut, when it would be compared with a later text.
        await syncFolder(dirname(path));
        open = open.filter((one) => one !== copy);
      }
    },
    areOpen: () => open.length > 0,
  };
}
