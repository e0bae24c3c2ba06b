import { readCursor, toPageOf } from "../../domain/cursors.ts";
import type { Visit, VisitState } from "../../domain/visits/visit.ts";
import { type FaceRow, SELECT_FACE, toFace } from "../faces/face-rows.ts";
import type { Connection } from "../file/database.ts";
import type { VisitFilter, VisitStore } from "../port/visits.ts";
import { FROM_STRANGERS, STRANGER_COLUMNS, type StrangerRow, toStranger } from "../strangers/stranger-rows.ts";

const SELECT_VISIT = `
  SELECT v.id, v.visit_id, v.camera, v.model, v.started_at, v.ended_at, v.faces, v.state, v.distance, v.best_face,
    p.person_id, p.name, v.stranger_ref
  FROM visits v LEFT JOIN people p ON p.id = v.person_ref`;

const SELECT_STRANGER = `
  SELECT ${STRANGER_COLUMNS} ${FROM_STRANGERS} WHERE s.id IN (SELECT value FROM json_each(?)) GROUP BY s.id`;

interface VisitRow {
  readonly id: number;
  readonly visit_id: string;
  readonly camera: string;
  readonly model: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly faces: number;
  readonly state: VisitState;
  readonly distance: number | null;
  readonly best_face: number | null;
  readonly person_id: string | null;
  readonly name: string | null;
  readonly stranger_ref: number | null;
}

export interface VisitList extends Pick<VisitStore, "visits" | "visit"> {
  /** What {@link VisitStore.visit} answers, inside the caller's transaction. */
  show(visitId: string): Visit | null;
}

/** Reading visits, each with its person, its stranger and the face that shows it best. */
export function createVisitList({ db, prepared }: Connection): VisitList {
  const one = db.prepare<[string], VisitRow>(`${SELECT_VISIT} WHERE v.visit_id = ?`);
  const facesById = db.prepare<[string], FaceRow>(`${SELECT_FACE} WHERE f.id IN (SELECT value FROM json_each(?))`);
  const strangersById = db.prepare<[string], StrangerRow>(SELECT_STRANGER);

  /** Faces and strangers are read once for all. */
  function toVisits(rows: readonly VisitRow[]): Visit[] {
    const ids = (of: (row: VisitRow) => number | null): string =>
      JSON.stringify([...new Set(rows.flatMap((row) => of(row) ?? []))]);
    const faces = new Map(facesById.all(ids((row) => row.best_face)).map((row) => [row.id, toFace(row)]));
    const strangers = new Map(
      strangersById.all(ids((row) => row.stranger_ref)).map((row) => [row.number, toStranger(row)]),
    );
    return rows.map((row) => ({
      visitId: row.visit_id,
      camera: row.camera,
      model: row.model,
      from: new Date(row.started_at),
      to: new Date(row.ended_at),
      faces: row.faces,
      state: row.state,
      person: row.person_id === null || row.name === null ? null : { personId: row.person_id, name: row.name },
      distance: row.distance,
      stranger: row.stranger_ref === null ? null : (strangers.get(row.stranger_ref) ?? null),
      representative: row.best_face === null ? null : (faces.get(row.best_face) ?? null),
    }));
  }

  function show(visitId: string): Visit | null {
    const row = one.get(visitId);
    return row ? (toVisits([row])[0] ?? null) : null;
  }

  return {
    async visits(filter, page) {
      const after = readCursor(page, ["", 0] as [string, number]);
      const { where, values } = toVisitConditions(filter);
      if (after) {
        where.push("(v.ended_at, v.id) < (?, ?)");
        values.push(...after);
      }
      const rows = prepared<VisitRow>(toVisitQuery(where.join(" AND "))).all(...values, page.limit + 1);
      const { items, nextCursor } = toPageOf(
        rows,
        page.limit,
        (row) => row,
        (row) => [row.ended_at, row.id],
      );
      return { items: toVisits(items), nextCursor };
    },
    visit: async (visitId) => show(visitId),
    show,
  };
}

/** The query of a list, newest first; its last value is the limit. */
export function toVisitQuery(where: string): string {
  return `${SELECT_VISIT} ${where === "" ? "" : `WHERE ${where}`} ORDER BY v.ended_at DESC, v.id DESC LIMIT ?`;
}

/** Each condition is answered from an index, in the order of the list. */
export function toVisitConditions(filter: VisitFilter): { where: string[]; values: (string | number)[] } {
  const conditions: readonly (readonly [string, string | undefined])[] = [
    ["v.camera = ?", filter.camera],
    ["v.person_ref = (SELECT id FROM people WHERE person_id = ?)", filter.personId],
    ["v.stranger_ref = (SELECT id FROM strangers WHERE stranger_id = ?)", filter.strangerId],
    ["v.state = ?", filter.state],
    ["v.ended_at >= ?", filter.from?.toISOString()],
    ["v.ended_at < ?", filter.to?.toISOString()],
  ];
  const given = conditions.flatMap(([where, value]) => (value === undefined ? [] : [{ where, value }]));
  return { where: given.map((one) => one.where), values: given.map((one) => one.value) };
}
