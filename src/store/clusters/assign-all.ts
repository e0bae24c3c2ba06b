import { FacesError } from "../../domain/errors.ts";
import type { KnownPerson } from "../people/person-rows.ts";
import type { ClusterToAssign } from "../port/people.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords, groupsInWords, namesInWords } from "../undo/sentences.ts";
import { createFaceSelection } from "./face-selection.ts";

/** Gives clusters to known people, as one change. */
export function createAssignAll(deps: ChangeDeps): Store["assignAll"] {
  const { connection, people, clusters, journal, steps } = deps;
  const selection = createFaceSelection({ connection, clusters });

  /** Its faces; null when it is not as it was shown. */
  function select({ cluster, version }: ClusterToAssign, person: KnownPerson, allowSameFrame: boolean) {
    try {
      const faces = selection.select({ cluster, version, excludeFaces: [] });
      if (!allowSameFrame) selection.checkFrames(faces, person);
      return faces;
    } catch (error) {
      if (error instanceof FacesError) return null;
      throw error;
    }
  }

  return async (wanted, allowSameFrame, by) =>
    connection.write(() =>
      journal.record(
        "assign",
        by,
        (recorder) => {
          const given = new Map<KnownPerson["ref"], { person: KnownPerson; faceIds: number[] }>();
          const done: string[] = [];
          for (const one of wanted) {
            const person = people.byId(one.personId);
            if (!person) continue;
            const faces = select(one, person, allowSameFrame);
            if (!faces) continue;
            const faceIds = faces.map((face) => face.id);
            if (one.enrol) steps.enrol(faces, person.ref, recorder);
            else steps.give(faceIds, person.ref, null, recorder);
            done.push(one.cluster);
            const before = given.get(person.ref)?.faceIds ?? [];
            given.set(person.ref, { person, faceIds: [...before, ...faceIds] });
          }
          if (done.length === 0) throw new FacesError("EMPTY_SELECTION", "none of the groups is as it was shown");
          const outcomes = [...given.values()].map(({ person, faceIds }) => steps.toOutcome(person, faceIds, recorder));
          return { people: outcomes, clusters: done, change: recorder.change };
        },
        ({ people: outcomes, clusters: done }) => {
          const faces = outcomes.reduce((sum, one) => sum + one.faceIds.length, 0);
          const names = outcomes.map((one) => one.person.name);
          return {
            sentence: `${groupsInWords(done.length)} with ${facesInWords(faces)} ${done.length === 1 ? "was" : "were"} assigned to ${namesInWords(names)}`,
            faces,
            names,
          };
        },
      ),
    );
}
