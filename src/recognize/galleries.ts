import { DLIB } from "../domain/model.ts";
import type { PersonVariance } from "../domain/person.ts";
import { DLIB_SPREAD } from "./fit.ts";
import { buildGallery, type Gallery, type GalleryPerson, type IgnoredGroup } from "./gallery.ts";
import { refineSpread } from "./refine-spread.ts";

/** A gallery of each model: encodings of different models are never compared. */
export type Galleries = (model?: string) => Gallery;

/**
 * What is enrolled, by model; a model without encodings has an empty gallery. Without a model: dlib's.
 * @param variances Of people here, from which each model's spread is refined.
 */
export function buildGalleries(
  people: readonly GalleryPerson[],
  ignored: readonly IgnoredGroup[],
  variances: readonly PersonVariance[],
): Galleries {
  const all = [...people.flatMap((one) => [...one.encodings, ...one.notEncodings]), ...ignored];
  const models = new Set([DLIB, ...all.map((one) => one.model)]);
  const of = (model: string): Gallery =>
    buildGallery(
      people.map((person) => ({
        ...person,
        encodings: person.encodings.filter((one) => one.model === model),
        notEncodings: person.notEncodings.filter((one) => one.model === model),
      })),
      ignored.filter((one) => one.model === model),
      refineSpread(
        DLIB_SPREAD,
        variances.filter((one) => one.model === model),
      ),
    );
  const galleries = new Map([...models].map((model) => [model, of(model)]));
  const none = buildGallery([], []);
  return (model = DLIB) => galleries.get(model) ?? none;
}
