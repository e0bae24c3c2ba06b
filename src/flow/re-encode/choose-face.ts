import type { Box } from "../../domain/face.ts";
import type { FoundFace, PictureFaces } from "../../domain/pictures/snapshot.ts";

/**
 * How much two boxes of one face must have in common (intersection over union). Detectors draw theirs differently, but those
 * of one face share most of it, and those of neighbours next to nothing.
 */
const LEAST_OVERLAP = 0.3;

/** Of a thumbnail's height, at least this much is the face that it shows. */
const LEAST_SHARE = 0.25;

/** Of the faces in a frame, the one that the box is of. Without a box only a lone face can be meant; null: none is. */
export function chooseInFrame({ faces }: PictureFaces, box: Box | null): FoundFace | null {
  if (box === null) return faces.length === 1 ? (faces[0] ?? null) : null;
  const best = nearest(faces, (face) => -overlap(face.box, box));
  return best && overlap(best.box, box) >= LEAST_OVERLAP ? best : null;
}

/** Of the faces in a thumbnail, the one that it was cut around. */
export function chooseInThumbnail({ faces, width, height }: PictureFaces): FoundFace | null {
  const [x, y] = [width / 2, height / 2];
  const around = faces.filter(
    ({ box }) =>
      box.height >= LEAST_SHARE * height &&
      box.x <= x &&
      x <= box.x + box.width &&
      box.y <= y &&
      y <= box.y + box.height,
  );
  return nearest(around, ({ box }) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y));
}

function nearest(faces: readonly FoundFace[], distanceOf: (face: FoundFace) => number): FoundFace | null {
  return faces.reduce<FoundFace | null>(
    (best, face) => (best === null || distanceOf(face) < distanceOf(best) ? face : best),
    null,
  );
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared);
}
