import type { Database } from "better-sqlite3";
import type { JournalKind, JournalRows } from "./journal-rows.ts";
import { keysOf, type RowKey, rowKey, TOUCH } from "./row-keys.ts";

type StoredRow = {
  readonly [K in JournalKind]: { readonly change: number; readonly kind: K; readonly row: JournalRows[K] };
}[JournalKind];

/**
 * Gives changes of version 0.1, which could only be undone from the last one back, what undoing any of them needs: the
 * rows that they touched, and to whom they gave faces and encodings, which follows from what later changes found.
 */
export function fillChangeKeys(db: Database): void {
  db.exec(`
    UPDATE change_rows SET row = json_set(row, '$.flagged', json('true'))
      WHERE kind = 'cluster' AND change_ref IN (SELECT id FROM changes WHERE action IN ('ignore', 'unignore'));
    UPDATE change_rows SET row = json_set(row, '$.renamed', json('true'))
      WHERE kind = 'person' AND change_ref IN (SELECT id FROM changes WHERE action = 'rename');`);
  const rows = db
    .prepare<[], { change: number; kind: string; row: string }>(
      "SELECT change_ref AS change, kind, row FROM change_rows ORDER BY change_ref DESC, id",
    )
    .all();
  const touch = db.prepare(
    `INSERT INTO change_keys (key, change_ref, touch) VALUES (?, ?, ?)
     ON CONFLICT (key, change_ref) DO UPDATE SET touch = max(touch, excluded.touch)`,
  );
  const ownerOf = {
    face: db.prepare<[number], number | null>("SELECT person_ref FROM face_embeddings WHERE id = ?").pluck(),
    encoding: db.prepare<[number], number>("SELECT person_ref FROM enrolled_encodings WHERE id = ?").pluck(),
  };
  /** Of the faces and encodings that later changes touched, whose they were then: null, no one's. */
  const later = new Map<string, number | null>();

  function ownersAfter({ kind, row }: StoredRow): RowKey[] {
    const found: { key: string; after: number | null | undefined; before: number | null }[] = [];
    const look = (what: keyof typeof ownerOf, id: number, before: number | null): void => {
      const key = rowKey[what](id);
      found.push({ key, before, after: later.has(key) ? later.get(key) : ownerOf[what].get(id) });
    };
    if (kind === "faces") for (const [id, person] of row) look("face", id, person);
    if (kind === "encoding") look("encoding", row.id, row.was?.personRef ?? null);
    if (kind === "owner") look("encoding", row.encodingId, row.personRef);
    for (const { key, before } of found) later.set(key, before);
    return found.flatMap(({ after }) =>
      after === null || after === undefined ? [] : [{ key: rowKey.person(after), touch: TOUCH.refers }],
    );
  }

  for (const { row, ...rest } of rows) {
    const stored = { ...rest, row: JSON.parse(row) } as StoredRow;
    for (const key of [...keysOf(stored.kind, stored.row as never), ...ownersAfter(stored)]) {
      touch.run(key.key, stored.change, key.touch);
    }
  }
}
