import type { Detection, Point } from "./detection.ts";

/** The network looks at cells of these sizes, in pixels. */
const STRIDES = [8, 16, 32] as const;

/**
 * What YuNet's outputs say, for a picture of `columns` × `rows` pixels, both multiples of 32. For each size of cell there are
 * `cls_8` and `obj_8` (probability of a face and that there is something), `bbox_8` (offset of the centre in cells, logarithm
 * of the size in cells) and `kps_8` (five points, in cells from the cell's corner). The score is the geometric mean of both
 * probabilities.
 *
 * Paper: https://doi.org/10.1007/s11633-023-1423-y. As in OpenCV:
 * https://github.com/opencv/opencv/blob/4.x/modules/objdetect/src/face_detect.cpp
 */
export function readDetections(
  outputs: Readonly<Record<string, Float32Array>>,
  columns: number,
  minScore: number,
): Detection[] {
  return STRIDES.flatMap((stride) => {
    const of = (name: string): Float32Array => {
      const output = outputs[`${name}_${stride}`];
      if (output === undefined) throw new Error(`these are not YuNet's weights: they have no output ${name}_${stride}`);
      return output;
    };
    const [faces, things, boxes, points] = [of("cls"), of("obj"), of("bbox"), of("kps")];
    const found: Detection[] = [];
    for (let cell = 0; cell < faces.length; cell++) {
      const score = Math.sqrt(clamp(faces[cell] as number) * clamp(things[cell] as number));
      if (score < minScore) continue;
      const corner = { x: cell % (columns / stride), y: Math.floor(cell / (columns / stride)) };
      found.push({ score, ...readCell(corner, stride, boxes.subarray(4 * cell), points.subarray(10 * cell)) });
    }
    return found;
  });
}

function readCell(
  corner: Point,
  stride: number,
  [left = 0, top = 0, wide = 0, high = 0]: Float32Array,
  points: Float32Array,
): Omit<Detection, "score"> {
  const width = Math.exp(wide) * stride;
  const height = Math.exp(high) * stride;
  const point = (at: number): Point => ({
    x: (corner.x + (points[2 * at] as number)) * stride,
    y: (corner.y + (points[2 * at + 1] as number)) * stride,
  });
  return {
    box: { x: (corner.x + left) * stride - width / 2, y: (corner.y + top) * stride - height / 2, width, height },
    landmarks: [point(0), point(1), point(2), point(3), point(4)],
  };
}

function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}
