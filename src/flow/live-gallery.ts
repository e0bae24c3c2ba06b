import type { PersonVariance } from "../domain/person.ts";
import { buildGalleries } from "../recognize/galleries.ts";
import type { Gallery } from "../recognize/gallery.ts";
import type { Store } from "../store/port.ts";

/** The gallery of all enrolled people, built again after each change to them. */
export interface LiveGallery {
  /** That of a model, as of the last change: a new one after each. */
  current(model: string): Gallery;
  /** Resolves when no change is between its commit and the new gallery. */
  settled(): Promise<void>;
  /** Builds it for the first time, or again after people were changed from outside. */
  reload(): Promise<void>;
  /** Commits a change to people and builds the gallery of what is then enrolled. */
  change<T>(commit: () => Promise<T>): Promise<T>;
}

/**
 * Call `reload` before the first face.
 * @param follow What else is read again after a change, before the next face.
 */
export function createLiveGallery(
  store: Pick<Store, "gallery" | "personVariances">,
  follow?: () => Promise<void>,
): LiveGallery {
  let galleries = buildGalleries([], [], []);
  let variances: readonly PersonVariance[] = [];
  let settling: Promise<unknown> = Promise.resolve();

  async function build(): Promise<void> {
    const { people, ignored } = await store.gallery();
    galleries = buildGalleries(people, ignored, variances);
    await follow?.();
  }

  /** How people's faces vary changes slowly, and takes many faces to read: not at every change. */
  async function reload(): Promise<void> {
    variances = await store.personVariances();
    await build();
  }

  async function commitAndReload<T>(commit: () => Promise<T>): Promise<T> {
    const outcome = await commit();
    await build();
    return outcome;
  }

  return {
    current: (model) => galleries(model),
    async settled() {
      await settling;
    },
    reload,
    change(commit) {
      const result = commitAndReload(commit);
      settling = result.catch(() => undefined);
      return result;
    },
  };
}
