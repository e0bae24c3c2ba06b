import type { Database } from "better-sqlite3";

/**
 * Version 2: the model of every encoding, visits, strangers, counter-examples, and changes that say who made them.
 *
 * - A visit's `mean` is that of its faces' encodings, `variance` theirs (summed over all axes; null: not known), `faces` their number, `best_face` the one that shows it best. A visit
 *   goes with its last face. `state` is as in the domain; `person_ref` and `distance` are those of the decision, or of the
 *   correction. `over`: it has ended, whatever its state says of it; a correction hides that from `state`.
 * - A stranger's number is its `id`, which is never given twice. Their mean is computed from those of their visits. Triggers
 *   hold, whatever changes visits: a visit of a known or ignored person has no stranger, and a stranger goes with the last
 *   visit.
 * - The variance of an enrolled encoding is that of its faces; null where they are not known.
 * - A counter-example has no reference to a face, camera or source: it stays when the face is purged. `rejections` says of
 *   which faces it was made while they are there.
 * - A discovery's result is written over many transactions and shown by one: `clusters` and `cluster_faces` are what is
 *   shown, the rows of generation 0 (clusters that were ignored or brought back, which discoveries leave alone) and of
 *   `shown_generation`. A later generation is staged, an earlier one is being deleted. Triggers take a face that is assigned,
 *   ignored or deleted meanwhile out of what is staged; its cluster's `version` is then '', until it is counted again.
 * - `mean_length` of a cluster or a counter-example: how long the plain mean of its faces' encodings is, where `mean` or
 *   `encoding` was put back to their length; null: that is the plain mean.
 * - A person's `portrait_face` was chosen; it is shown while it is assigned to them and has a picture.
 * - An enrolled encoding with `correction` 1 was made of a visit that a user corrected.
 * - `unsure_answers`: a user could not say whether a cluster is the person; it counts while the cluster has that version.
 * - A change's `step` numbers what was last done with it: made, undone, redone. Its `base` are the changes that stood on the
 *   same rows when it was undone; `lost` is why it can no longer be undone or redone. `change_keys` has the rows that it
 *   touched, whose images `change_rows` keeps.
 * - `further_encodings`: what another model made of the picture of a face that has its own encoding. It goes with the face;
 *   `encoding_ref` is the enrolled encoding that it has a part in, as with the faces themselves.
 * - `groupings`: what a user said of faces. `together` 0: those with different `side` are different people; 1: all are one
 *   person, and `side` is which cluster they were in. It holds while the change that made it is not undone, and stays when
 *   that change is no longer kept. A cluster's `worst_face` is one of its
 *   faces, renewed with the cluster. `cluster_faces.side`: in a cluster that shows two people, the side of the proposed split.
 * - `thinned_sums`: a kept face that stands for thinned ones alike: how many faces with itself, and the sums of their encodings
 *   (float64), of the squares of their lengths, and of their lengths. `thinned_uids`: those faces' ids, so that one that is sent
 *   again counts once. Both go with the face. `visits.thinned`: at which distance its faces were thinned; null: not since it grew.
 */
export const SCHEMA_2 = `
ALTER TABLE face_embeddings ADD COLUMN model TEXT NOT NULL DEFAULT 'dlib';
ALTER TABLE face_embeddings ADD COLUMN visit_id TEXT;
ALTER TABLE face_embeddings ADD COLUMN quality REAL;
CREATE INDEX faces_without_visit ON face_embeddings (captured_at, id) WHERE visit_id IS NULL;
CREATE INDEX faces_by_visit ON face_embeddings (visit_id, captured_at, id) WHERE visit_id IS NOT NULL;

ALTER TABLE enrolled_encodings ADD COLUMN model TEXT NOT NULL DEFAULT 'dlib';
ALTER TABLE enrolled_encodings ADD COLUMN variance REAL;
ALTER TABLE enrolled_encodings ADD COLUMN correction INTEGER NOT NULL DEFAULT 0;
CREATE TABLE shown_generation (generation INTEGER NOT NULL);
INSERT INTO shown_generation VALUES (1);
CREATE TABLE cluster_rows (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  generation INTEGER NOT NULL,
  cluster_id TEXT NOT NULL,
  model TEXT NOT NULL,
  ignored INTEGER NOT NULL CHECK (ignored IN (0, 1)),
  brought_back_at TEXT,
  size INTEGER NOT NULL,
  version TEXT NOT NULL,
  cameras TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  mean BLOB NOT NULL,
  mean_count INTEGER NOT NULL,
  mean_length REAL,
  tightness REAL,
  worst_face INTEGER,
  worst_distance REAL,
  UNIQUE (cluster_id, generation)
);
CREATE TABLE cluster_face_rows (
  face_id INTEGER NOT NULL REFERENCES face_embeddings (id) ON DELETE CASCADE,
  generation INTEGER NOT NULL,
  cluster_ref INTEGER NOT NULL REFERENCES cluster_rows (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  side INTEGER CHECK (side IN (0, 1)),
  PRIMARY KEY (face_id, generation)
) WITHOUT ROWID;
INSERT INTO cluster_rows (id, generation, cluster_id, model, ignored, brought_back_at, size, version, cameras, first_seen,
    last_seen, mean, mean_count)
  SELECT id, 1, cluster_id, 'dlib', ignored, brought_back_at, size, version, cameras, first_seen, last_seen, mean, mean_count
  FROM clusters;
INSERT INTO cluster_face_rows (face_id, generation, cluster_ref, rank)
  SELECT face_id, 1, cluster_ref, rank FROM cluster_faces;
DROP TABLE cluster_faces;
DROP TABLE clusters;
CREATE INDEX clusters_by_size ON cluster_rows (ignored, size DESC, cluster_id, generation);
CREATE INDEX clusters_by_generation ON cluster_rows (generation, ignored, id);
CREATE INDEX clusters_brought_back ON cluster_rows (brought_back_at) WHERE brought_back_at IS NOT NULL;
CREATE INDEX clusters_to_count ON cluster_rows (generation, id) WHERE version = '';
CREATE INDEX cluster_faces_by_rank ON cluster_face_rows (cluster_ref, rank, face_id);
CREATE INDEX cluster_faces_by_side ON cluster_face_rows (cluster_ref, face_id, side) WHERE side IS NOT NULL;
CREATE VIEW clusters AS SELECT * FROM cluster_rows
  WHERE generation IN (0, (SELECT generation FROM shown_generation));
CREATE VIEW cluster_faces AS SELECT face_id, cluster_ref, rank, side FROM cluster_face_rows
  WHERE generation IN (0, (SELECT generation FROM shown_generation));
CREATE TRIGGER assigned_face_is_not_staged AFTER UPDATE OF person_ref ON face_embeddings
WHEN NEW.person_ref IS NOT NULL AND OLD.person_ref IS NULL
BEGIN
  DELETE FROM cluster_face_rows WHERE face_id = NEW.id AND generation > (SELECT generation FROM shown_generation);
END;
CREATE TRIGGER kept_face_is_not_staged AFTER INSERT ON cluster_face_rows WHEN NEW.generation = 0
BEGIN
  DELETE FROM cluster_face_rows WHERE face_id = NEW.face_id AND generation > (SELECT generation FROM shown_generation);
END;
CREATE TRIGGER staged_cluster_is_counted_again AFTER DELETE ON cluster_face_rows
WHEN OLD.generation > (SELECT generation FROM shown_generation)
BEGIN
  UPDATE cluster_rows SET version = '' WHERE id = OLD.cluster_ref AND version <> '';
END;

ALTER TABLE people ADD COLUMN portrait_face INTEGER REFERENCES face_embeddings (id) ON DELETE SET NULL;
CREATE INDEX people_by_portrait ON people (portrait_face) WHERE portrait_face IS NOT NULL;

CREATE TABLE strangers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  stranger_id TEXT NOT NULL UNIQUE,
  model TEXT NOT NULL
);

CREATE TABLE visits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  visit_id TEXT NOT NULL UNIQUE,
  camera TEXT NOT NULL REFERENCES cameras (camera),
  model TEXT NOT NULL,
  event_id TEXT,
  started_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  faces INTEGER NOT NULL,
  mean BLOB NOT NULL,
  variance REAL,
  best_face INTEGER REFERENCES face_embeddings (id) ON DELETE SET NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'recognized', 'ambiguous', 'unknown', 'corrected', 'ignored')),
  person_ref INTEGER REFERENCES people (id),
  distance REAL,
  stranger_ref INTEGER REFERENCES strangers (id),
  over INTEGER NOT NULL DEFAULT 0,
  thinned REAL
);
CREATE INDEX visits_by_time ON visits (ended_at, id);
CREATE INDEX visits_by_camera ON visits (camera, ended_at, id);
CREATE INDEX visits_by_person ON visits (person_ref, ended_at, id) WHERE person_ref IS NOT NULL;
CREATE INDEX visits_by_stranger ON visits (stranger_ref, ended_at, id) WHERE stranger_ref IS NOT NULL;
CREATE INDEX visits_by_face ON visits (best_face) WHERE best_face IS NOT NULL;
CREATE INDEX visits_by_state ON visits (state, ended_at, id);
CREATE INDEX visits_to_thin ON visits (ifnull(thinned, 0)) WHERE over = 1;
CREATE INDEX visits_going_on ON visits (id) WHERE over = 0;

CREATE TRIGGER known_people_are_no_strangers AFTER UPDATE OF state, person_ref ON visits
WHEN NEW.stranger_ref IS NOT NULL AND (NEW.person_ref IS NOT NULL OR NEW.state IN ('recognized', 'ignored'))
BEGIN
  UPDATE visits SET stranger_ref = NULL WHERE id = NEW.id;
END;
CREATE TRIGGER stranger_goes_with_last_visit AFTER UPDATE OF stranger_ref ON visits
WHEN OLD.stranger_ref IS NOT NULL AND OLD.stranger_ref IS NOT NEW.stranger_ref
BEGIN
  DELETE FROM strangers WHERE id = OLD.stranger_ref AND NOT EXISTS (SELECT 1 FROM visits WHERE stranger_ref = OLD.stranger_ref);
END;
CREATE TRIGGER stranger_goes_with_last_deleted_visit AFTER DELETE ON visits WHEN OLD.stranger_ref IS NOT NULL
BEGIN
  DELETE FROM strangers WHERE id = OLD.stranger_ref AND NOT EXISTS (SELECT 1 FROM visits WHERE stranger_ref = OLD.stranger_ref);
END;

CREATE TABLE counter_examples (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_ref INTEGER NOT NULL REFERENCES people (id),
  model TEXT NOT NULL,
  count INTEGER NOT NULL,
  mean_length REAL,
  encoding BLOB NOT NULL,
  encoding_crc INTEGER NOT NULL
);
CREATE INDEX counter_examples_by_person ON counter_examples (person_ref);
ALTER TABLE rejections ADD COLUMN example_ref INTEGER REFERENCES counter_examples (id) ON DELETE SET NULL;
CREATE INDEX rejections_by_example ON rejections (example_ref) WHERE example_ref IS NOT NULL;

DROP INDEX faces_by_match;
CREATE INDEX faces_by_match ON face_embeddings (matched_ref, captured_at, id) WHERE matched_ref IS NOT NULL;
CREATE INDEX faces_by_recognition ON face_embeddings (matched_ref, captured_at, id)
  WHERE matched_ref IS NOT NULL AND person_ref IS NULL;

CREATE TABLE further_encodings (
  id INTEGER PRIMARY KEY,
  face_id INTEGER NOT NULL REFERENCES face_embeddings (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  quality REAL,
  encoding BLOB NOT NULL,
  encoding_crc INTEGER NOT NULL,
  encoding_ref INTEGER REFERENCES enrolled_encodings (id) ON DELETE SET NULL,
  UNIQUE (face_id, model)
);
CREATE INDEX further_encodings_by_look ON further_encodings (encoding_ref) WHERE encoding_ref IS NOT NULL;

CREATE TABLE thinned_sums (
  face_id INTEGER PRIMARY KEY REFERENCES face_embeddings (id) ON DELETE CASCADE,
  count INTEGER NOT NULL,
  sum BLOB NOT NULL,
  sum_crc INTEGER NOT NULL,
  squares REAL NOT NULL,
  lengths REAL NOT NULL
);
CREATE TABLE thinned_uids (
  uid TEXT PRIMARY KEY,
  face_id INTEGER NOT NULL REFERENCES face_embeddings (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX thinned_uids_by_face ON thinned_uids (face_id);

CREATE TABLE unsure_answers (
  cluster_id TEXT NOT NULL,
  version TEXT NOT NULL,
  person_ref INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (cluster_id, person_ref)
) WITHOUT ROWID;
CREATE INDEX unsure_answers_by_person ON unsure_answers (person_ref);

CREATE TABLE groupings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  together INTEGER NOT NULL CHECK (together IN (0, 1)),
  change_ref INTEGER REFERENCES changes (id) ON DELETE SET NULL
);
CREATE INDEX groupings_by_change ON groupings (change_ref) WHERE change_ref IS NOT NULL;
CREATE TABLE grouping_faces (
  grouping_ref INTEGER NOT NULL REFERENCES groupings (id) ON DELETE CASCADE,
  side INTEGER NOT NULL,
  face_id INTEGER NOT NULL REFERENCES face_embeddings (id) ON DELETE CASCADE,
  PRIMARY KEY (grouping_ref, face_id)
) WITHOUT ROWID;
CREATE INDEX grouping_faces_by_face ON grouping_faces (face_id);

ALTER TABLE changes ADD COLUMN via TEXT;
ALTER TABLE changes ADD COLUMN user TEXT;
ALTER TABLE changes ADD COLUMN undone_at TEXT;
CREATE TRIGGER grouping_goes_with_its_undone_change BEFORE DELETE ON changes WHEN OLD.undone_at IS NOT NULL
BEGIN
  DELETE FROM groupings WHERE change_ref = OLD.id;
END;
ALTER TABLE changes ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN base TEXT NOT NULL DEFAULT '[]';
ALTER TABLE changes ADD COLUMN lost TEXT;
ALTER TABLE changes ADD COLUMN facts TEXT;
UPDATE changes SET step = id;
CREATE TABLE change_keys (
  key TEXT NOT NULL,
  change_ref INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  touch INTEGER NOT NULL,
  PRIMARY KEY (key, change_ref)
) WITHOUT ROWID;
CREATE INDEX change_keys_by_change ON change_keys (change_ref, key, touch);
`;

/** What version 1 remembered by faces, "not this person", becomes counter-examples, which stay when the faces go. */
export function makeCounterExamples(db: Database): void {
  const rejected = db.prepare<[], { person: number; face: number; encoding: Buffer; crc: number }>(
    `SELECT r.person_ref AS person, r.face_id AS face, f.encoding, f.encoding_crc AS crc
     FROM rejections r JOIN face_embeddings f ON f.id = r.face_id ORDER BY r.person_ref, r.face_id`,
  );
  const insert = db.prepare(
    "INSERT INTO counter_examples (person_ref, model, count, encoding, encoding_crc) VALUES (?, 'dlib', 1, ?, ?)",
  );
  const link = db.prepare("UPDATE rejections SET example_ref = ? WHERE person_ref = ? AND face_id = ?");
  for (const { person, face, encoding, crc } of rejected.all()) {
    link.run(insert.run(person, encoding, crc).lastInsertRowid, person, face);
  }
}
