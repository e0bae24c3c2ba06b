import { FacesError } from "../../../domain/errors.ts";
import { createFaceSelection } from "../../clusters/face-selection.ts";
import type { Store } from "../../port.ts";
import type { ChangeDeps } from "../../undo/change-steps.ts";
import { facesWere, namesInWords } from "../../undo/sentences.ts";
import { findPerson } from "../assign.ts";
import { type CorrectedFace, createGiveCorrected } from "./give-corrected.ts";

interface MovedFace extends CorrectedFace {
  readonly camera: string;
}

/** Gives single faces to a person, out of other people, clusters and ignored ones. */
export function createMove(deps: ChangeDeps): Store["move"] {
  const { connection, people, clusters, journal, steps } = deps;
  const { checkFrames } = createFaceSelection({ connection, clusters });
  const give = createGiveCorrected(deps);
  const find = connection.db.prepare<[number], MovedFace>(
    `SELECT id, camera, source, encoding, model, person_ref AS person, encoding_ref AS encodingRef
     FROM face_embeddings WHERE id = ?`,
  );

  function select(wanted: readonly number[]): MovedFace[] {
    if (wanted.length === 0) throw new FacesError("EMPTY_SELECTION", "no faces were given");
    return [...new Set(wanted)].map((id) => {
      const face = find.get(id);
      if (!face) throw new FacesError("FACE_NOT_FOUND", `face ${id} does not exist`);
      return face;
    });
  }

  return async ({ faceIds, name, addLooks, allowSameFrame }, by) =>
    connection.write(() => {
      const selected = select(faceIds);
      const known = findPerson(people, name);
      const faces = selected.filter((face) => face.person === null || face.person !== known?.ref);
      if (known && faces.length === 0) return { ...steps.toOutcome(known, [], null), created: false, from: [] };
      if (!allowSameFrame) checkFrames(faces, known);
      const owners = [...new Set(faces.map((face) => face.person))].flatMap((ref) => {
        const owner = ref === null ? null : people.byRef(ref);
        return owner ? [{ personId: owner.personId, name: owner.name }] : [];
      });
      return journal.record(
        "assign",
        by,
        (recorder) => {
          const person = known ?? steps.make(name, recorder);
          for (const model of new Set(faces.map((face) => face.model))) {
            const ofModel = faces.filter((face) => face.model === model);
            give(ofModel, person.ref, !known || addLooks.includes(model), recorder);
          }
          const ids = faces.map((face) => face.id);
          return { ...steps.toOutcome(person, ids, recorder), created: !known, from: owners };
        },
        ({ person, from, created }) => {
          const others = from.map((one) => one.name);
          const source = from.length === 0 ? "" : `, from ${namesInWords(others)}`;
          return {
            sentence: `${facesWere(faces.length)} assigned to ${person.name}${source}`,
            ...(from.length > 0 ? { form: "moved" } : created ? { form: "new_person" } : {}),
            faces: faces.length,
            names: [person.name, ...others],
          };
        },
      );
    });
}
