import type { Person } from "../../domain/person.ts";
import { joinGalleries, withoutPerson } from "../figures/gallery-views.ts";
import { looksWithout, type TriedFace } from "../figures/measure-figures.ts";
import { worthOf } from "../fit.ts";
import { buildGallery, type Gallery, type GalleryPerson } from "../gallery.ts";
import { isSure } from "../suggest.ts";

/**
 * Whose a look surely is, if it is another's: it fits another person as surely as a suggestion must, also against all other
 * looks of its own person. Null when it is its person's, or the only look that they have.
 * @param threshold as for two single faces
 */
export function ownerOfLook(person: GalleryPerson, index: number, gallery: Gallery, threshold: number): Person | null {
  const look = person.encodings[index];
  const left = buildGallery(
    [{ ...person, encodings: person.encodings.filter((_, at) => at !== index) }],
    [],
    gallery.spread,
  );
  if (!look || left.encodings === 0) return null;
  return otherSurely(look.encoding, worthOf(look, gallery.spread), person, left, gallery, threshold);
}

/** The same of a single face, against what its person's looks would be without it. */
export function ownerOfFace(
  person: GalleryPerson,
  face: TriedFace,
  gallery: Gallery,
  threshold: number,
): Person | null {
  const [other] = withoutPerson(gallery, person.personId).fitting(face.encoding, 1, 1);
  // Most faces are near no other person; only for the rest the looks are computed anew.
  if (!other || !isSure(other, null, threshold)) return null;
  const left = buildGallery([{ ...person, encodings: looksWithout(person, [face]) }], [], gallery.spread);
  if (left.encodings === 0) return null;
  return otherSurely(face.encoding, 1, person, left, gallery, threshold);
}

function otherSurely(
  mean: Float32Array,
  faces: number,
  person: Person,
  left: Gallery,
  gallery: Gallery,
  threshold: number,
): Person | null {
  const all = joinGalleries(withoutPerson(gallery, person.personId), left);
  const [best, second = null] = all.fitting(mean, faces, 2);
  if (!best || best.person.personId === person.personId) return null;
  return isSure(best, second, threshold) ? best.person : null;
}
