import { readCursor, toPageOf } from "../cursors.ts";
import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";
import { type FaceRow, SELECT_FACE, toFace } from "./face-rows.ts";

/** A face `f` that was recognized as the person `p.id`, and that no user said to be another person or not to be this one. */
export const IS_RECOGNIZED_AS_P = `f.matched_ref = p.id AND f.person_ref IS NULL
  AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.person_ref = p.id AND r.face_id = f.id)`;

/** Later than every time that is stored. */
const FIRST_CURSOR: [string, number] = ["~", 0];

/** The history of a person. Each half is read from its own index, in order, so that a page costs what it has. */
export function createPersonFaces({ db }: Connection): Pick<Store, "facesOfPerson"> {
  const half = (condition: string): string =>
    `SELECT id FROM (SELECT f.id FROM people p JOIN face_embeddings f ON ${condition}
       WHERE p.person_id = :person AND (f.captured_at, f.id) < (:at, :id)
       ORDER BY f.captured_at DESC, f.id DESC LIMIT :limit)`;
  const list = db.prepare<{ person: string; at: string; id: number; limit: number }, FaceRow>(
    `${SELECT_FACE} WHERE f.id IN (${half("f.person_ref = p.id")} UNION ALL ${half(IS_RECOGNIZED_AS_P)})
     ORDER BY f.captured_at DESC, f.id DESC LIMIT :limit`,
  );
  return {
    async facesOfPerson(person, page) {
      const [at, id] = readCursor(page, ["", 0] as [string, number]) ?? FIRST_CURSOR;
      const rows = list.all({ person, at, id, limit: page.limit + 1 });
      return toPageOf(rows, page.limit, toFace, (row) => [row.captured_at, row.id]);
    },
  };
}
