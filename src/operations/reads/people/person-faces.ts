import type { Face } from "../../../domain/face.ts";
import type { Page, PageOf } from "../../../domain/page.ts";
import type { People } from "../../../flow/people.ts";
import { createYielder } from "../../../flow/yielder.ts";
import { buildLikeness } from "../../../recognize/outliers/likeness.ts";
import type { FaceOfPerson } from "../../../wire/out/people/people.ts";
import { cutPage } from "../../declare/pages.ts";
import type { PersonFaceFilter, StoreReads } from "../store.ts";

/** Faces read at a time. */
const PAGE = 1_000;

export interface PersonFacesDeps {
  readonly store: Pick<StoreReads, "encodingsOf" | "facesOfPerson" | "gallery">;
  readonly people: Pick<People, "gallery">;
}

/**
 * The faces of a person (person_id), newest first or those first that are least alike to the person's looks; those that
 * cannot be compared last.
 */
export type ReadPersonFaces = (
  personId: string,
  filter: PersonFaceFilter,
  sort: "newest" | "least_alike",
  page: Page,
) => Promise<PageOf<FaceOfPerson>>;

export function createReadPersonFaces({ store, people }: PersonFacesDeps): ReadPersonFaces {
  async function measureFaces(personId: string): Promise<(faces: readonly Face[]) => Promise<FaceOfPerson[]>> {
    const person = (await store.gallery()).people.find((one) => one.personId === personId);
    const looks = person?.encodings ?? [];
    const ids = new Set(looks.map(({ id }) => id));
    const likenessOf = new Map(
      [...new Set(looks.map(({ model }) => model))].map((model) => {
        const ofModel = looks.filter((look) => look.model === model);
        return [model, buildLikeness(ofModel, people.gallery(model).spread)] as const;
      }),
    );
    const pause = createYielder();
    return async (faces) => {
      const encodings = await store.encodingsOf(faces.map((face) => face.id));
      const measured: FaceOfPerson[] = [];
      for (const face of faces) {
        await pause();
        const found = encodings.get(face.id);
        const likeness = found && likenessOf.get(face.model)?.(found.encoding, ids.has(found.look ?? 0));
        measured.push({ face, distance: likeness?.distance ?? null, different: likeness?.different ?? false });
      }
      return measured;
    };
  }

  async function measureAll(personId: string, filter: PersonFaceFilter): Promise<FaceOfPerson[]> {
    const measure = await measureFaces(personId);
    const all: FaceOfPerson[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: PageOf<Face> = await store.facesOfPerson(personId, { limit: PAGE, cursor }, filter);
      all.push(...(await measure(page.items)));
      if (page.nextCursor === null) return all;
      cursor = page.nextCursor;
    }
  }

  return async (personId, filter, sort, page) => {
    if (sort === "newest") {
      const { items, nextCursor } = await store.facesOfPerson(personId, page, filter);
      return { items: await (await measureFaces(personId))(items), nextCursor };
    }
    const all = await measureAll(personId, filter);
    // Sorting is stable: of those that are as far away the newest comes first.
    return cutPage(
      all.sort((a, b) => (b.distance ?? -1) - (a.distance ?? -1)),
      page,
    );
  };
}
