import { checksum } from "../file/blobs.ts";
import { groupBy } from "../people/gallery.ts";
import type { ChangeOutcome } from "../port/people.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { namesInWords } from "../undo/sentences.ts";
import { IS_TO_RE_ENCODE } from "./people-to-re-encode.ts";

/** Names that a sentence has room for. */
const NAMED = 5;

interface Row {
  readonly id: number;
  readonly person: number;
  /** The look that the face itself has a part in; null: none. */
  readonly own: number | null;
  /** The look of the further model. */
  readonly look: number | null;
  readonly encoding: Buffer;
  readonly crc: number;
}

/** Enrols the further encodings of a model, look by look as their faces were enrolled: one change of all people. */
export function createEnrolAgain({ connection, people, further, journal, steps }: ChangeDeps): Store["enrolAgain"] {
  const { db, write } = connection;
  const faces = db.prepare<{ model: string }, Row>(
    `SELECT f.id, f.person_ref AS person, f.encoding_ref AS own, e.encoding_ref AS look, e.encoding, e.encoding_crc AS crc
     FROM further_encodings e JOIN face_embeddings f ON f.id = e.face_id
     WHERE e.model = :model AND ${IS_TO_RE_ENCODE} ORDER BY f.person_ref, f.encoding_ref, f.id`,
  );

  return async (model, by) =>
    write(() => {
      const intact = faces.all({ model }).filter((row) => checksum(row.encoding) === row.crc);
      const byPerson = [...groupBy(intact, (row) => row.person)].filter(([, rows]) =>
        rows.some((row) => row.look === null),
      );
      if (byPerson.length === 0) return { change: null, people: [], looks: 0 };
      return journal.record(
        "re_encode",
        by,
        (recorder) => {
          let looks = 0;
          const outcomes = byPerson.flatMap(([ref, rows]): ChangeOutcome[] => {
            const person = people.byRef(ref);
            if (!person) return [];
            const faceIds = rows.map((row) => row.id);
            recorder.faces(faceIds);
            for (const [own, ofLook] of groupBy(rows, (row) => row.own)) {
              const ids = ofLook.map((row) => row.id);
              looks += further.enrol(ids, own, ref, recorder, model).length;
            }
            return [steps.toOutcome(person, faceIds, recorder)];
          });
          return { change: recorder.change, people: outcomes, looks };
        },
        ({ people: outcomes, looks }) => {
          const names = outcomes.map((one) => one.person.name);
          const who = names.length > NAMED ? `${names.length} people` : namesInWords(names);
          return `${who} got ${looks === 1 ? "a look" : `${looks} looks`} of the model ${model}`;
        },
      );
    });
}
