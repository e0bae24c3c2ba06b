import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import { dayKey } from "../../texts/when.ts";

/** A face in a list by day; `starts`: the first of a series from one camera. */
export interface FaceCell {
  readonly face: FaceJson;
  readonly starts: boolean;
}

/** A line of a list of faces by day: the day itself, or some of its faces. */
export type FacesLine =
  | { readonly kind: "day"; readonly key: string; readonly day: Date; readonly faces: number }
  | { readonly kind: "faces"; readonly key: string; readonly cells: readonly FaceCell[] };

/** Faces of one camera within this time form a series. */
const ONE_GO_MS = 5 * 60_000;
/** Divisible by most column counts, so that lines end full. */
const LONGEST_LINE = 60;

/** Splits into runs of neighbours that belong together. */
function chunk<T>(items: readonly T[], together: (last: T, next: T, size: number) => boolean): T[][] {
  const chunks: T[][] = [];
  for (const item of items) {
    const open = chunks.at(-1);
    const last = open?.at(-1);
    if (open && last !== undefined && together(last, item, open.length)) open.push(item);
    else chunks.push([item]);
  }
  return chunks;
}

const isOneGo = (later: FaceJson, earlier: FaceJson): boolean =>
  later.camera === earlier.camera && Date.parse(later.timestamp) - Date.parse(earlier.timestamp) <= ONE_GO_MS;

const dayOf = (face: FaceJson): string => dayKey(new Date(face.timestamp));

/** Faces by local day and camera, newest first. */
export function toFacesLines(faces: readonly FaceJson[]): FacesLine[] {
  const sorted = [...faces].sort((a, b) => b.timestamp.localeCompare(a.timestamp) || b.face_id - a.face_id);
  const lines: FacesLine[] = [];
  for (const ofDay of chunk(sorted, (last, next) => dayOf(last) === dayOf(next))) {
    const [newest] = ofDay;
    if (!newest) continue;
    lines.push({ kind: "day", key: dayOf(newest), day: new Date(newest.timestamp), faces: ofDay.length });
    const cells = ofDay.map((face, at) => {
      const before = ofDay[at - 1];
      return { face, starts: before === undefined || !isOneGo(before, face) };
    });
    for (const some of chunk(cells, (_last, _next, size) => size < LONGEST_LINE)) {
      lines.push({ kind: "faces", key: `f${some[0]?.face.face_id}`, cells: some });
    }
  }
  return lines;
}
