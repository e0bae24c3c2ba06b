import { FacesError } from "../../domain/errors.ts";
import type { FaceOfEncoding } from "../people/enrolment.ts";
import type { KnownPerson } from "../people/person-rows.ts";
import type { AssignChange } from "../port/people.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";

/** A face that is about to be assigned. */
export interface SelectedFace extends FaceOfEncoding {
  readonly camera: string;
}

/** What an assignment looks up and checks first, inside the caller's transaction. */
export interface FaceSelection {
  /**
   * The faces of a cluster that can be assigned.
   * @throws `CLUSTER_NOT_FOUND`, `CLUSTER_CHANGED`, `FACE_NOT_FOUND`, `INVALID_INPUT`, `EMPTY_SELECTION`
   */
  select(change: Pick<AssignChange, "cluster" | "version" | "excludeFaces">): SelectedFace[];
  /** @param person null: a new one. @throws `SAME_FRAME` when two of their faces would be of one frame */
  checkFrames(faces: readonly SelectedFace[], person: KnownPerson | null): void;
}

export function createFaceSelection({
  connection,
  clusters,
}: Pick<ChangeDeps, "connection" | "clusters">): FaceSelection {
  const { db, column } = connection;
  const select = db.prepare<[string], SelectedFace>(
    `SELECT id, camera, source, encoding, model FROM face_embeddings
     WHERE id IN (SELECT value FROM json_each(?)) AND person_ref IS NULL ORDER BY id`,
  );
  const inFrame = column<[number, string, string], number>(
    "SELECT id FROM face_embeddings WHERE person_ref = ? AND camera = ? AND source = ?",
  );

  return {
    select(change) {
      const cluster = clusters.need(change.cluster, change.version);
      const excluded = new Set(change.excludeFaces);
      const wanted = clusters.membersWith(cluster, change.excludeFaces).filter((id) => !excluded.has(id));
      const faces = select.all(JSON.stringify(wanted));
      if (faces.length === 0) throw new FacesError("EMPTY_SELECTION", "no face of the cluster is left to assign");
      return faces;
    },

    checkFrames(faces, person) {
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
    },
  };
}
