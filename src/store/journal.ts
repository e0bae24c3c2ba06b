import type { Clock } from "../domain/clock.ts";
import { FacesError } from "../domain/errors.ts";
import type { Db } from "./database.ts";

/** Undo goes back this far. */
const DEPTH = 100;

/** Tables whose rows a change to people may touch, with their keys and what of a row may change. */
const TABLES = {
  people: {
    key: ["id"],
    columns: [
      "id",
      "person_id",
      "name",
      "name_key",
      "seen_camera",
      "seen_score",
      "seen_distance",
      "seen_at",
      "seen_face",
    ],
    watched: ["name", "person_id"],
  },
  enrolled: { key: ["id"], columns: ["id", "person", "encoding", "source", "sources", "count"], watched: null },
  face_embeddings: {
    key: ["id"],
    columns: ["id", "person_name", "person", "enrolled", "matched_name", "matched", "matched_distance", "ignored"],
    watched: ["person_name", "person", "enrolled", "matched_name", "matched", "matched_distance", "ignored"],
  },
  rejections: { key: ["person", "face"], columns: ["person", "face"], watched: null },
  clusters: { key: ["id"], columns: ["id", "ignored", "mean"], watched: null },
  cluster_faces: { key: ["cluster", "face"], columns: ["cluster", "face", "rank"], watched: null },
} as const;

type TableName = keyof typeof TABLES;
const BLOBS = new Set(["encoding", "mean"]);

interface ChangeRow {
  tab: TableName;
  op: "insert" | "update" | "delete";
  row: string;
}

/** Remembers every change to people as the rows it found, so that the last one can be taken back, again and again. */
export interface Journal {
  /** Runs one change in one transaction and remembers it under a sentence. */
  change<T>(action: string, run: () => { result: T; sentence: string }): T;
  /** @throws `NOTHING_TO_UNDO` */
  undo(): { action: string; sentence: string };
  /** Forgets everything; `why` is told when somebody wants to undo. */
  clear(why: string): void;
  /** Forgets the changes that hold bytes of these faces, and all before them. */
  forgetFaces(faceIds: readonly number[]): void;
}

/**
 * Temporary triggers note the rows of the tables above while a change runs (the technique of
 * https://sqlite.org/undoredo.html, with rows kept as JSON instead of SQL).
 */
export function createJournal(db: Db, clock: Clock): Journal {
  db.exec("CREATE TEMP TABLE running (change INTEGER)");
  for (const name of Object.keys(TABLES) as TableName[]) createTriggers(db, name);
  const begin = db.prepare("INSERT INTO changes (at, action, sentence) VALUES (?, ?, '')");
  const describe = db.prepare("UPDATE changes SET sentence = ? WHERE id = ?");
  const setRunning = db.prepare("INSERT INTO temp.running VALUES (?)");
  const clearRunning = db.prepare("DELETE FROM temp.running");
  const trim = db.prepare(`DELETE FROM changes WHERE id <= (SELECT max(id) FROM changes) - ${DEPTH}`);
  const lastChange = db.prepare<[], { id: number; action: string; sentence: string }>(
    "SELECT id, action, sentence FROM changes ORDER BY id DESC LIMIT 1",
  );
  const rowsOf = db.prepare<[number], ChangeRow>(
    "SELECT tab, op, row FROM change_rows WHERE change = ? ORDER BY seq DESC",
  );
  const drop = db.prepare("DELETE FROM changes WHERE id = ?");
  const dropUpTo = db.prepare("DELETE FROM changes WHERE id <= ?");
  const dropAll = db.prepare("DELETE FROM changes");
  const newestWith = db.prepare<[number], { change: number }>(
    "SELECT max(change) AS change FROM change_rows WHERE face = ?",
  );
  const setWhy = db.prepare(
    "INSERT INTO meta VALUES ('nothing_to_undo', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const why = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'nothing_to_undo'");

  function takeBack({ tab, op, row }: ChangeRow): void {
    const { key, columns } = TABLES[tab];
    const values = JSON.parse(row) as Record<string, unknown>;
    const bound = (names: readonly string[]) =>
      names.map((name) =>
        BLOBS.has(name) && typeof values[name] === "string" ? Buffer.from(values[name], "hex") : values[name],
      );
    const where = key.map((name) => `${name} IS ?`).join(" AND ");
    if (op === "insert") db.prepare(`DELETE FROM ${tab} WHERE ${where}`).run(bound(key));
    else if (op === "update") {
      const set = columns.map((name) => `${name} = ?`).join(", ");
      db.prepare(`UPDATE ${tab} SET ${set} WHERE ${where}`).run([...bound(columns), ...bound(key)]);
    } else if (isStillPossible(tab, values)) {
      const marks = columns.map(() => "?").join(", ");
      db.prepare(`INSERT OR REPLACE INTO ${tab} (${columns.join(", ")}) VALUES (${marks})`).run(bound(columns));
    }
  }

  const faceExists = db.prepare("SELECT 1 FROM face_embeddings WHERE id = ?");

  /** What belonged to a face that retention has taken since does not come back. */
  function isStillPossible(tab: TableName, values: Record<string, unknown>): boolean {
    return !(tab === "rejections" || tab === "cluster_faces") || faceExists.get(values.face) !== undefined;
  }

  return {
    change(action, run) {
      return db
        .transaction(() => {
          const id = Number(begin.run(clock.now().toISOString(), action).lastInsertRowid);
          setRunning.run(id);
          try {
            const { result, sentence } = run();
            describe.run(sentence, id);
            trim.run();
            return result;
          } finally {
            clearRunning.run();
          }
        })
        .immediate();
    },

    undo() {
      return db
        .transaction(() => {
          const last = lastChange.get();
          if (!last) throw new FacesError("NOTHING_TO_UNDO", why.get()?.value ?? "there is no change to take back");
          for (const row of rowsOf.all(last.id)) takeBack(row);
          drop.run(last.id);
          return { action: last.action, sentence: last.sentence };
        })
        .immediate();
    },

    clear(reason) {
      dropAll.run();
      setWhy.run(reason);
    },

    forgetFaces(faceIds) {
      let newest = 0;
      for (const id of faceIds) newest = Math.max(newest, newestWith.get(id)?.change ?? 0);
      if (newest === 0) return;
      dropUpTo.run(newest);
      setWhy.run("the changes before the last purge can no longer be taken back");
    },
  };
}

function createTriggers(db: Db, name: TableName): void {
  const { columns, watched } = TABLES[name];
  const json = (which: "OLD" | "NEW") =>
    `json_object(${columns.map((c) => `'${c}', ${BLOBS.has(c) ? `hex(${which}.${c})` : `${which}.${c}`}`).join(", ")})`;
  const face = (which: "OLD" | "NEW") =>
    name === "face_embeddings"
      ? `${which}.id`
      : name === "rejections" || name === "cluster_faces"
        ? `${which}.face`
        : "NULL";
  const note = (op: string, which: "OLD" | "NEW") =>
    `INSERT INTO change_rows (change, tab, op, face, row) SELECT change, '${name}', '${op}', ${face(which)}, ${json(which)} FROM temp.running`;
  const when = "WHEN EXISTS (SELECT 1 FROM temp.running)";
  const of = watched === null ? "" : ` OF ${watched.join(", ")}`;
  db.exec(`
    CREATE TEMP TRIGGER ${name}_updated AFTER UPDATE${of} ON ${name} ${when} BEGIN ${note("update", "OLD")}; END;
    CREATE TEMP TRIGGER ${name}_inserted AFTER INSERT ON ${name} ${when} BEGIN ${note("insert", "NEW")}; END;
    CREATE TEMP TRIGGER ${name}_deleted AFTER DELETE ON ${name} ${when} BEGIN ${note("delete", "OLD")}; END;
  `);
}
