import type { Scrub } from "../file/scrub.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import type { Forget } from "../undo/forget.ts";
import { facesInWords } from "../undo/sentences.ts";
import type { SaveVisits } from "../visits/save-visits.ts";
import type { Erasures } from "./erasures.ts";
import type { RegistryRecords } from "./registry-record.ts";

export interface RemoveDeps extends ChangeDeps {
  readonly forget: Forget;
  readonly erasures: Erasures;
  readonly registryRecord: RegistryRecords;
  readonly scrub: Scrub;
  readonly saveVisits: Pick<SaveVisits, "shrink">;
}

/** Removes a person: the faces become unassigned, or are erased too, which cannot be undone. */
export function createRemove(deps: RemoveDeps): Store["remove"] {
  const { connection, people, enrolment, matches, examples, visits, journal, steps } = deps;
  const { forget, erasures, registryRecord, scrub, saveVisits } = deps;
  const { db, write } = connection;
  const eraseFaces = db.prepare("DELETE FROM face_embeddings WHERE person_ref = ?");
  const dropEncodings = db.prepare("DELETE FROM enrolled_encodings WHERE person_ref = ?");
  const loosen = db.prepare("UPDATE face_embeddings SET encoding_ref = NULL WHERE person_ref = ?");

  return async (personId, faces, by) => {
    if (faces === "unassign") {
      return write(() => {
        const { ref, name } = people.need(personId);
        const faceIds = people.faceIds(ref);
        return journal.record(
          "delete",
          by,
          (recorder) => {
            for (const id of enrolment.idsOf(ref)) recorder.encoding(id);
            steps.free(faceIds, recorder);
            steps.removePerson(ref, recorder);
            return { person: { personId, name }, faceIds, change: recorder.change };
          },
          () => ({
            sentence: `${name} was deleted, ${facesInWords(faceIds.length)} became unassigned`,
            faces: faceIds.length,
            names: [name],
          }),
        );
      });
    }
    const erased = write(() => {
      const { ref, name } = people.need(personId);
      const faceIds = people.faceIds(ref);
      examples.removeAll(ref, null);
      examples.eraseFaces(faceIds);
      loosen.run(ref);
      dropEncodings.run(ref);
      saveVisits.shrink(faceIds, () => eraseFaces.run(ref));
      matches.forget(ref, null);
      visits.forget(ref, null);
      people.drop(ref);
      registryRecord.dropMergeBase();
      erasures.add(name);
      forget.person(ref, name, faceIds);
      const change = journal.recordErasure(by, faceIds.length);
      scrub.request("erasure");
      return { person: { personId, name }, faceIds, change };
    });
    await scrub.run();
    return erased;
  };
}
