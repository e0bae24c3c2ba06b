import type { Face } from "../../../domain/face.ts";
import { DLIB } from "../../../domain/model.ts";
import { rowsOf } from "../../../domain/vectors/encoding.ts";
import type { TriedFace, TriedPerson } from "../../../recognize/figures/measure-figures.ts";
import { withModel } from "../../../recognize/galleries.ts";
import type { GalleryContents, StoreReads } from "../store.ts";

/** A stored face of a named or ignored person, with its encoding. */
export interface OwnFace extends TriedFace {
  readonly face: Face;
}

/** A person, or an ignored one, with all their stored faces of one model, oldest first. */
export interface PersonFaces extends TriedPerson {
  readonly faces: readonly OwnFace[];
}

export type PeopleFacesStore = Pick<StoreReads, "encodings" | "facesById" | "looksOfFaces">;

/** Named people, then ignored groups, with their faces of a model. Yields between chunks. */
export async function collectPeopleFaces(
  store: PeopleFacesStore,
  { people, ignored }: GalleryContents,
  model: string,
): Promise<PersonFaces[]> {
  const { faceIds, data } = await store.encodings(["assigned", "ignored"], model);
  const encodingOf = rowsOf(data, faceIds.length);
  const rows = new Map(faceIds.map((faceId, row) => [faceId, row]));
  const looks = await store.looksOfFaces();
  const named = people.map((person) => withModel(person, model));
  const indexes = new Map(named.flatMap(({ encodings }) => encodings.map(({ id }, index) => [id, index] as const)));

  const byOwner = new Map<string, OwnFace[]>();
  const faces = [...(await store.facesById(faceIds))];
  faces.sort((a, b) => a.capturedAt.getTime() - b.capturedAt.getTime() || a.id - b.id);
  for (const face of faces) {
    const row = rows.get(face.id);
    if (row === undefined) continue;
    const look = indexes.get(looks.get(face.id) ?? 0) ?? null;
    const one = { face, encoding: encodingOf(row), look, visit: face.visitId };
    const owner = ownerOf(face);
    const known = byOwner.get(owner);
    if (known) known.push(one);
    else byOwner.set(owner, [one]);
  }
  return [
    ...named.map((person) => ({ person, faces: byOwner.get(`person ${person.personId}`) ?? [] })),
    ...ignored
      .filter((group) => group.model === model)
      .map(({ cluster }) => ({ person: null, faces: byOwner.get(`ignored ${cluster}`) ?? [] })),
  ];
}

function ownerOf({ personId, cluster }: Face): string {
  return personId === null ? `ignored ${cluster}` : `person ${personId}`;
}

/** The model that most looks are of. */
export function mainModel({ people }: GalleryContents): string {
  const looks = new Map<string, number>();
  for (const { encodings } of people) for (const { model } of encodings) looks.set(model, (looks.get(model) ?? 0) + 1);
  return [...looks].sort((a, b) => b[1] - a[1])[0]?.[0] ?? DLIB;
}
