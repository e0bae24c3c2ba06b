/** Schema changes, oldest first; the database's `user_version` says how many it has had. Never edit one: append. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE cameras (
    camera TEXT PRIMARY KEY,
    camera_id TEXT NOT NULL UNIQUE,
    last_seen TEXT,
    face_id INTEGER
  ) WITHOUT ROWID;

  CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    seen_camera TEXT, seen_score REAL, seen_distance REAL, seen_at TEXT, seen_face INTEGER
  );

  CREATE TABLE enrolled (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people(id) DEFERRABLE INITIALLY DEFERRED,
    encoding BLOB NOT NULL,
    source TEXT NOT NULL,
    sources TEXT NOT NULL,
    count INTEGER NOT NULL
  );
  CREATE INDEX enrolled_person ON enrolled(person);

  CREATE TABLE face_embeddings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    camera TEXT NOT NULL,
    source TEXT,
    captured_at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    box_x REAL, box_y REAL, box_width REAL, box_height REAL,
    detection_score REAL,
    source_event_id TEXT,
    encoding BLOB NOT NULL,
    person_name TEXT,
    matched_name TEXT,
    matched_distance REAL,
    person INTEGER REFERENCES people(id) DEFERRABLE INITIALLY DEFERRED,
    enrolled INTEGER REFERENCES enrolled(id) DEFERRABLE INITIALLY DEFERRED,
    matched INTEGER,
    ignored TEXT,
    CHECK ((person IS NULL) = (person_name IS NULL)),
    CHECK (person IS NULL OR ignored IS NULL)
  );
  CREATE INDEX faces_newest ON face_embeddings(captured_at, id);
  CREATE INDEX faces_person ON face_embeddings(person, captured_at, id) WHERE person IS NOT NULL;
  CREATE INDEX faces_ignored ON face_embeddings(ignored) WHERE ignored IS NOT NULL;
  CREATE INDEX faces_matched ON face_embeddings(matched) WHERE matched IS NOT NULL;
  CREATE INDEX faces_source ON face_embeddings(source) WHERE source IS NOT NULL;
  CREATE INDEX faces_enrolled ON face_embeddings(enrolled) WHERE enrolled IS NOT NULL;

  CREATE TABLE thumbnails (
    face INTEGER PRIMARY KEY REFERENCES face_embeddings(id) ON DELETE CASCADE,
    jpeg BLOB NOT NULL
  );
  CREATE TABLE pending_thumbnails (
    face INTEGER PRIMARY KEY REFERENCES face_embeddings(id) ON DELETE CASCADE,
    image BLOB
  );

  -- "not this person"
  CREATE TABLE rejections (
    person INTEGER NOT NULL REFERENCES people(id) DEFERRABLE INITIALLY DEFERRED,
    face INTEGER NOT NULL REFERENCES face_embeddings(id) ON DELETE CASCADE,
    PRIMARY KEY (person, face)
  ) WITHOUT ROWID;

  CREATE TABLE clusters (
    id TEXT PRIMARY KEY,
    ignored INTEGER NOT NULL DEFAULT 0,
    mean BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE cluster_faces (
    cluster TEXT NOT NULL REFERENCES clusters(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    face INTEGER NOT NULL UNIQUE REFERENCES face_embeddings(id) ON DELETE CASCADE,
    rank INTEGER NOT NULL,
    PRIMARY KEY (cluster, face)
  ) WITHOUT ROWID;

  CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    sentence TEXT NOT NULL
  );
  CREATE TABLE change_rows (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    change INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
    tab TEXT NOT NULL,
    op TEXT NOT NULL,
    face INTEGER,
    row TEXT NOT NULL
  );
  CREATE INDEX change_rows_change ON change_rows(change);
  CREATE INDEX change_rows_face ON change_rows(face) WHERE face IS NOT NULL;

  -- who was erased, without their name: a keyed hash of it
  CREATE TABLE erasures (hash TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
  `,
];
