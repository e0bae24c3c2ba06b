import { readCursor, toPageOf } from "../../domain/cursors.ts";
import type { Connection } from "../file/database.ts";
import type { PersonFaceFilter, QuarterOfFaces } from "../port/faces.ts";
import type { Store } from "../port.ts";
import { type FaceRow, SELECT_FACE, toFace } from "./face-rows.ts";

/** A face `f` that was recognized as the person `p.id`, and that no user said to be another person or not to be this one. */
export const IS_RECOGNIZED_AS_P = `f.matched_ref = p.id AND f.person_ref IS NULL
  AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.person_ref = p.id AND r.face_id = f.id)`;

const HALVES = { assigned: "f.person_ref = p.id", recognized: IS_RECOGNIZED_AS_P } as const;

/** Later than every time that is stored. */
const FIRST_CURSOR: [string, number] = ["~", 0];

const QUARTER_SECONDS = 900;

interface Wanted {
  readonly person: string;
  readonly camera: string | null;
  readonly from: string;
  readonly to: string;
}

const IN_TIME = "f.captured_at >= :from AND f.captured_at < :to AND (:camera IS NULL OR f.camera = :camera)";

/** The history of a person. Each half is read from its own index, in order, so that a page costs what it has. */
export function createPersonFaces({ db }: Connection): Pick<Store, "facesOfPerson" | "quartersOfPerson"> {
  const half = (state: keyof typeof HALVES): string =>
    `SELECT id FROM (SELECT f.id FROM people p JOIN face_embeddings f ON ${HALVES[state]}
       WHERE p.person_id = :person AND (f.captured_at, f.id) < (:at, :id) AND ${IN_TIME}
       ORDER BY f.captured_at DESC, f.id DESC LIMIT :limit)`;
  const list = (halves: readonly (keyof typeof HALVES)[]) =>
    db.prepare<Wanted & { at: string; id: number; limit: number }, FaceRow>(
      `${SELECT_FACE} WHERE f.id IN (${halves.map(half).join(" UNION ALL ")})
       ORDER BY f.captured_at DESC, f.id DESC LIMIT :limit`,
    );
  const lists = {
    both: list(["assigned", "recognized"]),
    assigned: list(["assigned"]),
    recognized: list(["recognized"]),
  };
  const times = (state: keyof typeof HALVES): string =>
    `SELECT unixepoch(f.captured_at) / ${QUARTER_SECONDS} AS quarter, f.camera, '${state}' = 'recognized' AS recognized
     FROM people p JOIN face_embeddings f ON ${HALVES[state]} WHERE p.person_id = :person AND ${IN_TIME}`;
  const quarters = db.prepare<Wanted, Omit<QuarterOfFaces, "at"> & { quarter: number }>(
    `SELECT quarter, camera, count(*) AS faces, sum(recognized) AS recognized
     FROM (${times("assigned")} UNION ALL ${times("recognized")})
     GROUP BY quarter, camera ORDER BY quarter, camera`,
  );

  return {
    async facesOfPerson(person, page, filter = {}) {
      const [at, id] = readCursor(page, ["", 0] as [string, number]) ?? FIRST_CURSOR;
      const wanted = { ...toWanted(person, filter), at, id, limit: page.limit + 1 };
      const rows = lists[filter.state ?? "both"].all(wanted);
      return toPageOf(rows, page.limit, toFace, (row) => [row.captured_at, row.id]);
    },
    async quartersOfPerson(person, filter) {
      return quarters
        .all(toWanted(person, filter))
        .map(({ quarter, ...rest }) => ({ at: new Date(quarter * QUARTER_SECONDS * 1_000), ...rest }));
    },
  };
}

function toWanted(person: string, { camera, from, to }: PersonFaceFilter): Wanted {
  return { person, camera: camera ?? null, from: from?.toISOString() ?? "", to: to?.toISOString() ?? FIRST_CURSOR[0] };
}
