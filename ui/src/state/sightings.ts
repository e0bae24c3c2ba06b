import type { FaceJson } from "../../../src/wire/schemas.ts";
import { dayKey } from "../texts/when.ts";

/** A line of a list of faces by day: the day itself, or what one camera saw in one go. */
export type FacesLine =
  | { readonly kind: "day"; readonly key: string; readonly day: Date; readonly faces: number }
  | {
      readonly kind: "sight";
      readonly key: string;
      readonly camera: string;
      readonly at: Date;
      readonly faces: readonly FaceJson[];
      /** Goes on where the line before has ended: its camera and time are not said again. */
      readonly more: boolean;
    };

/** Faces of one camera that are no further apart than this belong to one line. */
const ONE_GO_MS = 5 * 60_000;
const LONGEST_LINE = 24;

/** Neighbours that belong together, in their order. */
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
    let before: FaceJson | undefined;
    for (const some of chunk(ofDay, (last, next, size) => isOneGo(last, next) && size < LONGEST_LINE)) {
      const [first] = some;
      if (!first) continue;
      const more = before !== undefined && isOneGo(before, first);
      const at = new Date(first.timestamp);
      lines.push({ kind: "sight", key: `s${first.face_id}`, camera: first.camera, at, faces: some, more });
      before = some.at(-1);
    }
  }
  return lines;
}
