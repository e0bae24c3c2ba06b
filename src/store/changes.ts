import { meanEncoding, nearestIndex } from "../domain/encoding.ts";
import { FacesError } from "../domain/errors.ts";
import { nameKey, slug, uniqueSlug } from "../domain/names.ts";
import type { Person } from "../domain/person.ts";
import type { ClusterRows } from "./clusters.ts";
import type { Db } from "./database.ts";
import type { Journal } from "./journal.ts";
import type { AssignChange, ChangeOutcome, Store } from "./port.ts";
import { fromBlob, toBlob } from "./rows.ts";

export interface PersonRow {
  id: number;
  person_id: string;
  name: string;
  name_key: string;
}

/** The rows that changes to people are made of. */
export interface PeopleRows {
  byName(name: string): PersonRow | undefined;
  byId(personId: string): PersonRow;
  add(name: string): PersonRow;
  setName(row: PersonRow, name: string): void;
  /** Its faces are taken out of it, then it is gone. Returns their ids. */
  drop(row: PersonRow): number[];
  facesOf(row: PersonRow): number[];
  giveFaces(faceIds: readonly number[], to: PersonRow, enrolled: number | null): void;
  enrol(faceIds: readonly number[], to: PersonRow): number;
  enrolAgain(enrolled: number): void;
  countEncodings(row: PersonRow): number;
  outcome(row: PersonRow, faceIds: readonly number[]): ChangeOutcome;
}

export const toPerson = (row: PersonRow): Person => ({ personId: row.person_id, name: row.name });

export function createPeopleRows(db: Db): PeopleRows {
  const columns = "id, person_id, name, name_key";
  const byKey = db.prepare<[string], PersonRow>(`SELECT ${columns} FROM people WHERE name_key = ?`);
  const byPersonId = db.prepare<[string], PersonRow>(`SELECT ${columns} FROM people WHERE person_id = ?`);
  const insert = db.prepare("INSERT INTO people (person_id, name, name_key) VALUES (?, ?, ?)");
  const nextId = db.prepare<[], { n: number }>("SELECT coalesce(max(id), 0) + 1 AS n FROM people");
  const setName = db.prepare("UPDATE people SET name = ?, name_key = ? WHERE id = ?");
  const renameFaces = db.prepare("UPDATE face_embeddings SET person_name = ? WHERE person = ?");
  const renameMatches = db.prepare("UPDATE face_embeddings SET matched_name = ? WHERE matched = ?");
  const forgetMatches = db.prepare(
    "UPDATE face_embeddings SET matched = NULL, matched_name = NULL, matched_distance = NULL WHERE matched = ?",
  );
  const freeFaces = db.prepare(
    "UPDATE face_embeddings SET person = NULL, person_name = NULL, enrolled = NULL WHERE person = ?",
  );
  const dropRejections = db.prepare("DELETE FROM rejections WHERE person = ?");
  const dropEnrolled = db.prepare("DELETE FROM enrolled WHERE person = ?");
  const drop = db.prepare("DELETE FROM people WHERE id = ?");
  const faces = db.prepare<[number], { id: number }>("SELECT id FROM face_embeddings WHERE person = ? ORDER BY id");
  const give = db.prepare("UPDATE face_embeddings SET person = ?, person_name = ?, enrolled = ? WHERE id = ?");
  const dropRejection = db.prepare("DELETE FROM rejections WHERE person = ? AND face = ?");
  const face = db.prepare<[number], { encoding: Buffer; source: string | null }>(
    "SELECT encoding, source FROM face_embeddings WHERE id = ?",
  );
  const addEnrolled = db.prepare(
    "INSERT INTO enrolled (person, encoding, source, sources, count) VALUES (?, ?, ?, ?, ?)",
  );
  const setEnrolled = db.prepare("UPDATE enrolled SET encoding = ?, source = ?, sources = ?, count = ? WHERE id = ?");
  const facesBehind = db.prepare<[number], { id: number }>(
    "SELECT id FROM face_embeddings WHERE enrolled = ? ORDER BY id",
  );
  const dropOneEnrolled = db.prepare("DELETE FROM enrolled WHERE id = ?");
  const count = db.prepare<[number], { n: number }>("SELECT count(*) AS n FROM enrolled WHERE person = ?");

  /** The mean of faces, the frame of the one nearest to it, and all their frames. */
  function meanOf(faceIds: readonly number[]): [Buffer, string, string, number] {
    const rows = faceIds.map((id) => face.get(id) as { encoding: Buffer; source: string | null });
    const encodings = rows.map((row) => fromBlob(row.encoding));
    const mean = meanEncoding(encodings);
    const sources = [...new Set(rows.flatMap((row) => row.source ?? []))];
    const source = rows[nearestIndex(mean, encodings)]?.source ?? sources[0] ?? "";
    return [toBlob(mean), source, JSON.stringify(sources), rows.length];
  }

  const people: PeopleRows = {
    byName: (name) => byKey.get(nameKey(name)) ?? byPersonId.get(name),

    byId(personId) {
      const row = byPersonId.get(personId);
      if (!row) throw new FacesError("PERSON_NOT_FOUND", `person "${personId}" does not exist`);
      return row;
    },

    add(name) {
      const base = slug(name, `person_${nextId.get()?.n ?? 1}`);
      const personId = uniqueSlug(
        base,
        (id) => byPersonId.get(id) !== undefined || (byKey.get(id) !== undefined && id !== nameKey(name)),
      );
      insert.run(personId, name, nameKey(name));
      return byKey.get(nameKey(name)) as PersonRow;
    },

    setName(row, name) {
      setName.run(name, nameKey(name), row.id);
      renameFaces.run(name, row.id);
      renameMatches.run(name, row.id);
    },

    drop(row) {
      const ids = people.facesOf(row);
      freeFaces.run(row.id);
      forgetMatches.run(row.id);
      dropRejections.run(row.id);
      dropEnrolled.run(row.id);
      drop.run(row.id);
      return ids;
    },

    facesOf: (row) => faces.all(row.id).map((one) => one.id),

    giveFaces(faceIds, to, enrolled) {
      for (const id of faceIds) {
        dropRejection.run(to.id, id);
        give.run(to.id, to.name, enrolled, id);
      }
    },

    enrol(faceIds, to) {
      const [mean, source, sources, n] = meanOf(faceIds);
      return Number(addEnrolled.run(to.id, mean, source, sources, n).lastInsertRowid);
    },

    enrolAgain(enrolled) {
      const behind = facesBehind.all(enrolled).map((one) => one.id);
      if (behind.length === 0) dropOneEnrolled.run(enrolled);
      else setEnrolled.run(...meanOf(behind), enrolled);
    },

    countEncodings: (row) => count.get(row.id)?.n ?? 0,

    outcome: (row, faceIds) => ({ person: toPerson(row), faceIds, encodingCount: people.countEncodings(row) }),
  };
  return people;
}

type ChangeMethods = Pick<Store, "assign" | "claim" | "unassign" | "rename" | "merge" | "ignore" | "unignore" | "undo">;

const faces = (n: number): string => `${n} ${n === 1 ? "face" : "faces"}`;

/** Every change a person can make to people, each remembered for undo. */
export function createChanges(
  db: Db,
  people: PeopleRows,
  clusters: ClusterRows & Pick<Store, "cluster">,
  journal: Journal,
): ChangeMethods {
  const faceRow = db.prepare<[number], { person: number | null; enrolled: number | null }>(
    "SELECT person, enrolled FROM face_embeddings WHERE id = ?",
  );
  const personRow = db.prepare<[number], PersonRow>("SELECT id, person_id, name, name_key FROM people WHERE id = ?");
  const takeFace = db.prepare(
    "UPDATE face_embeddings SET person = NULL, person_name = NULL, enrolled = NULL WHERE id = ?",
  );
  const reject = db.prepare("INSERT OR IGNORE INTO rejections (person, face) VALUES (?, ?)");
  const sameFrame = db.prepare<[number, number], { id: number }>(`
    SELECT o.id FROM face_embeddings f JOIN face_embeddings o ON o.source = f.source AND o.camera = f.camera AND o.id <> f.id
    WHERE f.id = ? AND o.person = ?`);
  const frameOf = db.prepare<[number], { frame: string | null }>(
    "SELECT camera || char(10) || source AS frame FROM face_embeddings WHERE id = ?",
  );
  const moveFaces = db.prepare("UPDATE face_embeddings SET person = ?, person_name = ? WHERE person = ?");
  const moveEnrolled = db.prepare("UPDATE enrolled SET person = ? WHERE person = ?");
  const moveMatches = db.prepare("UPDATE face_embeddings SET matched = ?, matched_name = ? WHERE matched = ?");
  const moveRejections = db.prepare(
    "INSERT OR IGNORE INTO rejections (person, face) SELECT ?, face FROM rejections WHERE person = ?",
  );
  const setIgnored = db.prepare("UPDATE face_embeddings SET ignored = ? WHERE id = ?");
  const setClusterIgnored = db.prepare("UPDATE clusters SET ignored = ? WHERE id = ?");
  const everybody = db.prepare<[], PersonRow>("SELECT id, person_id, name, name_key FROM people");

  function checkFrames(faceIds: readonly number[], person: PersonRow | undefined): void {
    const frames = new Map<string, number>();
    for (const id of faceIds) {
      const frame = frameOf.get(id)?.frame ?? null;
      const twin = frame === null ? undefined : (frames.get(frame) ?? (person && sameFrame.get(id, person.id)?.id));
      if (twin !== undefined) {
        throw new FacesError("SAME_FRAME", "two of these faces are in one frame, so they are two people", {
          details: { faces: [twin, id] },
        });
      }
      if (frame !== null) frames.set(frame, id);
    }
  }

  function select({ cluster, version, excludeFaces }: AssignChange): number[] {
    const members = clusters.members(cluster, false, version);
    for (const id of excludeFaces) {
      if (!faceRow.get(id)) throw new FacesError("FACE_NOT_FOUND", `face ${id} does not exist`);
      if (!members.includes(id)) throw new FacesError("INVALID_INPUT", `face ${id} is not in cluster "${cluster}"`);
    }
    const left = members.filter((id) => !excludeFaces.includes(id));
    if (left.length === 0) throw new FacesError("EMPTY_SELECTION", "no face is left to assign");
    return left;
  }

  function checkFreeName(name: string, self: PersonRow | null): void {
    const owner = people.byName(name);
    if (owner && owner.id !== self?.id && owner.person_id === name) {
      throw new FacesError("INVALID_NAME", `"${name}" is the id of ${owner.name}`);
    }
  }

  function joinInto(loser: PersonRow, winner: PersonRow): number[] {
    const moved = people.facesOf(loser);
    moveFaces.run(winner.id, winner.name, loser.id);
    moveEnrolled.run(winner.id, loser.id);
    moveMatches.run(winner.id, winner.name, loser.id);
    moveRejections.run(winner.id, loser.id);
    people.drop(loser);
    return moved;
  }

  return {
    assign: async (wanted) =>
      journal.change("assign", () => {
        const selected = select(wanted);
        const known = people.byName(wanted.name);
        if (!wanted.allowSameFrame) checkFrames(selected, known);
        const person = known ?? people.add(wanted.name);
        people.giveFaces(selected, person, people.enrol(selected, person));
        clusters.takeOut(selected);
        return {
          result: { ...people.outcome(person, selected), created: known === undefined },
          sentence: `${faces(selected.length)} were named ${person.name}`,
        };
      }),

    claim: async (personId, faceIds) =>
      journal.change("claim", () => {
        const person = people.byId(personId);
        const free = faceIds.filter((id) => faceRow.get(id)?.person === null);
        if (free.length === 0) throw new FacesError("EMPTY_SELECTION", "there is no face to claim");
        clusters.takeOut(free);
        people.giveFaces(free, person, null);
        return {
          result: people.outcome(person, free),
          sentence: `${faces(free.length)} more were named ${person.name}`,
        };
      }),

    unassign: async (faceIds) =>
      journal.change("unassign", () => {
        const byPerson = new Map<number, number[]>();
        const encodings = new Set<number>();
        for (const id of faceIds) {
          const row = faceRow.get(id);
          if (!row) throw new FacesError("FACE_NOT_FOUND", `face ${id} does not exist`);
          if (row.person === null) throw new FacesError("FACE_NOT_ASSIGNED", `face ${id} is not assigned to anybody`);
          byPerson.set(row.person, [...(byPerson.get(row.person) ?? []), id]);
          if (row.enrolled !== null) encodings.add(row.enrolled);
        }
        for (const [person, ids] of byPerson) {
          for (const id of ids) {
            takeFace.run(id);
            reject.run(person, id);
          }
        }
        for (const encoding of encodings) people.enrolAgain(encoding);
        const outcomes = [...byPerson].map(([person, ids]) => people.outcome(personRow.get(person) as PersonRow, ids));
        const names = outcomes.map((one) => one.person.name).join(" and ");
        return { result: outcomes, sentence: `${faces(faceIds.length)} were taken out of ${names}` };
      }),

    rename: async (personId, to, merge) =>
      journal.change<Awaited<ReturnType<Store["rename"]>>>(merge ? "merge" : "rename", () => {
        const row = people.byId(personId);
        const before = toPerson(row);
        checkFreeName(to, row);
        const other = people.byName(to);
        if (!other || other.id === row.id) {
          people.setName(row, to);
          const now = { ...row, name: to };
          const result = { ...people.outcome(now, people.facesOf(now)), before, joined: null };
          return { result, sentence: `${before.name} was renamed to ${to}` };
        }
        const joined = { faces: people.facesOf(row).length, encodings: people.countEncodings(row) };
        if (!merge) {
          throw new FacesError(
            "PERSON_EXISTS",
            `there is somebody called ${other.name}: merging joins ${before.name} to them`,
            {
              details: {
                person: other.name,
                person_id: other.person_id,
                faces: people.facesOf(other).length,
                encodings: people.countEncodings(other),
                joining: { person: before.name, person_id: before.personId, ...joined },
              },
            },
          );
        }
        const moved = joinInto(row, other);
        return {
          result: { ...people.outcome(other, moved), before, joined },
          sentence: `${before.name} was merged into ${other.name}`,
        };
      }),

    merge: async (fromIds, to) =>
      journal.change("merge", () => {
        const winner = people.byId(to);
        const losers = fromIds.map((id) => people.byId(id));
        const moved = losers.flatMap((loser) => joinInto(loser, winner));
        const names = losers.map((one) => one.name).join(", ");
        return {
          result: { ...people.outcome(winner, moved), removed: losers.map(toPerson) },
          sentence: `${names} ${losers.length === 1 ? "was" : "were"} merged into ${winner.name}`,
        };
      }),

    async ignore(cluster, version) {
      journal.change("ignore", () => {
        const members = clusters.members(cluster, false, version);
        for (const id of members) setIgnored.run(cluster, id);
        setClusterIgnored.run(1, cluster);
        return { result: undefined, sentence: `a group of ${faces(members.length)} was ignored` };
      });
      const ignored = await clusters.cluster(cluster);
      if (!ignored) throw new FacesError("CLUSTER_NOT_FOUND", `there is no cluster "${cluster}"`);
      return ignored;
    },

    unignore: async (cluster) =>
      journal.change("unignore", () => {
        const members = clusters.members(cluster, true, null);
        for (const id of members) setIgnored.run(null, id);
        setClusterIgnored.run(0, cluster);
        return {
          result: { cluster, faceIds: members },
          sentence: `a group of ${faces(members.length)} was no longer ignored`,
        };
      }),

    async undo() {
      const before = everybody.all().map(toPerson);
      const { action, sentence } = journal.undo();
      return { action, sentence: `Taken back: ${sentence}`, before, after: everybody.all().map(toPerson) };
    },
  };
}
