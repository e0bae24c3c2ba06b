import type { Bus } from "../domain/events.ts";
import type { RegistryEdit, Store } from "../store/port.ts";
import type { LiveGallery } from "./live-gallery.ts";
import { emitChange, emitPeopleChanges, toEditChanges } from "./people-changes.ts";

export interface RegistryEditDeps {
  readonly store: Pick<Store, "applyRegistryEdit" | "change">;
  readonly gallery: LiveGallery;
  readonly bus: Bus;
}

/**
 * Commits what another program changed in the registry file: commit → gallery → emit. The caller already has a slot of
 * the queue for changes to people, and writes the file afterwards.
 */
export function createApplyEdit({ store, gallery, bus }: RegistryEditDeps): (edit: RegistryEdit) => Promise<void> {
  return async (edit) => {
    const outcome = await gallery.change(() => store.applyRegistryEdit(edit, { via: "registry_file", user: null }));
    emitPeopleChanges(bus, toEditChanges(outcome));
    await emitChange({ store, bus }, outcome.change);
  };
}
