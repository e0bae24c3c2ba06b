import type { Connection } from "../file/database.ts";
import type { VisitBefore } from "../undo/journal-rows.ts";
import type { Recorder } from "../undo/recorder.ts";
import { LAST_STATE } from "./save-visits.ts";

/** Whose visits they are, as people change. Everything happens inside the caller's transaction. */
export interface VisitPeople {
  /**
   * Call it when faces were assigned or freed: a visit is the person's to whom most of its faces are assigned. One that was
   * a person's by the faces that are no longer theirs is unknown.
   */
  follow(faceIds: readonly number[], recorder: Recorder): void;
  /** Gives one person's visits to another. */
  move(from: number, to: number, recorder: Recorder): void;
  /** The visits of a person who goes are unknown. */
  forget(personRef: number, recorder: Recorder | null): void;
  /** What a user said of visits. */
  correct(ids: readonly number[], state: "corrected" | "ignored", personRef: number | null, recorder: Recorder): void;
  /** Call it when faces were denied to be a person: a visit that has no other of that person's is no person's. */
  deny(personRef: number, faceIds: readonly number[], recorder: Recorder): void;
  /** Those that are there still. One that has ended since it was kept as open is not opened again. */
  restore(rows: readonly VisitBefore[]): void;
}

interface VisitRow {
  readonly id: number;
  readonly state: string;
  readonly person: number | null;
  readonly faces: number;
}

export function createVisitPeople({ db, column }: Connection): VisitPeople {
  const ofFaces = db.prepare<[string], VisitRow>(
    `SELECT v.id, v.state, v.person_ref AS person,
       (SELECT count(*) FROM face_embeddings f WHERE f.visit_id = v.visit_id) AS faces
     FROM visits v WHERE v.visit_id IN (
       SELECT visit_id FROM face_embeddings WHERE id IN (SELECT value FROM json_each(?)) AND visit_id IS NOT NULL)
     ORDER BY v.id`,
  );
  const mostOf = db.prepare<[number], { person: number; faces: number }>(
    `SELECT f.person_ref AS person, count(*) AS faces FROM face_embeddings f
     WHERE f.visit_id = (SELECT visit_id FROM visits WHERE id = ?) AND f.person_ref IS NOT NULL
     GROUP BY f.person_ref ORDER BY faces DESC, person LIMIT 1`,
  );
  const stillTheirs = column<[number, number], number>(
    `SELECT 1 FROM face_embeddings WHERE visit_id = (SELECT visit_id FROM visits WHERE id = ?) AND person_ref = ? LIMIT 1`,
  );
  const set = db.prepare("UPDATE visits SET state = ?, person_ref = ?, distance = NULL WHERE id = ?");
  const noLongerOf = column<[number, string], number>(
    `SELECT v.id FROM visits v WHERE v.person_ref = ? AND v.visit_id IN (
       SELECT visit_id FROM face_embeddings WHERE id IN (SELECT value FROM json_each(?)) AND visit_id IS NOT NULL)
     AND NOT EXISTS (SELECT 1 FROM face_embeddings f WHERE f.visit_id = v.visit_id
       AND COALESCE(f.person_ref, f.matched_ref) = v.person_ref)`,
  );
  const idsOf = column<[number], number>("SELECT id FROM visits WHERE person_ref = ? ORDER BY id");
  const move = db.prepare("UPDATE visits SET person_ref = ? WHERE person_ref = ?");
  const exists = column<[number], number>("SELECT 1 FROM visits WHERE id = ?");
  const putStranger = db.prepare("INSERT OR IGNORE INTO strangers (id, stranger_id, model) VALUES (?, ?, ?)");
  const put = db.prepare("UPDATE visits SET state = ?, person_ref = ?, distance = ?, stranger_ref = ? WHERE id = ?");
  const close = db.prepare(`UPDATE visits SET state = ${LAST_STATE} WHERE id = ? AND state = 'open' AND over = 1`);

  function setOutcome(
    ids: readonly number[],
    state: "corrected" | "ignored" | "unknown",
    personRef: number | null,
    recorder: Recorder | null,
  ): void {
    recorder?.visits(ids);
    for (const id of ids) set.run(state, personRef, id);
  }

  return {
    follow(faceIds, recorder) {
      for (const { id, state, person, faces } of ofFaces.all(JSON.stringify(faceIds))) {
        const most = mostOf.get(id);
        if (most && most.faces * 2 > faces) {
          if (most.person !== person) setOutcome([id], "corrected", most.person, recorder);
        } else if (state === "corrected" && person !== null && stillTheirs.get(id, person) === undefined) {
          setOutcome([id], "unknown", null, recorder);
        }
      }
    },
    move(from, to, recorder) {
      recorder.visits(idsOf.all(from));
      move.run(to, from);
    },
    forget: (personRef, recorder) => setOutcome(idsOf.all(personRef), "unknown", null, recorder),
    correct: setOutcome,
    deny: (personRef, faceIds, recorder) =>
      setOutcome(noLongerOf.all(personRef, JSON.stringify(faceIds)), "corrected", null, recorder),
    restore(rows) {
      for (const [id, state, person, distance, number, strangerId, model] of rows) {
        if (exists.get(id) === undefined) continue;
        if (number !== null) putStranger.run(number, strangerId, model);
        put.run(state, person, distance, number, id);
        close.run(id);
      }
    },
  };
}
