import { DLIB } from "../domain/model.ts";
import type { PersonVariance } from "../domain/person.ts";
import { priorOf } from "./fit.ts";
import { buildGallery, type Gallery, type GalleryPerson, type IgnoredGroup } from "./gallery.ts";
import { refineSpread } from "./refine-spread.ts";

/** A gallery of each model: encodings of different models are never compared. */
export type Galleries = (model: string) => Gallery;

/**
 * What is enrolled, by model; a model without encodings has an empty gallery. All are new ones with each call.
 * @param variances Of people here, from which each model's spread is refined.
 */
export function buildGalleries(
  people: readonly GalleryPerson[],
  ignored: readonly IgnoredGroup[],
  variances: readonly PersonVariance[],
): Galleries {
  const all = [...people.flatMap((one) => [...one.encodings, ...one.notEncodings]), ...ignored];
  const of = (model: string): Gallery => {
    const ofModel = variances.filter((one) => one.model === model);
    const spread = refineSpread(priorOf(model), ofModel);
    return buildGallery(
      people.map((person) => withModel(person, model)),
      ignored.filter((one) => one.model === model),
      spread,
    );
  };
  const galleries = new Map([...new Set([DLIB, ...all.map((one) => one.model)])].map((model) => [model, of(model)]));
  return (model) => {
    const known = galleries.get(model) ?? of(model);
    galleries.set(model, known);
    return known;
  };
}

/** A person with what is known of them by one model; it may be nothing. */
export function withModel<T extends GalleryPerson>(person: T, model: string): T {
  return {
    ...person,
    encodings: person.encodings.filter((one) => one.model === model),
    notEncodings: person.notEncodings.filter((one) => one.model === model),
  };
}
