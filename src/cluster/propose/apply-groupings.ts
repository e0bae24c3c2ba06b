import { squaredDistance } from "../../domain/vectors/encoding.ts";
import { meanOf } from "../../domain/vectors/mean.ts";

/** What a user said of faces, by the rows that they are in. */
export interface RowGrouping {
  /** true: they are one person, and a side is what was one group then; false: those of different sides are different people. */
  readonly together: boolean;
  readonly sides: ReadonlyMap<number, number>;
}

type Rows = readonly number[];

/** Fewer faces than these do not bring all of their group along, unless they are most of it. */
const ENOUGH = 3;

/**
 * Groups as users said they are; what they said takes effect one after the other, each on what those before it left. Groups
 * of which nothing was said stay as they are, and are not looked at. O(faces × dimension) for those that are divided.
 *
 * @param groups rows of each group, ascending, all of one model
 * @returns the same, those first that have the lowest row
 */
export function applyGroupings(
  groups: readonly Rows[],
  groupings: readonly RowGrouping[],
  encodingOf: (row: number) => Float32Array,
  model: string,
): Rows[] {
  const parts = new Set<Rows>(groups);
  const partOf = new Map(groups.flatMap((rows) => rows.map((row) => [row, rows] as const)));
  for (const { together, sides } of groupings) {
    const touched = new Set<Rows>();
    for (const row of sides.keys()) {
      const rows = partOf.get(row);
      if (rows) touched.add(rows);
    }
    const changed = together
      ? join([...touched], sides)
      : [...touched].flatMap((rows) => divide(rows, sides, encodingOf, model));
    for (const rows of touched) parts.delete(rows);
    for (const rows of changed) {
      parts.add(rows);
      if (!touched.has(rows)) for (const row of rows) partOf.set(row, rows);
    }
  }
  return [...parts].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/**
 * Makes one group of faces that are one person. A group comes along whole if most of its faces are among them, or most of
 * those that were one group then are in it still: so groups that grew are joined as they are. From others only the faces
 * themselves are taken: one of them among strangers does not make the strangers this person.
 */
function join(parts: readonly Rows[], sides: ReadonlyMap<number, number>): Rows[] {
  const sizes = new Map<number, number>();
  for (const side of sides.values()) sizes.set(side, (sizes.get(side) ?? 0) + 1);
  const joined: number[] = [];
  const rest: Rows[] = [];
  for (const rows of parts) {
    const said = rows.filter((row) => sides.has(row));
    const comesAlong = said.length * 2 > rows.length || hasSide(said);
    for (const row of comesAlong ? rows : said) joined.push(row);
    if (!comesAlong) rest.push(rows.filter((row) => !sides.has(row)));
  }
  if (joined.length > 0) rest.push(joined.sort((a, b) => a - b));
  return rest;

  /** Whether most faces of what was one group then are among these. */
  function hasSide(said: Rows): boolean {
    if (said.length < ENOUGH) return false;
    const here = new Map<number, number>();
    for (const row of said) {
      const side = sides.get(row) as number;
      here.set(side, (here.get(side) ?? 0) + 1);
    }
    return [...here].some(([side, count]) => count >= ENOUGH && count * 2 > (sizes.get(side) as number));
  }
}

/** Divides a group with faces of several sides. The rest of its faces go to the side whose mean is nearest, the first on a tie. */
function divide(
  rows: Rows,
  sides: ReadonlyMap<number, number>,
  encodingOf: (row: number) => Float32Array,
  model: string,
): Rows[] {
  const said = new Map<number, number[]>();
  for (const row of rows) {
    const side = sides.get(row);
    if (side === undefined) continue;
    const of = said.get(side);
    if (of) of.push(row);
    else said.set(side, [row]);
  }
  if (said.size < 2) return [rows];
  const parts = [...said].sort(([a], [b]) => a - b);
  const means = parts.map(([, of]) => meanOf(of.map(encodingOf), model));
  const at = new Map(parts.flatMap(([, of], i) => of.map((row) => [row, i] as const)));
  const nearest = (row: number): number => {
    const away = means.map((mean) => squaredDistance(encodingOf(row), mean));
    return away.indexOf(Math.min(...away));
  };
  const part = new Map(rows.map((row) => [row, at.get(row) ?? nearest(row)]));
  return parts.map((_, i) => rows.filter((row) => part.get(row) === i));
}
