import type { Settings } from "../../../domain/settings.ts";
import { round4 } from "../../../domain/vectors/encoding.ts";
import type { People } from "../../../flow/people.ts";
import { createYielder } from "../../../flow/yielder.ts";
import { withoutPerson } from "../../../recognize/figures/gallery-views.ts";
import { worthOf } from "../../../recognize/fit.ts";
import type { Fit } from "../../../recognize/gallery.ts";
import type { PersonAlike } from "../../../wire/out/people/people-alike.ts";
import type { StoreReads } from "../store.ts";

export interface PeopleAlikeDeps {
  readonly store: Pick<StoreReads, "gallery">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
}

/** Other people by their look that fits best to one of the person's (person_id), best first. */
export type FindAlike = (personId: string, limit: number) => Promise<readonly PersonAlike[]>;

export function createFindAlike({ store, people, settings }: PeopleAlikeDeps): FindAlike {
  return async (personId, limit) => {
    const threshold = settings()["recognition.threshold"];
    const looks = (await store.gallery()).people.find((one) => one.personId === personId)?.encodings ?? [];
    const best = new Map<string, Fit>();
    const pause = createYielder();
    for (const look of looks) {
      await pause();
      const others = withoutPerson(people.gallery(look.model), personId);
      for (const fit of others.fitting(look.encoding, worthOf(look, others.spread), others.people)) {
        const before = best.get(fit.person.personId);
        // Encodings of all models are scaled to one threshold.
        if (!before || fit.asSingle < before.asSingle) best.set(fit.person.personId, fit);
      }
    }
    return [...best.values()]
      .sort((a, b) => a.asSingle - b.asSingle)
      .slice(0, limit)
      .map(({ person, distance, factor }) => ({ ...person, distance, threshold: round4(threshold * factor) }));
  };
}
