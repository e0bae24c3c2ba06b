import { FacesError } from "../domain/errors.ts";
import type { Log } from "../domain/log.ts";
import { isDescribed } from "../domain/model.ts";
import type { RegistryEdit, Store } from "../store/port.ts";
import { type Difference, isEmpty, toDifference, toEdit } from "./format/difference.ts";
import { bindExtras } from "./format/extras.ts";
import { NO_EXTRAS, type RegistryData, type RegistryExtras, toRegistryData } from "./format/format.ts";
import { parseRegistry } from "./format/parse.ts";
import type { MergeBases } from "./merge-bases.ts";

/** Codes for what is wrong with the edit itself; any other failure may be over at the next try. */
const UNACCEPTABLE: ReadonlySet<string> = new Set(["INVALID_NAME", "INVALID_INPUT", "PERSON_EXISTS"]);
const MAX_ATTEMPTS = 3;

export interface IntakeDeps {
  readonly store: Pick<Store, "models" | "registry" | "erasedAt">;
  readonly applyEdit: (edit: RegistryEdit) => Promise<unknown>;
  readonly mergeBases: MergeBases;
  /** Called with every edit: the names of those who were erased before it and are back with it. */
  readonly onReturned: (names: readonly string[]) => void;
  readonly log: Pick<Log, "info" | "warn">;
}

/** What became of an edit; `behind`: the file now lacks something that the database has. */
export type Taken =
  | { readonly kind: "taken"; readonly data: RegistryData; readonly behind: boolean }
  | { readonly kind: "invalid"; readonly problem: string };

/** Takes edits that other programs made in the file into the database. */
export interface Intake {
  /** The unknown keys, as last read. */
  extras(): RegistryExtras;
  /** Keeps the unknown keys of a text that has no edit. */
  bind(data: RegistryData): Promise<void>;
  /**
   * All of it or nothing. `invalid`: it is no registry, or the database rejects what it says.
   * @param base What the file said before.
   * @param theirs Its text now, and when it was saved, milliseconds since 1970.
   */
  take(base: RegistryData, theirs: { readonly text: string; readonly changedMs: number }): Promise<Taken>;
}

export function createIntake({ store, applyEdit, mergeBases, onReturned, log }: IntakeDeps): Intake {
  let extras = NO_EXTRAS;

  /** The edit as it is to be applied now, and the names of those who were once erased and come back with it. */
  async function plan(difference: Difference, savedMs: number) {
    const edit = toEdit(difference, await store.registry());
    const addedPeople: RegistryEdit["addedPeople"][number][] = [];
    const returned: string[] = [];
    for (const person of edit.addedPeople) {
      const at = await store.erasedAt(person.name);
      // The file is from before the erasure: the process ended before it could be written again.
      if (at && savedMs <= at.getTime()) continue;
      addedPeople.push(person);
      if (at) returned.push(person.name);
    }
    return { edit: { ...edit, addedPeople }, returned };
  }

  /** Answers whether there was anything to apply. */
  async function apply(difference: Difference, savedMs: number): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const { edit, returned } = await plan(difference, savedMs);
      if (isEmpty(edit)) return false;
      try {
        await applyEdit(edit);
        log.info(toCounts(edit), "the registry file was edited by another program");
        const added = [
          ...edit.addedPeople.flatMap((one) => one.encodings),
          ...edit.addedEncodings.map((one) => one.encoding),
        ];
        const unknown = added.map((one) => one.model).filter((model) => !isDescribed(store.models().get(model)));
        if (unknown.length > 0) {
          log.warn(
            { models: [...new Set(unknown)] },
            "encodings of models that are not configured are compared with no face",
          );
        }
        onReturned(returned);
        return true;
      } catch (error) {
        // People may have been changed between reading and applying: the edit is made again of what is now.
        if (!(error instanceof FacesError) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  return {
    extras: () => extras,

    async bind(data) {
      extras = bindExtras(data, await store.registry(), extras);
    },

    async take(base, { text, changedMs }) {
      const { data, problems } = parseRegistry(text, store.models());
      if (problems) return { kind: "invalid", problem: problems.join("; ") };
      let isApplied: boolean;
      try {
        isApplied = await apply(mergeBases.compare(base, data, changedMs), changedMs);
      } catch (error) {
        if (!(error instanceof FacesError && UNACCEPTABLE.has(error.code))) throw error;
        return { kind: "invalid", problem: `cannot be taken in: ${error.message}` };
      }
      const current = await store.registry();
      extras = bindExtras(data, current, extras);
      // Mere formatting, and keys of ours that were dropped, are left as they are: a program that prints the file its own
      // way would only do so again.
      const behind = isApplied || toDifference(data, toRegistryData(current)).size > 0;
      return { kind: "taken", data, behind };
    },
  };
}

function toCounts(edit: RegistryEdit): object {
  return {
    people_added: edit.addedPeople.length,
    people_removed: edit.removedPeople.length,
    people_renamed: edit.renamedPeople.length,
    encodings_added: edit.addedEncodings.length,
    encodings_removed: edit.removedEncodings.length,
  };
}
