import { withoutPerson } from "../figures/gallery-views.ts";
import { worthOf } from "../fit.ts";
import type { Fit, Gallery, GalleryPerson } from "../gallery.ts";

/** The other person whom one of a person's looks fits best; null: there is no other. */
export function nearestOther(person: GalleryPerson, gallery: Gallery): Fit | null {
  const others = withoutPerson(gallery, person.personId);
  let nearest: Fit | null = null;
  for (const look of person.encodings) {
    const [fit] = others.fitting(look.encoding, worthOf(look, gallery.spread), 1);
    if (fit && (!nearest || fit.asSingle < nearest.asSingle)) nearest = fit;
  }
  return nearest;
}
