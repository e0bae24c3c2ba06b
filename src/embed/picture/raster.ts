/** Decoded pixels: 8-bit R, G, B, row by row, without gaps. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Order of the colours that a network wants. */
export type ColourOrder = "rgb" | "bgr";

/**
 * A network's input: three planes of values 0 to 255, `columns` × `rows` each, the raster at the top left and zeros right
 * and below of it.
 */
export function toPlanes(
  raster: Raster,
  order: ColourOrder,
  columns = raster.width,
  rows = raster.height,
): Float32Array {
  const { data, width, height } = raster;
  const plane = columns * rows;
  const planes = new Float32Array(3 * plane);
  const [red, blue] = order === "rgb" ? [0, 2 * plane] : [2 * plane, 0];
  for (let row = 0, from = 0; row < height; row++) {
    for (let to = row * columns, end = to + width; to < end; to++, from += 3) {
      planes[red + to] = data[from] as number;
      planes[plane + to] = data[from + 1] as number;
      planes[blue + to] = data[from + 2] as number;
    }
  }
  return planes;
}
