import { chmod, link, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../domain/clock.ts";
import { signatureOf } from "./file-state.ts";

/** Where registry files go that are not valid. */
export interface Quarantine {
  /**
   * Keeps a file as `<path>.rejected.<time>`. The file itself stays where it is if possible (its good successor is then
   * renamed over it), so that at no instant there is none. The same state of a file is kept once.
   * @returns The path it is kept under.
   */
  keep(file: string): Promise<string>;
  /** Whether this file, in this state, is kept already. */
  has(file: string): Promise<boolean>;
  /** Whether the last one kept is still there. */
  remains(): Promise<boolean>;
  /** Deletes all that are kept. */
  drop(): Promise<void>;
}

/** @param path The registry file, beside which they are kept. */
export function createQuarantine(path: string, clock: Clock): Quarantine {
  const prefix = `${path}.rejected.`;
  let last: { readonly signature: string | null; readonly kept: string } | null = null;

  async function has(file: string): Promise<boolean> {
    const signature = await signatureOf(file);
    return last !== null && signature !== null && last.signature === signature;
  }

  return {
    has,
    remains: async () => last !== null && (await signatureOf(last.kept)) !== null,
    async keep(file) {
      if (last && (await has(file))) return last.kept;
      const kept = `${prefix}${clock.now().toISOString().replaceAll(":", "-")}`;
      try {
        await link(file, kept);
        await chmod(kept, 0o600);
      } catch {
        // A folder, or a file system without hard links: then it is moved.
        await rename(file, kept);
      }
      last = { signature: await signatureOf(kept), kept };
      return kept;
    },
    async drop() {
      const names = (await readdir(dirname(path))).filter((name) => name.startsWith(basename(prefix)));
      for (const name of names) await rm(join(dirname(path), name), { force: true, recursive: true });
    },
  };
}
