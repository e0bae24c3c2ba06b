import type { Connection } from "../file/database.ts";
import type { EncodingRow } from "../people/enrolment.ts";
import type { FaceBefore, FurtherBefore, MatchBefore, Sighting, VisitBefore } from "./journal-rows.ts";

interface ExampleRow {
  readonly personRef: number;
  readonly model: string;
  readonly count: number;
  readonly plainLength: number | null;
  readonly encoding: Buffer;
}

/** Reads rows as they are, for the journal to keep. */
export function createRowReads({ db, column }: Pick<Connection, "db" | "column">) {
  const person = db.prepare<[number], { personId: string; name: string; key: string }>(
    "SELECT person_id AS personId, name, name_key AS key FROM people WHERE id = ?",
  );
  const portrait = column<[number], number | null>("SELECT portrait_face FROM people WHERE id = ?");
  const sighting = db.prepare<[number], Sighting>(
    "SELECT seen_at AS at, seen_camera AS camera, seen_distance AS distance, seen_face AS face FROM people WHERE id = ?",
  );
  const encoding = db.prepare<[number], EncodingRow>("SELECT * FROM enrolled_encodings WHERE id = ?");
  const faces = db
    .prepare<[string], FaceBefore>(
      `SELECT id, person_ref, encoding_ref FROM face_embeddings
       WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .raw();
  const further = db
    .prepare<[string], FurtherBefore>(
      `SELECT face_id, model, encoding_ref FROM further_encodings
       WHERE face_id IN (SELECT value FROM json_each(?)) ORDER BY face_id, model`,
    )
    .raw();
  const matches = db
    .prepare<[string], MatchBefore>(
      `SELECT id, matched_ref, matched_distance FROM face_embeddings
       WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .raw();
  const matchedIds = column<[number], number>("SELECT id FROM face_embeddings WHERE matched_ref = ?");
  const visits = db
    .prepare<[string], VisitBefore>(
      `SELECT v.id, v.state, v.person_ref, v.distance, s.id, s.stranger_id, s.model FROM visits v
       LEFT JOIN strangers s ON s.id = v.stranger_ref WHERE v.id IN (SELECT value FROM json_each(?)) ORDER BY v.id`,
    )
    .raw();
  const visitIds = column<[number], number>("SELECT id FROM visits WHERE person_ref = ?");
  const rejected = db.prepare<[number, number], { example: number | null }>(
    "SELECT example_ref AS example FROM rejections WHERE person_ref = ? AND face_id = ?",
  );
  const example = db.prepare<[number], ExampleRow>(
    `SELECT person_ref AS personRef, model, count, mean_length AS plainLength, encoding
     FROM counter_examples WHERE id = ?`,
  );
  return {
    person,
    portrait,
    sighting,
    encoding,
    faces,
    further,
    matches,
    matchedIds,
    visits,
    visitIds,
    rejected,
    example,
  };
}
