import { FacesError } from "../domain/errors.ts";
import type { Log } from "../domain/log.ts";
import type { RegistryEdit, RegistryPerson, Store } from "../store/port.ts";
import { bindExtras } from "./format/extras.ts";
import { NO_EXTRAS, type RegistryData, type RegistryExtras, toRegistryData } from "./format/format.ts";
import { type Difference, isEmpty, toDifference, toEdit } from "./format/merge.ts";
import type { MergeBases } from "./merge-bases.ts";

/** Codes for what is wrong with the edit itself; any other failure may be over at the next try. */
const UNACCEPTABLE: ReadonlySet<string> = new Set(["INVALID_NAME", "INVALID_INPUT", "PERSON_EXISTS"]);
const MAX_ATTEMPTS = 3;

export interface IntakeDeps {
  readonly store: Pick<Store, "registry" | "erasedAt">;
  readonly applyEdit: (edit: RegistryEdit) => Promise<unknown>;
  readonly mergeBases: MergeBases;
  /** Called with every edit: the names of those who were erased before it and are back with it. */
  readonly onReturned: (names: readonly string[]) => void;
  readonly log: Pick<Log, "info">;
}

/** Takes edits that other programs made in the file into the database. */
export interface Intake {
  /** The unknown keys, as last read. */
  extras(): RegistryExtras;
  /** Keeps the unknown keys of a text that has no edit. */
  bind(data: RegistryData): Promise<void>;
  /**
   * @param base What the file said before.
   * @param savedMs When it was saved, milliseconds since 1970.
   * @returns Whether the file is now behind the database.
   * @throws {FacesError} `INVALID_NAME`, `INVALID_INPUT` or `PERSON_EXISTS` when the database rejects it.
   */
  take(base: RegistryData, theirs: RegistryData, savedMs: number): Promise<boolean>;
}

export function createIntake({ store, applyEdit, mergeBases, onReturned, log }: IntakeDeps): Intake {
  let extras = NO_EXTRAS;

  /** The edit as it is to be applied now, and the names of those who were once erased and come back with it. */
  async function plan(difference: Difference, savedMs: number) {
    const current = await store.registry();
    const edit = toEdit(difference, current);
    const addedPeople: RegistryEdit["addedPeople"][number][] = [];
    const returned: string[] = [];
    for (const person of edit.addedPeople) {
      const at = await store.erasedAt(person.name);
      // The file is from before the erasure: the process ended before it could be written again.
      if (at && savedMs <= at.getTime()) continue;
      addedPeople.push(person);
      if (at) returned.push(person.name);
    }
    return { current, edit: { ...edit, addedPeople }, returned };
  }

  return {
    extras: () => extras,

    async bind(data) {
      extras = bindExtras(data, await store.registry(), extras);
    },

    async take(base, theirs, savedMs) {
      const difference = mergeBases.compare(base, theirs, savedMs);
      let { current, edit, returned } = await plan(difference, savedMs);
      for (let attempt = 1; !isEmpty(edit); attempt++) {
        try {
          await applyEdit(edit);
          log.info(toCounts(edit), "the registry file was edited by another program");
          onReturned(returned);
          break;
        } catch (error) {
          if (!(error instanceof FacesError) || attempt === MAX_ATTEMPTS) throw error;
          // People may have been changed between reading and applying: the edit is made again of what is now.
          ({ current, edit, returned } = await plan(difference, savedMs));
        }
      }
      if (!isEmpty(edit)) current = await store.registry();
      extras = bindExtras(theirs, current, extras);
      // Mere formatting, and keys of ours that were dropped, are left as they are: a program that prints the file its own
      // way would only do so again.
      return !isEmpty(edit) || !saysTheSame(theirs, current);
    },
  };
}

/** Whether an edit was rejected for what it says. */
export function isUnacceptable(error: unknown): error is FacesError {
  return error instanceof FacesError && UNACCEPTABLE.has(error.code);
}

function saysTheSame(data: RegistryData, current: readonly RegistryPerson[]): boolean {
  return toDifference(data, toRegistryData(current)).size === 0;
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
