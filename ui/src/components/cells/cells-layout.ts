/** Where the tiles of a dense grid are, all of one size: known before any of them is loaded. */
export interface CellsLayout {
  readonly columns: number;
  /** Width of a tile, px. */
  readonly width: number;
  /** From the top of a row to the top of the next, px. */
  readonly step: number;
  /** From the left of a column to the left of the next, px. */
  readonly across: number;
  readonly gap: number;
}

/** As the style sheet has them: the least width of a tile, the gaps, and the two lines under the photo, px. */
const NARROW = { least: 76, gap: 6, rowGap: 8, text: 34 };
const WIDE = { least: 102, gap: 12, rowGap: 14, text: 40 };

/** @param width Of the grid, px. */
export function layOut(width: number, wide: boolean): CellsLayout {
  const { least, gap, rowGap, text } = wide ? WIDE : NARROW;
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  const tile = Math.max(0, (width - gap * (columns - 1)) / columns);
  return { columns, width: tile, step: tile + text + rowGap, across: tile + gap, gap: rowGap };
}

/** Height of the whole grid, px. */
export const heightOf = ({ columns, step, gap }: CellsLayout, count: number): number =>
  count === 0 ? 0 : Math.ceil(count / columns) * step - gap;

/** Positions `[first, end)` of the tiles that touch the strip from `top` to `bottom`, px from the grid's own top. */
export function inSight(
  layout: CellsLayout,
  count: number,
  top: number,
  bottom: number,
): { first: number; end: number } {
  const rows = Math.ceil(count / layout.columns);
  const from = Math.min(Math.max(0, Math.floor(top / layout.step)), Math.max(0, rows - 1));
  const to = Math.min(rows, Math.max(from + 1, Math.ceil(bottom / layout.step)));
  return { first: from * layout.columns, end: Math.min(count, to * layout.columns) };
}

/** The position that a key leads to from `at`; null: nowhere. */
export function step(key: string, at: number, count: number, columns: number): number | null {
  const to = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    // From above an unfilled last row to its end.
    ArrowDown:
      at + columns >= count && Math.floor(at / columns) < Math.floor((count - 1) / columns) ? count - 1 : at + columns,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || to < 0 || to >= count || to === at ? null : to;
}
