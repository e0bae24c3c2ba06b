import type { Bus } from "../../../domain/events.ts";
import type { Face } from "../../../domain/face.ts";
import { DLIB } from "../../../domain/model.ts";
import type { Page, PageOf } from "../../../domain/page.ts";
import type { People } from "../../../flow/people.ts";
import { createYielder } from "../../../flow/yielder.ts";
import { buildLikeness } from "../../../recognize/outliers/likeness.ts";
import type { FaceOfPerson } from "../../../wire/out/people/people.ts";
import { cutPage } from "../../declare/pages.ts";
import { createKept } from "../kept.ts";
import type { PersonFaceFilter, StoreReads } from "../store.ts";

/** Faces read at a time. */
const PAGE = 1_000;
/** People, or parts of theirs, whose faces were measured last are kept: they are read page by page. */
const KEPT = 4;

export interface PersonFacesDeps {
  readonly store: Pick<StoreReads, "encodingsOf" | "facesById" | "facesOfPerson" | "gallery">;
  readonly people: Pick<People, "gallery">;
  readonly bus: Bus;
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

/** What was measured of one face. */
type Measured = Omit<FaceOfPerson, "face">;

export function createReadPersonFaces({ store, people, bus }: PersonFacesDeps): ReadPersonFaces {
  /** Changes whenever a person may have other faces. */
  let revision = 0;
  for (const event of ["people", "face", "visit", "erased"] as const) {
    bus.on(event, () => {
      revision++;
    });
  }
  // The galleries are all new after each change to people.
  const readGallery = createKept(() => [people.gallery(DLIB)], store.gallery);
  const kept = new Map<string, () => Promise<ReadonlyMap<number, Measured>>>();

  async function measureFaces(personId: string): Promise<(faces: readonly Face[]) => Promise<FaceOfPerson[]>> {
    const person = (await readGallery()).people.find((one) => one.personId === personId);
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

  /** By face_id, least alike first. */
  async function measureAll(personId: string, filter: PersonFaceFilter): Promise<ReadonlyMap<number, Measured>> {
    const measure = await measureFaces(personId);
    const all: [number, Measured][] = [];
    for (let cursor: string | null = null; ; ) {
      const page: PageOf<Face> = await store.facesOfPerson(personId, { limit: PAGE, cursor }, filter);
      for (const { face, ...measured } of await measure(page.items)) all.push([face.id, measured]);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    // Sorting is stable: of those that are as far away the newest comes first.
    return new Map(all.sort(([, a], [, b]) => (b.distance ?? -1) - (a.distance ?? -1)));
  }

  function readAll(personId: string, filter: PersonFaceFilter): Promise<ReadonlyMap<number, Measured>> {
    const { camera, from, to, state } = filter;
    const key = JSON.stringify([personId, camera, from, to, state]);
    const read =
      kept.get(key) ??
      createKept(
        () => [revision, people.gallery(DLIB)],
        () => measureAll(personId, filter),
      );
    kept.delete(key);
    kept.set(key, read);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return read();
  }

  return async (personId, filter, sort, page) => {
    if (sort === "newest") {
      const { items, nextCursor } = await store.facesOfPerson(personId, page, filter);
      return { items: await (await measureFaces(personId))(items), nextCursor };
    }
    const all = await readAll(personId, filter);
    const { items: ids, nextCursor } = cutPage([...all.keys()], page);
    const faces = new Map((await store.facesById(ids)).map((face) => [face.id, face]));
    const items = ids.flatMap((id): FaceOfPerson[] => {
      const [face, measured] = [faces.get(id), all.get(id)];
      return face && measured ? [{ face, ...measured }] : [];
    });
    return { items, nextCursor };
  };
}
