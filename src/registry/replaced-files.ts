import { rm } from "node:fs/promises";
import type { Clock } from "../domain/clock.ts";
import type { RegistryData } from "./format/format.ts";
import { parseRegistry } from "./format/parse.ts";
import { isUnacceptable } from "./intake.ts";
import { look } from "./read-file.ts";

const REJECT_AFTER_MS = 1_000;

export interface AsidesDeps {
  /** Takes in what somebody saved into the file that we replaced. */
  readonly take: (theirs: RegistryData, base: RegistryData, savedMs: number) => Promise<void>;
  /** Sets a file aside that is not valid. */
  readonly keep: (file: string, problem: string) => Promise<void>;
  readonly isKept: (file: string) => Promise<boolean>;
  readonly clock: Clock;
}

/** Files that our own writes replaced, until it is known that nobody had saved into them. */
export interface Asides {
  /**
   * @param base What the file said before.
   * @param known Texts that need no taking in.
   */
  add(file: string, base: RegistryData, known: readonly (string | null)[]): void;
  /** Looks at each: one with a known text goes, a valid edit is taken in, half a save is waited for, for a second. */
  visit(): Promise<void>;
}

interface Aside {
  readonly file: string;
  readonly base: RegistryData;
  readonly known: readonly (string | null)[];
  signature: string | null;
  sinceMs: number;
}

export function createAsides({ take, keep, isKept, clock }: AsidesDeps): Asides {
  let open: readonly Aside[] = [];

  /** Whether nothing more is to be expected of it. */
  async function visitOne(aside: Aside): Promise<boolean> {
    const found = await look(aside.file);
    if (found === null) return false;
    if (found.kind === "missing") return true;
    let problem: string;
    if (found.kind === "text") {
      if (aside.known.includes(found.text)) return true;
      const parsed = parseRegistry(found.text);
      if (!parsed.problems) {
        try {
          await take(parsed.data, aside.base, found.changedMs);
          return true;
        } catch (error) {
          if (!isUnacceptable(error)) throw error;
          problem = `cannot be taken in: ${error.message}`;
        }
      } else problem = parsed.problems.join("; ");
    } else problem = found.problem;
    if (await isKept(aside.file)) return true;
    if (aside.signature !== found.signature) {
      aside.signature = found.signature;
      aside.sinceMs = clock.monotonicMs();
    }
    if (clock.monotonicMs() - aside.sinceMs < REJECT_AFTER_MS) return false;
    await keep(aside.file, problem);
    return true;
  }

  return {
    add(file, base, known) {
      open = [...open, { file, base, known, signature: null, sinceMs: 0 }];
    },
    async visit() {
      for (const aside of open) {
        if (!(await visitOne(aside))) continue;
        await rm(aside.file, { force: true, recursive: true });
        open = open.filter((one) => one !== aside);
      }
    },
  };
}
