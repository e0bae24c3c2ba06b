import type { Connection } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { Store } from "../port.ts";

/** What the registry flow keeps about its file: digests and a text that the store never reads. */
export interface RegistryRecords extends Pick<Store, "registryRecord" | "saveRegistryRecord"> {
  /** The merge base lists all people, and so the erased one. Inside a transaction of the caller. */
  dropMergeBase(): void;
}

/** The merge base stands under the name that version 0.1.0 gave to its own note about the file. */
const MERGE_BASE = "remembered_registry";

export function createRegistryRecord({ write }: Connection, notes: Notes): RegistryRecords {
  return {
    registryRecord: async () => ({
      digests: (notes.get("registry_digests") ?? "").split(" ").filter((digest) => digest !== ""),
      mergeBase: notes.get(MERGE_BASE),
    }),
    saveRegistryRecord: async ({ digests, mergeBase }) =>
      write(() => {
        if (digests !== undefined) notes.set("registry_digests", digests.join(" "));
        if (mergeBase !== undefined) notes.set(MERGE_BASE, mergeBase);
      }),
    dropMergeBase: () => notes.set(MERGE_BASE, null),
  };
}
