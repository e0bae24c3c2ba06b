import { readCursor, toPageOf } from "../../domain/cursors.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Person, PersonSummary } from "../../domain/person.ts";
import { nameKey, slug, uniqueSlug } from "../../domain/text/names.ts";
import { IS_RECOGNIZED_AS_P } from "../faces/person-faces.ts";
import type { Connection } from "../file/database.ts";
import { toDate } from "../file/dates.ts";
import type { Store } from "../port.ts";
import type { Erasures } from "./erasures.ts";
import type { Portraits } from "./portrait/portraits.ts";

/** A person with its number in the database. */
export interface KnownPerson extends Person {
  readonly ref: number;
}

/** The table of people. Changes happen inside the caller's transaction. */
export interface PersonRows extends Pick<Store, "people" | "person"> {
  all(): KnownPerson[];
  byRef(ref: number): KnownPerson | null;
  byName(name: string): KnownPerson | null;
  byId(personId: string): KnownPerson | null;
  /** @throws `PERSON_NOT_FOUND` */
  need(personId: string): KnownPerson;
  /** @throws `INVALID_NAME` when the name is the person_id of another person than `self` (a ref). */
  checkName(name: string, self: number | null): void;
  /** A new person; the name is free. The id is made of it, and equals no other person's id or name. */
  create(name: string): KnownPerson;
  /** The name wherever it is stored: with the person, the faces and the matches. */
  setName(ref: number, name: string): void;
  /** Deletes a person that no row refers to any more. */
  drop(ref: number): void;
  /** Of the assigned faces. */
  faceIds(ref: number): number[];
}

/** The first (or with DESC the last) of the faces assigned to `p`, or recognized as `p`. */
const first = (order: "ASC" | "DESC"): string => {
  const half = (condition: string): string =>
    `SELECT * FROM (SELECT f.id, f.captured_at FROM face_embeddings f WHERE ${condition}
       ORDER BY f.captured_at ${order}, f.id ${order} LIMIT 1)`;
  return `SELECT id FROM (${half("f.person_ref = p.id")} UNION ALL ${half(IS_RECOGNIZED_AS_P)})
    ORDER BY captured_at ${order}, id ${order} LIMIT 1`;
};

/** Of the recognized faces few are denied: those are counted apart, so that the many are counted from the index alone. */
const SUMMARY = `
  SELECT p.id AS ref, p.person_id AS personId, p.name, p.name_key AS key,
    (SELECT count(*) FROM enrolled_encodings e WHERE e.person_ref = p.id) AS encodings,
    (SELECT json_group_array(DISTINCT model) FROM enrolled_encodings e WHERE e.person_ref = p.id) AS models,
    (SELECT count(*) FROM face_embeddings f WHERE f.person_ref = p.id) AS faces,
    (SELECT count(*) FROM face_embeddings f WHERE f.matched_ref = p.id AND f.person_ref IS NULL)
      - (SELECT count(*) FROM rejections r JOIN face_embeddings f ON f.id = r.face_id
        WHERE r.person_ref = p.id AND f.matched_ref = p.id AND f.person_ref IS NULL) AS recognized,
    o.captured_at AS firstSeen,
    CASE WHEN p.seen_at > IFNULL(n.captured_at, '') THEN p.seen_at ELSE n.captured_at END AS lastSeen,
    CASE WHEN p.seen_at > IFNULL(n.captured_at, '') THEN p.seen_camera ELSE n.camera END AS lastCamera,
    (SELECT f.id FROM face_embeddings f
      WHERE f.person_ref = p.id AND EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id)
      ORDER BY f.captured_at DESC, f.id DESC LIMIT 1) AS thumbnailFace
  FROM people p
  LEFT JOIN face_embeddings o ON o.id = (${first("ASC")})
  LEFT JOIN face_embeddings n ON n.id = (${first("DESC")})`;

export function createPersonRows({ db, column }: Connection, erasures: Erasures, portraits: Portraits): PersonRows {
  const columns = "id AS ref, person_id AS personId, name";
  const all = db.prepare<[], KnownPerson>(`SELECT ${columns} FROM people ORDER BY id`);
  const byRef = db.prepare<[number], KnownPerson>(`SELECT ${columns} FROM people WHERE id = ?`);
  const byKey = db.prepare<[string], KnownPerson>(`SELECT ${columns} FROM people WHERE name_key = ?`);
  const byId = db.prepare<[string], KnownPerson>(`SELECT ${columns} FROM people WHERE person_id = ?`);
  const list = db.prepare<[string, number], SummaryRow>(`${SUMMARY} WHERE p.name_key > ? ORDER BY p.name_key LIMIT ?`);
  const summary = db.prepare<[number], SummaryRow>(`${SUMMARY} WHERE p.id = ?`);
  const insert = db.prepare("INSERT INTO people (person_id, name, name_key) VALUES (?, ?, ?)");
  const setName = db.prepare("UPDATE people SET name = ?, name_key = ? WHERE id = ?");
  const nameFaces = db.prepare("UPDATE face_embeddings SET person_name = :name WHERE person_ref = :ref");
  const nameMatches = db.prepare("UPDATE face_embeddings SET matched_name = :name WHERE matched_ref = :ref");
  const drop = db.prepare("DELETE FROM people WHERE id = ?");
  const count = column<[], number>("SELECT COALESCE(max(id), 0) FROM people");
  const faceIds = column<[number], number>("SELECT id FROM face_embeddings WHERE person_ref = ? ORDER BY id");

  const byName = (name: string): KnownPerson | null => byKey.get(nameKey(name)) ?? null;

  function toSummary({ key: _, ref, ...row }: SummaryRow): PersonSummary {
    return {
      ...row,
      models: (JSON.parse(row.models) as string[]).sort(),
      firstSeen: toDate(row.firstSeen),
      lastSeen: toDate(row.lastSeen),
      portraitFace: portraits.of(ref),
      chosenPortrait: portraits.chosen(ref),
    };
  }

  return {
    all: () => all.all(),
    byRef: (ref) => byRef.get(ref) ?? null,
    byName,
    byId: (personId) => byId.get(personId) ?? null,
    need(personId) {
      const person = byId.get(personId);
      if (!person) throw new FacesError("PERSON_NOT_FOUND", `person "${personId}" does not exist`);
      return person;
    },
    checkName(name, self) {
      const other = byId.get(nameKey(name));
      if (!other || other.ref === self) return;
      throw new FacesError("INVALID_NAME", `"${name}" is the id of ${other.name}: choose another name`, {
        details: { person: other.name, person_id: other.personId },
      });
    },
    create(name) {
      const taken = (id: string): boolean => byId.get(id) !== undefined || byKey.get(id) !== undefined;
      const personId = uniqueSlug(slug(name, `person_${(count.get() ?? 0) + 1}`), taken);
      const { lastInsertRowid } = insert.run(personId, name, nameKey(name));
      erasures.forget(name);
      return { ref: Number(lastInsertRowid), personId, name };
    },
    setName(ref, name) {
      setName.run(name, nameKey(name), ref);
      nameFaces.run({ ref, name });
      nameMatches.run({ ref, name });
      erasures.forget(name);
    },
    drop: (ref) => void drop.run(ref),
    faceIds: (ref) => faceIds.all(ref),

    async people(page) {
      const after = readCursor(page, [""] as [string]);
      const rows = list.all(after?.[0] ?? "", page.limit + 1);
      return toPageOf(rows, page.limit, toSummary, (row) => [row.key]);
    },
    async person(nameOrId) {
      const person = byName(nameOrId) ?? byId.get(nameOrId);
      const row = person && summary.get(person.ref);
      return row ? toSummary(row) : null;
    },
  };
}

type SummaryRow = Omit<PersonSummary, "models" | "firstSeen" | "lastSeen" | "portraitFace" | "chosenPortrait"> & {
  readonly ref: number;
  /** JSON */
  readonly models: string;
  readonly key: string;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
};
