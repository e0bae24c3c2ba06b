import type { Box } from "../domain/face.ts";
import type { EmbedPicture, FoundFace, Gate, Gates } from "../domain/pictures/snapshot.ts";
import { round4 } from "../domain/vectors/encoding.ts";
import { type Detection, enlarge } from "./detect/detection.ts";
import type { DetectFaces } from "./detect/detector.ts";
import { findUpright } from "./detect/find-upright.ts";
import { alignFace } from "./encode/align.ts";
import type { EncodeFace } from "./encode/encoder.ts";
import { cutFace } from "./picture/cut-face.ts";
import { type OpenedPicture, openPicture } from "./picture/decode.ts";
import type { Raster } from "./picture/raster.ts";

/** Pictures are searched at this length of their longer side: large faces are found less surely in larger ones. */
const SEARCHED_SIDE = 640;
/** From this score a detection is a face at all, whatever the gate. */
const LEAST_SCORE = 0.6;
/** The most faces of one picture, the best by score; each takes 40 ms. */
const MOST_FACES = 100;
/** A face with this many pixels needs no larger picture: it fills encoding (112 px) and thumbnail (256 px with its margin). */
const ENOUGH_FACE_PX = 170;
/** Longer side of the largest picture that faces are cut from: 11 MB at 16:9, 24 MB at 4:3. */
const MOST_SIDE = 2560;

/** Finds and encodes the faces of a picture in the calling thread: from bytes to what {@link EmbedPicture} promises. */
export function createFaceFinder(detect: DetectFaces, encode: EncodeFace): EmbedPicture {
  return async (bytes, gates) => {
    const picture = await openPicture(bytes);
    const searched = await picture.read(SEARCHED_SIDE);
    const whole = toFactor(picture, searched);
    const found = (await detect(searched, Math.min(LEAST_SCORE, gates.minScore)))
      .filter((one) => isInside(one, searched))
      .slice(0, MOST_FACES)
      .map((one) => ({ one, failed: firstFailed(one, whole, gates) }));
    const passed = found.flatMap(({ one, failed }) => (failed === null ? [one] : []));
    const raster = await enlargeFor(passed, picture, searched);
    const factor = toFactor(raster, searched);
    const faces: FoundFace[] = [];
    for (const { one, failed } of found) {
      const { box, score } = enlarge(one, whole);
      const seen = enlarge(one, factor);
      const encoded = failed === null ? await encode(alignFace(raster, await findUpright(raster, seen, detect))) : null;
      faces.push({
        box: toPublished(box),
        score,
        failed: encoded !== null && encoded.norm < gates.minNorm ? "norm" : failed,
        encoding: encoded?.encoding ?? null,
        norm: encoded?.norm ?? null,
        thumbnail: await cutFace(raster, seen.box),
      });
    }
    return { width: picture.width, height: picture.height, faces };
  };
}

/** As numbers are published: digits beyond the detector's precision say nothing. */
function toPublished({ x, y, width, height }: Box): Box {
  return { x: round4(x), y: round4(y), width: round4(width), height: round4(height) };
}

/** What costs nothing to know comes before the encoding. */
function firstFailed({ score, box }: Detection, whole: number, { minScore, minFacePx }: Gates): Gate | null {
  if (score < minScore) return "score";
  return Math.min(box.width, box.height) * whole < minFacePx ? "size" : null;
}

/** The picture as large as its smallest face needs it; decoded anew, which costs more than all the rest but the encoding. */
async function enlargeFor(faces: readonly Detection[], picture: OpenedPicture, searched: Raster): Promise<Raster> {
  const smallest = Math.min(...faces.map(({ box }) => Math.min(box.width, box.height)));
  const wanted = Math.ceil((SEARCHED_SIDE * ENOUGH_FACE_PX) / smallest);
  const most = Math.min(MOST_SIDE, Math.max(picture.width, picture.height));
  if (faces.length === 0 || wanted <= SEARCHED_SIDE || most <= SEARCHED_SIDE) return searched;
  return await picture.read(Math.min(wanted, most));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How many times as large one is as the other. */
function toFactor(large: Size, small: Size): number {
  return Math.max(large.width, large.height) / Math.max(small.width, small.height);
}

/** The detector's picture is filled up with black, where it may see something. */
function isInside({ box }: Detection, { width, height }: Size): boolean {
  return box.x < width && box.y < height && box.x + box.width > 0 && box.y + box.height > 0;
}
