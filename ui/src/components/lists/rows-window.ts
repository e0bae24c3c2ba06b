/** Tops of the rows: `heights.length + 1` numbers, the last is the total height. `gap` is between rows. */
export function toOffsets(heights: readonly number[], gap: number): Float64Array {
  const offsets = new Float64Array(heights.length + 1);
  for (let row = 0; row < heights.length; row++) {
    const below = row === heights.length - 1 ? 0 : gap;
    offsets[row + 1] = (offsets[row] ?? 0) + (heights[row] ?? 0) + below;
  }
  return offsets;
}

/** The first row that ends beyond `y`; the number of rows if there is none. */
function rowAt(offsets: Float64Array, y: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle + 1] ?? 0) > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows `[first, end)` that touch the strip from `top` to `bottom`, in pixels from the list's own top. */
export function visibleRows(offsets: Float64Array, top: number, bottom: number): { first: number; end: number } {
  const rows = offsets.length - 1;
  if (rows <= 0 || bottom <= 0 || top >= (offsets[rows] ?? 0)) {
    // Off screen: keep one row, so that its height is known and there is something to scroll back to.
    const at = top > 0 ? Math.max(rows - 1, 0) : 0;
    return { first: at, end: Math.min(at + 1, Math.max(rows, 0)) };
  }
  return { first: rowAt(offsets, top), end: Math.min(rowAt(offsets, bottom) + 1, rows) };
}

/** How many columns of at least `min` px fit; `min` 0: one. */
export function columnsFor(width: number, min: number, gap: number): number {
  return min <= 0 ? 1 : Math.max(1, Math.floor((width + gap) / (min + gap)));
}
