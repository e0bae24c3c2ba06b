import { marginOf, type Settings } from "../../domain/settings.ts";
import { meanEncoding, varianceOf } from "../../domain/vectors/encoding.ts";
import type { People } from "../../flow/people.ts";
import { decideVisit } from "../../recognize/decide.ts";
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

/** Whom a visit is like is not kept: it is computed from its faces, with the people and settings of now. */
export function createReadVisit({ store, people, settings }: VisitDetailDeps): ReadVisit {
  return async (visitId) => {
    const visit = await store.visit(visitId);
    if (!visit) return null;
    const { items: faces } = await store.faces({ visit: visitId }, { limit: MOST_FACES, cursor: null });
    const encodings = (await Promise.all(faces.map(({ id }) => store.encodingOf(id)))).filter((one) => one !== null);
    const threshold = settings()["recognition.threshold"];
    if (encodings.length === 0) return { visit, faces, candidates: [], threshold };
    const decision = decideVisit(
      { mean: meanEncoding(encodings), faces: encodings.length, variance: varianceOf(encodings) },
      people.gallery(visit.model),
      { threshold, margin: marginOf(settings()) },
    );
    return { visit, faces, candidates: decision.candidates, threshold: decision.threshold };
  };
}
