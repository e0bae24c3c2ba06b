import type { Connection } from "../file/database.ts";
import type { Recorder } from "../undo/recorder.ts";

/** As whom faces were recognized. Everything happens inside the caller's transaction. */
export interface Matches {
  /** Of faces that a user said are another person, or no known one. */
  drop(faceIds: readonly number[], recorder: Recorder): void;
  /** With a person who goes. */
  forget(personRef: number, recorder: Recorder | null): void;
  /** Faces that were recognized as the person. */
  idsOf(personRef: number): number[];
}

const NO_MATCH = "UPDATE face_embeddings SET matched_ref = NULL, matched_name = NULL, matched_distance = NULL";

export function createMatches({ db, column }: Connection): Matches {
  const drop = db.prepare(`${NO_MATCH} WHERE id IN (SELECT value FROM json_each(?))`);
  const forget = db.prepare(`${NO_MATCH} WHERE matched_ref = ?`);
  const idsOf = column<[number], number>("SELECT id FROM face_embeddings WHERE matched_ref = ?");
  return {
    drop(faceIds, recorder) {
      recorder.matches(faceIds);
      drop.run(JSON.stringify(faceIds));
    },
    forget(personRef, recorder) {
      recorder?.matches(idsOf.all(personRef));
      forget.run(personRef);
    },
    idsOf: (personRef) => idsOf.all(personRef),
  };
}
