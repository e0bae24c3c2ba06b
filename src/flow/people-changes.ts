import type { Bus, PeopleChange } from "../domain/events.ts";
import type { Undone } from "../store/port/changes.ts";
import type { RegistryEditOutcome, Store } from "../store/port.ts";

/** Emits that people and their clusters have changed; an empty list: only clusters. */
export function emitPeopleChanges(bus: Bus, changes: readonly PeopleChange[]): void {
  if (changes.length > 0) bus.emit("people", { changes });
  bus.emit("clusters", {});
}

/** Emits that a change was made, undone or redone; null: none was. */
export async function emitChange(
  { store, bus }: { readonly store: Pick<Store, "change">; readonly bus: Bus },
  id: number | null,
): Promise<void> {
  const change = id === null ? null : await store.change(id);
  if (change) bus.emit("change", change);
}

/** What an edit of the registry file did to people. */
export function toEditChanges({ added, removed, changed }: RegistryEditOutcome): PeopleChange[] {
  return [
    ...removed.map((person): PeopleChange => ({ kind: "removed", person, erased: false })),
    ...added.map((person): PeopleChange => ({ kind: "enrolled", person })),
    ...changed.map(({ formerName: from, ...person }): PeopleChange => toChange(from, person)),
  ];
}

/** What an undo did to people, from what they were to what they are. */
export function toUndoChanges({ before, after }: Undone): PeopleChange[] {
  const was = new Map(before.map((person) => [person.personId, person]));
  const is = new Map(after.map((person) => [person.personId, person]));
  return [
    ...before
      .filter((person) => !is.has(person.personId))
      .map((person): PeopleChange => ({ kind: "removed", person, erased: false })),
    ...after.map((person): PeopleChange => {
      const old = was.get(person.personId);
      return old ? toChange(old.name, person) : { kind: "enrolled", person };
    }),
  ];
}

function toChange(from: string, person: PeopleChange["person"]): PeopleChange {
  return from === person.name ? { kind: "changed", person } : { kind: "renamed", person, from };
}
