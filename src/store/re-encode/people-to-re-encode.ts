import { type BoxColumns, toBox } from "../faces/face-rows.ts";
import { checksum } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import { groupBy } from "../people/gallery.ts";
import type { PersonRows } from "../people/person-rows.ts";
import type { Store } from "../port.ts";

/**
 * Assigned faces `f` that a person's looks of another model (`:model`) are made of: those behind the looks that there are. A
 * person whose looks all came by the registry file has none of these; then it is all that are assigned.
 */
export const IS_TO_RE_ENCODE = `f.person_ref IS NOT NULL AND f.model <> :model AND (f.encoding_ref IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM face_embeddings o WHERE o.person_ref = f.person_ref AND o.encoding_ref IS NOT NULL))`;

interface Row extends BoxColumns {
  readonly id: number;
  readonly person: number;
  readonly source: string | null;
  readonly encoding: Buffer | null;
  readonly crc: number | null;
}

/** Who could have looks of another model, and from which faces. */
export function createPeopleToReEncode(
  { db, column }: Connection,
  people: Pick<PersonRows, "all">,
): Pick<Store, "peopleToReEncode"> {
  const faces = db.prepare<{ model: string }, Row>(
    `SELECT f.id, f.person_ref AS person, f.source, f.box_x, f.box_y, f.box_width, f.box_height,
       e.encoding, e.encoding_crc AS crc
     FROM face_embeddings f LEFT JOIN further_encodings e ON e.face_id = f.id AND e.model = :model
     WHERE ${IS_TO_RE_ENCODE} ORDER BY f.id`,
  );
  const withLook = column<[string], number>("SELECT DISTINCT person_ref FROM enrolled_encodings WHERE model = ?");

  return {
    async peopleToReEncode(model) {
      const byPerson = groupBy(faces.all({ model }), (row) => row.person);
      const enrolled = new Set(withLook.all(model));
      return people.all().map(({ ref, personId, name }) => ({
        personId,
        name,
        hasLook: enrolled.has(ref),
        faces: (byPerson.get(ref) ?? []).map((row) => ({
          id: row.id,
          source: row.source,
          box: toBox(row),
          isEncoded: row.encoding !== null && checksum(row.encoding) === row.crc,
        })),
      }));
    },
  };
}
