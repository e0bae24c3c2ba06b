import type { ChangeOrigin } from "../../domain/change.ts";
import { FacesError } from "../../domain/errors.ts";
import { createFaceSelection } from "../clusters/face-selection.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords, facesWere } from "../undo/sentences.ts";
import type { FaceOfEncoding } from "./enrolment.ts";
import type { KnownPerson, PersonRows } from "./person-rows.ts";

/** Of clusters that are named together, so many of the largest of each model are enrolled: a few looks are enough. */
const LOOKS = 3;

/** The person to assign to; null: a new one. A name wins over an id. The id of a person in other letters is no valid name. */
export function findPerson(
  people: Pick<PersonRows, "byName" | "byId" | "checkName">,
  name: string,
): KnownPerson | null {
  const person = people.byName(name) ?? people.byId(name);
  if (!person) people.checkName(name, null);
  return person;
}

/** Assigns the faces of clusters to a person, and enrols the mean of each cluster as one encoding. */
export function createAssign({
  connection,
  people,
  clusters,
  journal,
  steps,
}: ChangeDeps): Pick<Store, "assign" | "assignClusters"> {
  const { write } = connection;
  const { select, checkFrames } = createFaceSelection({ connection, clusters });

  /** @param groups the faces of each cluster, largest first */
  function give(
    groups: readonly (readonly FaceOfEncoding[])[],
    name: string,
    known: KnownPerson | null,
    by: ChangeOrigin | undefined,
  ) {
    return journal.record(
      "assign",
      by,
      (recorder) => {
        const person = known ?? steps.make(name, recorder);
        const looks = new Map<string, number>();
        const faceIds = groups.flatMap((faces) => {
          const model = faces[0]?.model ?? "";
          const before = looks.get(model) ?? 0;
          looks.set(model, before + 1);
          if (before < LOOKS) return steps.enrol(faces, person.ref, recorder);
          const ids = faces.map((face) => face.id);
          steps.give(ids, person.ref, null, recorder);
          return ids;
        });
        return { ...steps.toOutcome(person, faceIds, recorder), created: !known };
      },
      ({ person, faceIds, created }) => ({
        sentence: created
          ? `${person.name} was enrolled from ${facesInWords(faceIds.length)}`
          : `${facesWere(faceIds.length)} assigned to ${person.name}`,
        ...(created ? { form: "new_person" } : {}),
        faces: faceIds.length,
        names: [person.name],
      }),
    );
  }

  return {
    assign: async (change, by) =>
      write(() => {
        const faces = select(change);
        const known = findPerson(people, change.name);
        if (!change.allowSameFrame) checkFrames(faces, known);
        return give([faces], change.name, known, by);
      }),

    assignClusters: async ({ clusters: wanted, name, allowSameFrame }, by) =>
      write(() => {
        if (wanted.length === 0) throw new FacesError("EMPTY_SELECTION", "no group was given");
        const groups = wanted.map((one) => select({ ...one, excludeFaces: [] }));
        const known = findPerson(people, name);
        if (!allowSameFrame) checkFrames(groups.flat(), known);
        groups.sort((a, b) => b.length - a.length);
        return give(groups, name, known, by);
      }),
  };
}
