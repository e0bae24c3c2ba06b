import { readCursor, toPageOf } from "../../domain/cursors.ts";
import { type ShownStranger, toStrangerId } from "../../domain/visits/stranger.ts";
import { type FaceRow, SELECT_FACE, toFace } from "../faces/face-rows.ts";
import { fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { StrangerStore } from "../port/strangers.ts";
import { FROM_STRANGERS, STRANGER_COLUMNS, type StrangerRow, toStranger } from "./stranger-rows.ts";

/** Of the best faces of their visits, the one that shows them best: with a picture, sharp, sure, large, new. */
const BEST_FACE = `(
  SELECT f.id FROM visits b JOIN face_embeddings f ON f.id = b.best_face
  WHERE b.stranger_ref = s.id
  ORDER BY EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) DESC, f.quality DESC, f.detection_score DESC,
    f.box_width * f.box_height DESC, f.captured_at DESC, f.id DESC LIMIT 1)`;

const SELECT_STRANGER = `SELECT ${STRANGER_COLUMNS}, ${BEST_FACE} AS bestFace ${FROM_STRANGERS}`;

interface ShownRow extends StrangerRow {
  readonly bestFace: number | null;
}

interface VisitRow {
  readonly visitId: string;
  readonly model: string;
  readonly camera: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly faces: number;
  readonly mean: Buffer;
  readonly variance: number | null;
  readonly strangerId: string | null;
}

/** Unknown people who came more than once. */
export function createStrangerRows({ db, column, write }: Connection): StrangerStore {
  const list = db.prepare<[string, number, number], ShownRow>(
    `${SELECT_STRANGER} GROUP BY s.id HAVING (lastSeen, s.id) < (?, ?) ORDER BY lastSeen DESC, s.id DESC LIMIT ?`,
  );
  const one = db.prepare<[string], ShownRow>(`${SELECT_STRANGER} WHERE s.stranger_id = ? GROUP BY s.id`);
  const face = db.prepare<[number], FaceRow>(`${SELECT_FACE} WHERE f.id = ?`);
  const count = column<[], number>("SELECT count(*) FROM strangers");
  const unknown = db.prepare<[], VisitRow>(
    `SELECT v.visit_id AS visitId, v.model, v.camera, v.started_at, v.ended_at, v.faces, v.mean, v.variance,
       s.stranger_id AS strangerId
     FROM visits v LEFT JOIN strangers s ON s.id = v.stranger_ref
     WHERE v.person_ref IS NULL AND (v.state IN ('unknown', 'corrected') OR v.stranger_ref IS NOT NULL)
     ORDER BY v.id`,
  );
  const lastNumber = column<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'strangers'");
  const free = db.prepare<[string], { id: number; model: string }>(
    "SELECT id, model FROM visits WHERE visit_id = ? AND person_ref IS NULL AND stranger_ref IS NULL",
  );
  const make = db.prepare("INSERT INTO strangers (id, stranger_id, model) VALUES (?, ?, ?)");
  const link = db.prepare("UPDATE visits SET stranger_ref = ? WHERE id = ?");
  const dissolve = db.prepare(
    "UPDATE visits SET stranger_ref = NULL WHERE stranger_ref = (SELECT id FROM strangers WHERE stranger_id = ?)",
  );

  function toShown(row: ShownRow): ShownStranger {
    const { bestFace } = row;
    const shown = bestFace === null ? undefined : face.get(bestFace);
    return { ...toStranger(row), bestFace, representative: shown ? toFace(shown) : null };
  }

  return {
    async strangers(page) {
      const [before, number] = readCursor(page, ["", 0] as [string, number]) ?? ["~", 0];
      const rows = list.all(before, number, page.limit + 1);
      return toPageOf(rows, page.limit, toShown, (row) => [row.lastSeen, row.number]);
    },
    async stranger(strangerId) {
      const row = one.get(strangerId);
      return row ? toShown(row) : null;
    },
    strangerCount: async () => count.get() ?? 0,
    async unknownVisits() {
      const visits = unknown.all().map(({ started_at: from, ended_at: to, mean, ...row }) => ({
        ...row,
        from: new Date(from),
        to: new Date(to),
        mean: fromBlob(mean),
      }));
      return { visits, lastNumber: lastNumber.get() ?? 0 };
    },
    async makeStranger(number, visitId) {
      write(() => {
        const visit = free.get(visitId);
        if (!visit) return;
        make.run(number, toStrangerId(number), visit.model);
        link.run(number, visit.id);
      });
    },
    async dissolveStranger(strangerId) {
      write(() => dissolve.run(strangerId));
    },
  };
}
