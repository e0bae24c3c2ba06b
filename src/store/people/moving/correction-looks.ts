import type { EnrolledEncoding } from "../../../domain/person.ts";
import { distance } from "../../../domain/vectors/encoding.ts";
import { fromBlob } from "../../file/blobs.ts";
import type { Connection } from "../../file/database.ts";
import type { Enrolment } from "../enrolment.ts";

/** Looks that corrections give a person: of more, those stay that differ most from their other looks. */
const MOST = 5;

/** The looks that corrections of visits give people: a few each, or one who is corrected often would look like everybody. */
export interface CorrectionLooks {
  /** @returns the new encoding's id */
  add(personRef: number, encoding: EnrolledEncoding): number;
  /** Of too many, the id of the one that says least: the nearest to another look; never `added`. Null: they are not too many. */
  surplus(personRef: number, added: number): number | null;
}

interface Row {
  readonly id: number;
  readonly encoding: Buffer;
  readonly correction: number;
}

export function createCorrectionLooks({ db }: Connection, enrolment: Enrolment): CorrectionLooks {
  const mark = db.prepare("UPDATE enrolled_encodings SET correction = 1 WHERE id = ?");
  const ofSameModel = db.prepare<[number, number], Row>(
    `SELECT id, encoding, correction FROM enrolled_encodings
     WHERE person_ref = ? AND model = (SELECT model FROM enrolled_encodings WHERE id = ?) ORDER BY id`,
  );

  return {
    add(personRef, encoding) {
      const id = enrolment.add(personRef, encoding);
      mark.run(id);
      return id;
    },
    surplus(personRef, added) {
      const looks = ofSameModel.all(personRef, added).map((row) => ({ ...row, encoding: fromBlob(row.encoding) }));
      const corrections = looks.filter((look) => look.correction === 1);
      if (corrections.length <= MOST) return null;
      const toNearest = (id: number, encoding: Float32Array): number =>
        Math.min(...looks.filter((look) => look.id !== id).map((look) => distance(encoding, look.encoding)));
      const ranked = corrections
        .filter((look) => look.id !== added)
        .map(({ id, encoding }) => ({ id, nearest: toNearest(id, encoding) }))
        .sort((a, b) => a.nearest - b.nearest || a.id - b.id);
      return ranked[0]?.id ?? null;
    },
  };
}
