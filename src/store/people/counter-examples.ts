import { toMean, withoutEncodings } from "../../domain/vectors/mean.ts";
import type { Matches } from "../faces/matches.ts";
import { checksum, fromBlob, toBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Recorder } from "../undo/recorder.ts";

/** What a person is not, as recognition compares with it. */
export interface CounterExample {
  readonly personRef: number;
  readonly encoding: Float32Array;
  /** Number of faces that it is the mean of. */
  readonly count: number;
  readonly model: string;
}

/**
 * "Not Anna", as it is kept: one encoding of the person each, without picture, camera or source, until the person is
 * deleted. Rejections say of which faces it was made while those are there. Everything happens inside the caller's
 * transaction, and is recorded where a recorder is given.
 */
export interface CounterExamples {
  /**
   * Says that faces are not a person. Each makes a counter-example, or `together` all of them one (of each model), their
   * mean; those that were denied before are passed over. Matches with the person are dropped.
   */
  deny(personRef: number, faceIds: readonly number[], together: boolean, recorder: Recorder): void;
  /** Takes that back, of faces that are the person after all: what was made of them alone goes, a mean is computed without them. */
  allow(personRef: number, faceIds: readonly number[], recorder: Recorder | null): void;
  /** Gives one person's to another; a face that was denied to be either is denied once. */
  move(from: number, to: number, recorder: Recorder): void;
  /** Of a person who is deleted. */
  removeAll(personRef: number, recorder: Recorder | null): void;
  /** Of faces that are erased, whichever person they were denied to be. */
  eraseFaces(faceIds: readonly number[]): void;
  /** Makes those that are missing: rejections of version 0.1 have none, nor have those that an undo brought back from it. */
  complete(): void;
  /** Whether each of the faces was denied to be the person. */
  deniesAll(personRef: number, faceIds: readonly number[]): boolean;
  /** In order; damaged ones are left out. */
  all(): CounterExample[];
}

interface Row {
  readonly id: number;
  readonly person_ref: number;
  readonly model: string;
  readonly count: number;
  readonly mean_length: number | null;
  readonly encoding: Buffer;
  readonly encoding_crc: number;
}

interface FaceRow {
  readonly id: number;
  readonly model: string;
  readonly encoding: Buffer;
}

interface Link {
  readonly personRef: number;
  readonly faceId: number;
  readonly example: number | null;
}

export function createCounterExamples({ db, column }: Connection, matches: Pick<Matches, "drop">): CounterExamples {
  const undenied = db.prepare<[string, number], FaceRow>(
    `SELECT f.id, f.model, f.encoding FROM face_embeddings f WHERE f.id IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.person_ref = ? AND r.face_id = f.id) ORDER BY f.id`,
  );
  const matched = column<[number, string], number>(
    "SELECT id FROM face_embeddings WHERE matched_ref = ? AND id IN (SELECT value FROM json_each(?))",
  );
  const insert = db.prepare(
    `INSERT INTO counter_examples (person_ref, model, count, mean_length, encoding, encoding_crc)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const reject = db.prepare("INSERT INTO rejections (person_ref, face_id, example_ref) VALUES (?, ?, ?)");
  const linkColumns = "r.person_ref AS personRef, r.face_id AS faceId, r.example_ref AS example";
  const linksOf = db.prepare<[number, string], Link>(
    `SELECT ${linkColumns} FROM rejections r WHERE r.person_ref = ? AND r.face_id IN (SELECT value FROM json_each(?))`,
  );
  const linksOfFaces = db.prepare<[string], Link>(
    `SELECT ${linkColumns} FROM rejections r WHERE r.face_id IN (SELECT value FROM json_each(?))`,
  );
  const deniedToBoth = column<[number, number], number>(
    `SELECT a.face_id FROM rejections a JOIN rejections b ON b.face_id = a.face_id
     WHERE a.person_ref = ? AND b.person_ref = ?`,
  );
  const incomplete = db.prepare<[], FaceRow & { readonly personRef: number }>(
    `SELECT r.person_ref AS personRef, f.id, f.model, f.encoding FROM rejections r
     JOIN face_embeddings f ON f.id = r.face_id WHERE r.example_ref IS NULL ORDER BY r.person_ref, r.face_id`,
  );
  const link = db.prepare("UPDATE rejections SET example_ref = ? WHERE person_ref = ? AND face_id = ?");
  const unlink = db.prepare("DELETE FROM rejections WHERE person_ref = ? AND face_id = ?");
  const encodingOf = column<[number], Buffer>("SELECT encoding FROM face_embeddings WHERE id = ?");
  const one = db.prepare<[number], Row>("SELECT * FROM counter_examples WHERE id = ?");
  const update = db.prepare(
    "UPDATE counter_examples SET count = ?, mean_length = ?, encoding = ?, encoding_crc = ? WHERE id = ?",
  );
  const drop = db.prepare("DELETE FROM counter_examples WHERE id = ?");
  const idsOf = column<[number], number>("SELECT id FROM counter_examples WHERE person_ref = ? ORDER BY id");
  const facesOf = column<[number], number>("SELECT face_id FROM rejections WHERE person_ref = ? ORDER BY face_id");
  const giveExamples = db.prepare("UPDATE counter_examples SET person_ref = ? WHERE person_ref = ?");
  const giveLinks = db.prepare("UPDATE rejections SET person_ref = ? WHERE person_ref = ?");
  const dropLinks = db.prepare("DELETE FROM rejections WHERE person_ref = ?");
  const dropAll = db.prepare("DELETE FROM counter_examples WHERE person_ref = ?");
  const all = db.prepare<[], Row>("SELECT * FROM counter_examples ORDER BY person_ref, id");

  /** @param faces of one model, at least one */
  function make(personRef: number, faces: readonly [FaceRow, ...FaceRow[]]): number {
    const [{ model }] = faces;
    const made = toMean(
      faces.map((face) => fromBlob(face.encoding)),
      model,
    );
    const blob = toBlob(made.mean);
    const { lastInsertRowid } = insert.run(personRef, model, made.count, made.plainLength, blob, checksum(blob));
    return Number(lastInsertRowid);
  }

  /** The mean of the others, exact also when some of them are gone. */
  function takeOut(example: number, faceIds: readonly number[]): void {
    const row = one.get(example);
    if (!row) return;
    const { count, mean_length: plainLength, model } = row;
    const out = faceIds.map((id) => fromBlob(encodingOf.get(id) as Buffer));
    const left = withoutEncodings({ mean: fromBlob(row.encoding), count, plainLength }, out, model);
    if (!left) {
      drop.run(example);
      return;
    }
    const blob = toBlob(left.mean);
    update.run(left.count, left.plainLength, blob, checksum(blob), example);
  }

  function removeLinks(links: readonly Link[], recorder: Recorder | null): void {
    recorder?.rejections(links);
    for (const example of new Set(links.flatMap((link) => link.example ?? []))) {
      recorder?.example(example);
      const ofIt = links.filter((link) => link.example === example);
      takeOut(
        example,
        ofIt.map((link) => link.faceId),
      );
    }
    for (const { personRef, faceId } of links) unlink.run(personRef, faceId);
  }

  const examples: CounterExamples = {
    deny(personRef, faceIds, together, recorder) {
      const faces = undenied.all(JSON.stringify(faceIds), personRef);
      recorder.rejections(faces.map(({ id }) => ({ personRef, faceId: id })));
      const models = [...new Set(faces.map((face) => face.model))];
      const ofOneModel = models.map((model) => faces.filter((face) => face.model === model));
      const groups = together ? ofOneModel : faces.map((face) => [face]);
      for (const group of groups) {
        const [first, ...others] = group;
        if (!first) continue;
        const example = make(personRef, [first, ...others]);
        recorder.exampleMade(example);
        for (const { id } of group) reject.run(personRef, id, example);
      }
      matches.drop(matched.all(personRef, JSON.stringify(faceIds)), recorder);
    },
    allow: (personRef, faceIds, recorder) => removeLinks(linksOf.all(personRef, JSON.stringify(faceIds)), recorder),
    move(from, to, recorder) {
      examples.allow(from, deniedToBoth.all(from, to), recorder);
      for (const id of idsOf.all(from)) recorder.example(id);
      const faces = facesOf.all(from);
      recorder.rejections(faces.flatMap((faceId) => [from, to].map((personRef) => ({ personRef, faceId }))));
      giveExamples.run(to, from);
      giveLinks.run(to, from);
    },
    removeAll(personRef, recorder) {
      for (const id of idsOf.all(personRef)) recorder?.example(id);
      recorder?.rejections(facesOf.all(personRef).map((faceId) => ({ personRef, faceId })));
      dropLinks.run(personRef);
      dropAll.run(personRef);
    },
    eraseFaces: (faceIds) => removeLinks(linksOfFaces.all(JSON.stringify(faceIds)), null),
    complete() {
      for (const { personRef, ...face } of incomplete.all()) link.run(make(personRef, [face]), personRef, face.id);
    },
    deniesAll(personRef, faceIds) {
      const denied = new Set(facesOf.all(personRef));
      return faceIds.every((id) => denied.has(id));
    },
    all: () =>
      all
        .all()
        .filter((row) => checksum(row.encoding) === row.encoding_crc)
        .map(({ person_ref: personRef, encoding, count, model }) => ({
          personRef,
          encoding: fromBlob(encoding),
          count,
          model,
        })),
  };
  return examples;
}
