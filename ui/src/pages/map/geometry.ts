/** A position: of a point on the map, 0 to 1; or on the board, likewise, where what is outside is not seen. */
export interface At {
  readonly x: number;
  readonly y: number;
}

/** The part of the map that the board shows: `zoom` times as large, its middle at `x`, `y`. */
export interface View extends At {
  readonly zoom: number;
}

export const WHOLE: View = { x: 0.5, y: 0.5, zoom: 1 };
const MOST = 16;

/** Where a point of the map is on the board. */
export const toBoard = (point: At, view: View): At => ({
  x: (point.x - view.x) * view.zoom + 0.5,
  y: (point.y - view.y) * view.zoom + 0.5,
});

/** Which point of the map is at a position of the board. */
export const toMap = (at: At, view: View): At => ({
  x: (at.x - 0.5) / view.zoom + view.x,
  y: (at.y - 0.5) / view.zoom + view.y,
});

/** The same middle, or `around` staying in its position, `by` times as large; never smaller than the whole. */
export function zoomed(view: View, by: number, around: At = { x: 0.5, y: 0.5 }): View {
  const zoom = Math.min(MOST, Math.max(1, view.zoom * by));
  const fixed = toMap(around, view);
  return inside({ x: fixed.x - (around.x - 0.5) / zoom, y: fixed.y - (around.y - 0.5) / zoom, zoom });
}

/** Moved by a part of the board. */
export const moved = (view: View, by: At): View =>
  inside({ ...view, x: view.x - by.x / view.zoom, y: view.y - by.y / view.zoom });

/** With the point on the board: as it is, where it is there already. */
export function showing(view: View, point: At): View {
  const { x, y } = toBoard(point, view);
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? view : inside({ ...view, x: point.x, y: point.y });
}

/** The board shows nothing but the map. */
function inside({ x, y, zoom }: View): View {
  const half = 0.5 / zoom;
  const within = (value: number): number => Math.min(1 - half, Math.max(half, value));
  return { x: within(x), y: within(y), zoom };
}

/** Whether a point is within a closed line (even-odd rule). */
export function isWithin({ x, y }: At, line: readonly At[]): boolean {
  let within = false;
  for (const [i, a] of line.entries()) {
    const b = line[(i + 1) % line.length] as At;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) within = !within;
  }
  return within;
}

/** Directions of the arrow keys. */
export const ARROWS: Readonly<Record<string, At>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The nearest one in a direction: what lies aside of it counts double. Undefined: there is none. */
export function nearestTowards<P extends At>(from: At, all: readonly P[], to: At): P | undefined {
  let best: P | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of all) {
    const ahead = (one.x - from.x) * to.x + (one.y - from.y) * to.y;
    if (ahead <= 0) continue;
    const aside = Math.abs((one.x - from.x) * to.y) + Math.abs((one.y - from.y) * to.x);
    const away = ahead + 2 * aside;
    if (away >= least) continue;
    best = one;
    least = away;
  }
  return best;
}
