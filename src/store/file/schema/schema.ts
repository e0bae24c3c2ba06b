/**
 * Version 1. `face_embeddings` has the columns other programs may read; what refers to people by number is kept apart
 * from the names, which follow every rename. A face is assigned when it has a person, ignored when its cluster is,
 * unassigned otherwise: it is in exactly one state because nothing else says so.
 */
export const SCHEMA_1 = `
CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE erasures (hash TEXT PRIMARY KEY, at TEXT NOT NULL);

CREATE TABLE cameras (
  id INTEGER PRIMARY KEY,
  camera TEXT NOT NULL UNIQUE,
  camera_id TEXT NOT NULL UNIQUE,
  last_seen TEXT,
  last_face INTEGER REFERENCES face_embeddings (id) ON DELETE SET NULL
);
CREATE INDEX cameras_by_face ON cameras (last_face);

CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  seen_at TEXT,
  seen_camera TEXT,
  seen_distance REAL,
  seen_face INTEGER REFERENCES face_embeddings (id) ON DELETE SET NULL
);
CREATE INDEX people_by_face ON people (seen_face);

CREATE TABLE enrolled_encodings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_ref INTEGER NOT NULL REFERENCES people (id),
  source TEXT NOT NULL,
  sources TEXT NOT NULL,
  face_count INTEGER NOT NULL,
  encoding BLOB NOT NULL,
  encoding_crc INTEGER NOT NULL
);
CREATE INDEX enrolled_by_person ON enrolled_encodings (person_ref);

CREATE TABLE face_embeddings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  camera TEXT NOT NULL REFERENCES cameras (camera),
  source TEXT,
  captured_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  box_x NUMERIC,
  box_y NUMERIC,
  box_width NUMERIC,
  box_height NUMERIC,
  encoding BLOB NOT NULL,
  encoding_crc INTEGER NOT NULL,
  detection_score REAL,
  source_event_id TEXT,
  person_name TEXT,
  person_ref INTEGER REFERENCES people (id),
  encoding_ref INTEGER REFERENCES enrolled_encodings (id),
  matched_name TEXT,
  matched_ref INTEGER REFERENCES people (id),
  matched_distance REAL,
  CHECK ((person_ref IS NULL) = (person_name IS NULL)),
  CHECK ((matched_ref IS NULL) = (matched_name IS NULL)),
  CHECK ((matched_ref IS NULL) = (matched_distance IS NULL)),
  CHECK (encoding_ref IS NULL OR person_ref IS NOT NULL)
);
CREATE INDEX faces_by_time ON face_embeddings (captured_at, id);
CREATE INDEX faces_by_camera ON face_embeddings (camera, captured_at, id);
CREATE INDEX faces_by_source ON face_embeddings (source) WHERE source IS NOT NULL;
CREATE INDEX faces_by_person ON face_embeddings (person_ref, captured_at, id) WHERE person_ref IS NOT NULL;
CREATE INDEX faces_by_encoding ON face_embeddings (encoding_ref) WHERE encoding_ref IS NOT NULL;
CREATE INDEX faces_by_match ON face_embeddings (matched_ref) WHERE matched_ref IS NOT NULL;

CREATE TABLE thumbnails (
  id INTEGER PRIMARY KEY,
  face_id INTEGER NOT NULL UNIQUE REFERENCES face_embeddings (id) ON DELETE CASCADE,
  jpeg BLOB NOT NULL
);
CREATE TABLE pending_thumbnails (
  id INTEGER PRIMARY KEY,
  face_id INTEGER NOT NULL UNIQUE REFERENCES face_embeddings (id) ON DELETE CASCADE,
  image BLOB
);

CREATE TABLE discoveries (
  id TEXT PRIMARY KEY,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  faces INTEGER NOT NULL,
  clusters INTEGER NOT NULL
);
CREATE TABLE clusters (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cluster_id TEXT NOT NULL UNIQUE,
  ignored INTEGER NOT NULL CHECK (ignored IN (0, 1)),
  brought_back_at TEXT,
  size INTEGER NOT NULL,
  version TEXT NOT NULL,
  cameras TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  mean BLOB NOT NULL,
  mean_count INTEGER NOT NULL
);
CREATE INDEX clusters_by_size ON clusters (ignored, size DESC, cluster_id);
CREATE TABLE cluster_faces (
  face_id INTEGER PRIMARY KEY REFERENCES face_embeddings (id) ON DELETE CASCADE,
  cluster_ref INTEGER NOT NULL REFERENCES clusters (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL
);
CREATE INDEX cluster_faces_by_rank ON cluster_faces (cluster_ref, rank, face_id);

CREATE TABLE rejections (
  person_ref INTEGER NOT NULL REFERENCES people (id),
  face_id INTEGER NOT NULL REFERENCES face_embeddings (id) ON DELETE CASCADE,
  PRIMARY KEY (person_ref, face_id)
) WITHOUT ROWID;
CREATE INDEX rejections_by_face ON rejections (face_id);

CREATE TABLE changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  sentence TEXT NOT NULL
);
CREATE TABLE change_rows (
  id INTEGER PRIMARY KEY,
  change_ref INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  row TEXT NOT NULL,
  bytes BLOB
);
CREATE INDEX change_rows_by_change ON change_rows (change_ref, id);
CREATE TABLE change_faces (
  face_id INTEGER NOT NULL,
  change_ref INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  PRIMARY KEY (face_id, change_ref)
) WITHOUT ROWID;
CREATE INDEX change_faces_by_change ON change_faces (change_ref);
`;
