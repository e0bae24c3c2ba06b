import { FacesError } from "../../domain/errors.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesWere, namesInWords } from "../undo/sentences.ts";
import type { KnownPerson } from "./person-rows.ts";

interface Row {
  readonly id: number;
  readonly person_ref: number | null;
  readonly encoding_ref: number | null;
}

/** Takes faces out of their people, and keeps "not this person". */
export function createUnassign({ connection, people, enrolment, journal, steps }: ChangeDeps): Store["unassign"] {
  const { db, write } = connection;
  const find = db.prepare<[number], Row>("SELECT id, person_ref, encoding_ref FROM face_embeddings WHERE id = ?");
  const reject = db.prepare("INSERT OR IGNORE INTO rejections (person_ref, face_id) VALUES (?, ?)");

  function selectFaces(wanted: readonly number[]): { id: number; personRef: number; encodingRef: number | null }[] {
    if (wanted.length === 0) throw new FacesError("EMPTY_SELECTION", "no faces were given");
    return [...new Set(wanted)].map((id) => {
      const row = find.get(id);
      if (!row) throw new FacesError("FACE_NOT_FOUND", `face ${id} does not exist`);
      if (row.person_ref === null) throw new FacesError("FACE_NOT_ASSIGNED", `face ${id} is not assigned to a person`);
      return { id, personRef: row.person_ref, encodingRef: row.encoding_ref };
    });
  }

  return async (wanted) =>
    write(() => {
      const faces = selectFaces(wanted);
      const owners = [...new Set(faces.map((face) => face.personRef))].map((ref) => people.byRef(ref) as KnownPerson);
      const encodings = new Set(faces.flatMap((face) => face.encodingRef ?? []));
      const idsOf = ({ ref }: KnownPerson): number[] =>
        faces.filter((face) => face.personRef === ref).map((face) => face.id);
      return journal.record(
        "unassign",
        (recorder) => {
          const ids = faces.map((face) => face.id);
          for (const encoding of encodings) recorder.encoding(encoding);
          recorder.rejections(faces.map(({ personRef, id }) => ({ personRef, faceId: id })));
          steps.free(ids, recorder);
          for (const encoding of encodings) enrolment.remake(encoding);
          for (const { personRef, id } of faces) reject.run(personRef, id);
          steps.forgetSightings(ids, null, recorder);
          return owners.map((person) => steps.toOutcome(person, idsOf(person)));
        },
        () => `${facesWere(faces.length)} taken out of ${namesInWords(owners.map((person) => person.name))}`,
      );
    });
}
