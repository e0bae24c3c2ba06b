import { DLIB } from "../domain/model.ts";
import { buildGallery, type Gallery, type GalleryPerson, type IgnoredGroup } from "./gallery.ts";

/** A gallery of each model: encodings of different models are never compared. */
export type Galleries = (model?: string) => Gallery;

/** What is enrolled, by model; a model without encodings has an empty gallery. Without a model: dlib's. */
export function buildGalleries(people: readonly GalleryPerson[], ignored: readonly IgnoredGroup[]): Galleries {
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
    );
  const galleries = new Map([...models].map((model) => [model, of(model)]));
  const none = buildGallery([], []);
  return (model = DLIB) => galleries.get(model) ?? none;
}
