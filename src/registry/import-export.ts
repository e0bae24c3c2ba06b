import { FacesError } from "../domain/errors.ts";
import { isDescribed, type Models } from "../domain/model.ts";
import type { RegistryEdit, RegistryPerson, Store } from "../store/port.ts";
import { toDifference, toEdit } from "./format/difference.ts";
import { NO_EXTRAS, toRegistryData, toRegistryJson, toRegistryText } from "./format/format.ts";
import { parseRegistry } from "./format/parse.ts";

/** `merge` only adds; `replace` also removes people and encodings that the text does not have. */
export type ImportMode = "merge" | "replace";

export interface ImportPlan {
  /** For {@link Store.applyRegistryEdit}. */
  readonly edit: RegistryEdit;
  /** What it will do, one sentence for each person it touches; empty when there is nothing to do. */
  readonly preview: readonly string[];
}

/** All people as the text of a registry file. */
export async function exportRegistry(store: Pick<Store, "registry">): Promise<string> {
  return toRegistryText(await store.registry(), NO_EXTRAS);
}

/** One person as the JSON of a registry file. */
export async function exportPerson(
  store: Pick<Store, "registry">,
  personId: string,
): Promise<ReturnType<typeof toRegistryJson>> {
  return toRegistryJson((await store.registry()).filter((person) => person.personId === personId));
}

/**
 * What importing a registry file's text would change.
 * @throws {FacesError} `INVALID_INPUT` with everything that is wrong with the text.
 */
export async function planImport(
  text: string,
  store: Pick<Store, "models" | "registry" | "erasedAt">,
  mode: ImportMode,
): Promise<ImportPlan> {
  const { data, problems } = parseRegistry(text, store.models());
  if (problems) {
    throw new FacesError("INVALID_INPUT", `not a face registry: it ${problems.join("; ")}`, { details: { problems } });
  }
  const current = await store.registry();
  const base = mode === "replace" ? toRegistryData(current) : { people: [], extras: [] };
  const edit = toEdit(toDifference(base, data), current);
  const erasedAt = await Promise.all(edit.addedPeople.map(({ name }) => store.erasedAt(name)));
  return { edit, preview: [...toPreview(edit, current, erasedAt), ...toUnknownModels(edit, store.models())] };
}

/** @param erasedAt When each of the added people was erased, if ever. */
function toPreview(
  edit: RegistryEdit,
  current: readonly RegistryPerson[],
  erasedAt: readonly (Date | null)[],
): string[] {
  const lines = edit.addedPeople.map(({ name, encodings }, i) => {
    const at = erasedAt[i];
    return `${name}: new, ${count(encodings.length)}${at ? `; was erased on ${at.toISOString()}` : ""}`;
  });
  for (const person of current) {
    const changes: string[] = [];
    const renamed = edit.renamedPeople.find((one) => one.personId === person.personId);
    if (renamed) changes.push(`renamed to ${renamed.name}`);
    if (edit.removedPeople.includes(person.personId)) changes.push("removed, the faces become unassigned");
    const added = edit.addedEncodings.filter((one) => one.personId === person.personId).length;
    if (added > 0) changes.push(`${count(added)} added`);
    const removed = person.encodings.filter((one) => edit.removedEncodings.includes(one.id)).length;
    if (removed > 0) changes.push(`${count(removed)} removed`);
    if (changes.length > 0) lines.push(`${person.name}: ${changes.join(", ")}`);
  }
  return lines;
}

/** They are kept, and compared with nothing. */
function toUnknownModels({ addedPeople, addedEncodings }: RegistryEdit, models: Models): string[] {
  const added = [...addedPeople.flatMap((one) => one.encodings), ...addedEncodings.map((one) => one.encoding)];
  const names = new Set(added.map((one) => one.model).filter((name) => !isDescribed(models.get(name))));
  return [...names].map(
    (name) => `the model ${name} is not in "models": its encodings are kept, and compared with no face`,
  );
}

function count(encodings: number): string {
  return encodings === 1 ? "1 encoding" : `${encodings} encodings`;
}
