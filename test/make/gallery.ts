import type { CountedEncoding } from "../../src/domain/person.ts";
import type { GalleryPerson } from "../../src/recognize/gallery.ts";

/** dlib's encoding of so many faces. */
export function counted(encoding: Float32Array, count = 1): CountedEncoding {
  return { encoding, count, model: "dlib" };
}

type Given = Float32Array | CountedEncoding;
const toCounted = (one: Given): CountedEncoding => (one instanceof Float32Array ? counted(one) : one);

/** An enrolled person; an encoding without a count is that of one face. */
export function makeGalleryPerson(
  name: string,
  encodings: readonly Given[],
  notEncodings: readonly Given[] = [],
): GalleryPerson {
  return {
    name,
    personId: name.toLowerCase(),
    encodings: encodings.map(toCounted),
    notEncodings: notEncodings.map(toCounted),
  };
}
