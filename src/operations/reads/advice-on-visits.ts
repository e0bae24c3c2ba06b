import type { Face } from "../../domain/face.ts";
import type { Person } from "../../domain/person.ts";
import type { Advice } from "../../domain/study/advice.ts";
import { distance } from "../../domain/vectors/encoding.ts";
import { findDrift } from "../../recognize/advice/drift.ts";
import { toVisitMean } from "../../recognize/decide.ts";
import { independentFaces } from "../../recognize/fit.ts";
import type { Gallery, GalleryPerson } from "../../recognize/gallery.ts";
import { isSure } from "../../recognize/suggest.ts";
import type { StoreReads } from "./store.ts";
import { toAdvice } from "./to-advice.ts";

/** The newest faces of a person that are looked at. */
const NEWEST = 300;
/** A person with one look, of fewer faces than this, is known from too little. */
const FEW = 3;

export type RecognizedStore = Pick<StoreReads, "facesOfPerson" | "encodingOf">;

/** Faces of one visit that were recognized, and no user has said of whom. */
interface Visit {
  readonly id: string;
  readonly model: string;
  readonly faces: Face[];
  readonly encodings: Float32Array[];
}

/** What the visits advise in which a person was recognized: another look, since they look different or are known from little. */
export async function adviseOnVisits(
  store: RecognizedStore,
  person: GalleryPerson,
  gallery: Gallery,
  threshold: number,
): Promise<Advice[]> {
  const visits = await readVisits(store, person);
  const distances = visits.map(({ encodings }) => {
    const each = encodings.map((one) => Math.min(...person.encodings.map(({ encoding }) => distance(one, encoding))));
    return each.reduce((sum, value) => sum + value, 0) / each.length;
  });
  const newestOf = (some: readonly Visit[]) => some.findLast((visit) => isTheirs(visit, person, gallery, threshold));
  const drift = findDrift(distances, threshold);
  if (drift) {
    const shown = newestOf(visits.slice(-drift.visits));
    const reason =
      `${person.name} looks different lately: the last ${drift.visits} visits lie ${drift.recent.toFixed(2)} away, ` +
      `those before ${drift.before.toFixed(2)}.`;
    if (shown) return [toLookAdvice("drift", person, reason, shown)];
  }
  const [only, ...more] = person.encodings;
  if (!only || more.length > 0 || only.count >= FEW) return [];
  const shown = newestOf(visits);
  const count = only.count === 1 ? "one face" : `${only.count} faces`;
  const reason = `${person.name} is known from ${count} only.`;
  return shown ? [toLookAdvice("few_faces", person, reason, shown)] : [];
}

/** Oldest first. */
async function readVisits(store: RecognizedStore, { personId, encodings }: GalleryPerson): Promise<Visit[]> {
  const model = encodings[0]?.model;
  const { items } = await store.facesOfPerson(personId, { limit: NEWEST, cursor: null });
  const visits = new Map<string, Visit>();
  for (const face of [...items].reverse()) {
    if (face.state !== "unassigned" || face.visitId === null || face.model !== model) continue;
    const encoding = await store.encodingOf(face.id);
    if (!encoding) continue;
    const visit = visits.get(face.visitId) ?? { id: face.visitId, model: face.model, faces: [], encodings: [] };
    visits.set(face.visitId, visit);
    visit.faces.push(face);
    visit.encodings.push(encoding);
  }
  return [...visits.values()];
}

/** Whether a visit is surely the person's, so that a look of it does no harm. */
function isTheirs({ encodings, model }: Visit, { personId }: Person, gallery: Gallery, threshold: number): boolean {
  const { mean, faces, variance } = toVisitMean(encodings, model);
  const [best, second = null] = gallery.fitting(mean, independentFaces(faces, variance, gallery.spread), 2);
  return best?.person.personId === personId && isSure(best, second, threshold);
}

function toLookAdvice(kind: "drift" | "few_faces", person: Person, reason: string, { id, faces }: Visit): Advice {
  return toAdvice(kind, [person], reason, faces, {
    label: `Add a look of ${person.name}`,
    method: "POST",
    path: `api/visits/${encodeURIComponent(id)}/correct`,
    body: { person: person.personId },
  });
}
