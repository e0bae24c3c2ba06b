import { createHash } from "node:crypto";
import type { Store } from "../store/port.ts";

/** Texts begun since the file was last settled: a bound for a disk that fails again and again. */
const MAX_DIGESTS = 32;

/**
 * What the database keeps about the file. The two cannot commit together, so the digest of each text is on disk before
 * the text is: whatever instant process or machine dies, a file of ours is recognized at the next start. It then says
 * nothing, since the database is the truth; only a text that is not ours is an edit.
 */
export interface OwnTexts {
  /** Reads what is kept, before all else. Answers the merge base; null: there is none. */
  open(): Promise<string | null>;
  isOurs(text: string): boolean;
  /** Before the writing of `text` begins. */
  begin(text: string): Promise<void>;
  /**
   * Keeps what edits found at the next start are compared with. `text` is what the file has; where it is ours, it is there
   * for good, and from then on an older text of ours is an edit like any other, for instance a copy that was put back.
   */
  saveMergeBase(text: string): Promise<void>;
}

export function createOwnTexts(store: Pick<Store, "registryRecord" | "saveRegistryRecord">): OwnTexts {
  let digests: readonly string[] = [];
  return {
    async open() {
      const { mergeBase, ...kept } = await store.registryRecord();
      digests = kept.digests;
      const note = mergeBase === null ? null : readNote(mergeBase);
      if (!note) return mergeBase;
      digests = [note.pending, note.written].filter((text) => text !== null).map(digestOf);
      await store.saveRegistryRecord({ digests, mergeBase: note.written });
      return note.written;
    },
    isOurs: (text) => digests.includes(digestOf(text)),
    async begin(text) {
      const digest = digestOf(text);
      digests = [...digests.filter((one) => one !== digest), digest].slice(-MAX_DIGESTS);
      await store.saveRegistryRecord({ digests });
    },
    async saveMergeBase(text) {
      const digest = digestOf(text);
      // Another program's save may not be synced: a power cut can still bring back the text of ours before it.
      if (digests.at(-1) === digest) digests = [digest];
      await store.saveRegistryRecord({ digests, mergeBase: text });
    },
  };
}

/** SHA-256 of the text as UTF-8, in hexadecimal digits. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Version 0.1.0 kept two texts of its own as JSON: what the file had, and what was being written. Null: no such note. */
function readNote(kept: string): { readonly written: string | null; readonly pending: string | null } | null {
  if (!kept.startsWith('{"written":')) return null;
  const note = JSON.parse(kept);
  return Object.hasOwn(note, "people") ? null : note;
}
