import { FacesError } from "../domain/errors.ts";
import type { RegistryEdit, RegistryPerson, Store } from "../store/port.ts";
import type { Bases } from "./bases.ts";
import { bindExtras } from "./extras.ts";
import { NO_EXTRAS, type RegistryData, type RegistryExtras, toRegistryData } from "./format.ts";
import { isEmpty, toDifference, toEdit } from "./merge.ts";

/** Refusals that lie in what the edit says; any other failure may be over at the next try. */
const UNACCEPTABLE: ReadonlySet<string> = new Set(["INVALID_NAME", "INVALID_INPUT", "PERSON_EXISTS"]);
const MAX_ATTEMPTS = 3;

export interface IntakeDeps {
  readonly store: Pick<Store, "registry">;
  readonly applyEdit: (edit: RegistryEdit) => Promise<unknown>;
  readonly bases: Bases;
  readonly log: { info(fields: object, message: string): void };
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

export function createIntake({ store, applyEdit, bases, log }: IntakeDeps): Intake {
  let extras = NO_EXTRAS;

  return {
    extras: () => extras,

    async bind(data) {
      extras = bindExtras(data, await store.registry(), extras);
    },

    async take(base, theirs, savedMs) {
      const difference = bases.compare(base, theirs, savedMs);
      let current = await store.registry();
      let edit = toEdit(difference, current);
      for (let attempt = 1; !isEmpty(edit); attempt++) {
        try {
          await applyEdit(edit);
          log.info(toCounts(edit), "the registry file was edited by another program");
          break;
        } catch (error) {
          if (!(error instanceof FacesError) || attempt === MAX_ATTEMPTS) throw error;
          // People may have been changed between reading and applying: the edit is made again of what is now.
          current = await store.registry();
          edit = toEdit(difference, current);
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
