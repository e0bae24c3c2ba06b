import { FacesError } from "../domain/errors.ts";
import type { Log } from "../domain/log.ts";
import type { RegistryEdit, RegistryPerson, Store } from "../store/port.ts";
import { bindExtras } from "./format/extras.ts";
import { NO_EXTRAS, type RegistryData, type RegistryExtras, toRegistryData } from "./format/format.ts";
import { type Difference, isEmpty, toDifference, toEdit } from "./format/merge.ts";
import type { Bases } from "./merge-bases.ts";

/** Refusals that lie in what the edit says; any other failure may be over at the next try. */
const UNACCEPTABLE: ReadonlySet<string> = new Set(["INVALID_NAME", "INVALID_INPUT", "PERSON_EXISTS"]);
const MAX_ATTEMPTS = 3;

export interface IntakeDeps {
  readonly store: Pick<Store, "registry" | "erasedAt">;
  readonly applyEdit: (edit: RegistryEdit) => Promise<unknown>;
  readonly bases: Bases;
  /** Told with every edit: who was erased before it and is back with it. */
  readonly onReturned: (names: readonly string[]) => void;
  readonly log: Pick<Log, "info">;
}

/** Takes what another program made of the file into the database. */
export interface Intake {
  /** The unknown keys, as last seen. */
  extras(): RegistryExtras;
  /** Remembers the unknown keys of a file that is equal to what we wrote. */
  bind(data: RegistryData): Promise<void>;
  /**
   * @param base What the file said before.
   * @param savedMs When it was saved, milliseconds since 1970.
   * @returns Whether the file is now behind the database.
   * @throws {FacesError} `INVALID_NAME`, `INVALID_INPUT` or `PERSON_EXISTS` when the database will not have it.
   */
  take(base: RegistryData, theirs: RegistryData, savedMs: number): Promise<boolean>;
}

export function createIntake({ store, applyEdit, bases, onReturned, log }: IntakeDeps): Intake {
  let extras = NO_EXTRAS;

  /** The edit as it is to be applied now, and who was once erased and comes back with it. */
  async function plan(difference: Difference, savedMs: number) {
    const current = await store.registry();
    const edit = toEdit(difference, current);
    const addedPeople: RegistryEdit["addedPeople"][number][] = [];
    const returned: string[] = [];
    for (const person of edit.addedPeople) {
      const at = await store.erasedAt(person.name);
      // A file from before the erasure brings nobody back: the process ended before it could be written again.
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
      const difference = bases.compare(base, theirs, savedMs);
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
      // Mere formatting, and keys of ours that were dropped, are left as they are: no quarrel with a program that prints
      // the file its own way.
      return !isEmpty(edit) || !saysTheSame(theirs, current);
    },
  };
}

/** Whether an edit was refused for what it says. */
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
