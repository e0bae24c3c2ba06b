import { marginOf, type Settings } from "../../domain/settings.ts";
import type { People } from "../../flow/people.ts";
import { decide, decideVisit, toVisitMean } from "../../recognize/decide.ts";
import type { VisitDetail } from "../../wire/out/visits.ts";
import type { StoreReads } from "./store.ts";

/** Faces of a visit that are shown and compared at most; the newest. */
const MOST_FACES = 100;

/** A visit with its faces, and whom it is like now; null: there is none of this id. */
export type ReadVisit = (visitId: string) => Promise<VisitDetail | null>;

export interface VisitDetailDeps {
  readonly store: Pick<StoreReads, "visit" | "faces" | "encodingOf">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
}

/**
 * Whom a visit is like is not kept: it is computed from its faces, with the people and settings of now, and as the profile
 * compares: `careful` all its faces together, `classic` the face that shows it best.
 */
export function createReadVisit({ store, people, settings }: VisitDetailDeps): ReadVisit {
  return async (visitId) => {
    const visit = await store.visit(visitId);
    if (!visit) return null;
    const { items: faces } = await store.faces({ visit: visitId }, { limit: MOST_FACES, cursor: null });
    const shown = visit.representative?.id;
    const isCareful = settings()["recognition.profile"] === "careful";
    const compared = isCareful || shown === undefined ? faces.map(({ id }) => id) : [shown];
    const encodings = (await Promise.all(compared.map(store.encodingOf))).filter((one) => one !== null);
    const threshold = settings()["recognition.threshold"];
    const [first] = encodings;
    if (!first) return { visit, faces, candidates: [], threshold };
    const rules = { threshold, margin: marginOf(settings()) };
    const gallery = people.gallery(visit.model);
    const decision = isCareful
      ? decideVisit(toVisitMean(encodings, visit.model), gallery, rules)
      : { ...decide(first, gallery, rules), threshold };
    return { visit, faces, candidates: decision.candidates, threshold: decision.threshold };
  };
}
