import {
  type EmbedPicture,
  type FoundFace,
  PictureError,
  type PictureFaces,
} from "../../src/domain/pictures/snapshot.ts";
import { makeSface } from "./encoding.ts";

/** A face that was found in a picture and passed the gates. */
function makeFoundFace(overrides: Partial<FoundFace> = {}): FoundFace {
  return {
    box: { x: 40, y: 40, width: 60, height: 80 },
    score: 0.92,
    failed: null,
    encoding: makeSface(1),
    norm: 12,
    thumbnail: new Uint8Array(600),
    ...overrides,
  };
}

/** What was found in a picture of 140 × 160 px: by default the one face in its middle. */
export function makePictureFaces(...faces: Partial<FoundFace>[]): PictureFaces {
  const found = faces.length === 0 ? [{}] : faces;
  return { width: 140, height: 160, faces: found.map((face) => makeFoundFace(face)) };
}

/** A picture that {@link embedDrawn} finds faces in, their encodings being those of the seeds. */
export function drawPicture(...faces: (Partial<FoundFace> & { readonly seed: number })[]): Uint8Array {
  return Buffer.from(JSON.stringify(faces));
}

/** Finds the faces of {@link drawPicture}, without models. */
export const embedDrawn: EmbedPicture = async (picture, gates) => {
  const text = Buffer.from(picture).toString();
  if (!text.startsWith("[")) throw new PictureError("it is no picture");
  const faces = JSON.parse(text) as (Partial<FoundFace> & { seed: number })[];
  return {
    width: 140,
    height: 160,
    faces: faces.map(({ seed, norm = 12, ...face }) =>
      makeFoundFace({
        ...face,
        norm,
        failed: (norm ?? 0) < gates.minNorm ? "norm" : null,
        encoding: makeSface(seed),
      }),
    ),
  };
};
