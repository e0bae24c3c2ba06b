import { FacesError } from "../../domain/errors.ts";
import type { AssignChange } from "../port/people.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords, facesWere } from "../undo/sentences.ts";
import { type FaceOfEncoding, toEnrolled } from "./enrolment.ts";
import type { KnownPerson, PersonRows } from "./person-rows.ts";

interface SelectedFace extends FaceOfEncoding {
  readonly camera: string;
}

/** The person to assign to; null: a new one. A name wins over an id. The id of a person in other letters is no valid name. */
export function findPerson(
  people: Pick<PersonRows, "byName" | "byId" | "checkName">,
  name: string,
): KnownPerson | null {
  const person = people.byName(name) ?? people.byId(name);
  if (!person) people.checkName(name, null);
  return person;
}

/** Assigns the faces of a cluster to a person, and enrols their mean as one encoding. */
export function createAssign({ connection, people, enrolment, clusters, journal, steps }: ChangeDeps): Store["assign"] {
  const { db, column, write } = connection;
  const select = db.prepare<[string], SelectedFace>(
    `SELECT id, camera, source, encoding FROM face_embeddings
     WHERE id IN (SELECT value FROM json_each(?)) AND person_ref IS NULL ORDER BY id`,
  );
  const exists = column<[number], number>("SELECT 1 FROM face_embeddings WHERE id = ?");
  const inFrame = column<[number, string, string], number>(
    "SELECT id FROM face_embeddings WHERE person_ref = ? AND camera = ? AND source = ?",
  );

  function selectFaces(change: AssignChange): SelectedFace[] {
    const cluster = clusters.need(change.cluster, change.version);
    const members = new Set(clusters.members(cluster.id));
    for (const id of change.excludeFaces) {
      if (members.delete(id)) continue;
      if (new Set(clusters.members(cluster.id)).has(id)) continue;
      if (exists.get(id) === undefined) throw new FacesError("FACE_NOT_FOUND", `face ${id} does not exist`);
      throw new FacesError("INVALID_INPUT", `face ${id} is not in cluster "${change.cluster}"`);
    }
    const faces = select.all(JSON.stringify([...members]));
    if (faces.length === 0) throw new FacesError("EMPTY_SELECTION", "no face of the cluster is left to assign");
    return faces;
  }

  function checkFrames(faces: readonly SelectedFace[], person: KnownPerson | null): void {
    const byFrame = new Map<string, number[]>();
    for (const { id, camera, source } of faces) {
      if (source === null) continue;
      const key = JSON.stringify([camera, source]);
      const ids = byFrame.get(key) ?? (person ? inFrame.all(person.ref, camera, source) : []);
      byFrame.set(key, [...ids, id]);
    }
    const together = [...byFrame.values()].filter((ids) => ids.length > 1).flat();
    if (together.length === 0) return;
    throw new FacesError("SAME_FRAME", `faces of one frame are different people: ${together.join(", ")}`, {
      details: { faces: together },
    });
  }

  return async (change) =>
    write(() => {
      const faces = selectFaces(change);
      const known = findPerson(people, change.name);
      if (!change.allowSameFrame) checkFrames(faces, known);
      return journal.record(
        "assign",
        (recorder) => {
          const person = known ?? people.create(change.name);
          if (!known) recorder.personMade(person.ref);
          const encoding = enrolment.add(person.ref, toEnrolled(faces));
          recorder.encodingMade(encoding);
          const faceIds = faces.map((face) => face.id);
          steps.give(faceIds, person.ref, encoding, recorder);
          return { ...steps.toOutcome(person, faceIds), created: !known };
        },
        ({ person, faceIds, created }) =>
          created
            ? `${person.name} was enrolled from ${facesInWords(faceIds.length)}`
            : `${facesWere(faceIds.length)} assigned to ${person.name}`,
      );
    });
}
