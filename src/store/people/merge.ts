import type { ChangeOrigin } from "../../domain/change.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Person } from "../../domain/person.ts";
import type { ChangeOutcome } from "../port/people.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { namesInWords } from "../undo/sentences.ts";
import type { KnownPerson } from "./person-rows.ts";

/** Merges people inside the caller's transaction: the winner keeps their id and gets all faces and encodings. */
export type Merge = (
  losers: readonly KnownPerson[],
  winner: KnownPerson,
  by: ChangeOrigin | undefined,
) => ChangeOutcome & { readonly removed: readonly Person[] };

export function createMerge(deps: ChangeDeps): Merge {
  const { connection, people, enrolment, matches, examples, visits, portraits, journal, steps } = deps;
  const { db, column } = connection;
  const moveFaces = db.prepare(
    "UPDATE face_embeddings SET person_ref = :to, person_name = :name WHERE person_ref = :from",
  );
  const moveMatches = db.prepare(
    "UPDATE face_embeddings SET matched_ref = :to, matched_name = :name WHERE matched_ref = :from",
  );
  const moveEncodings = db.prepare("UPDATE enrolled_encodings SET person_ref = ? WHERE person_ref = ?");
  const overruled = column<[number], number>(
    `SELECT r.face_id FROM rejections r JOIN face_embeddings f ON f.id = r.face_id
     WHERE r.person_ref = ? AND f.person_ref = r.person_ref`,
  );
  const takeSighting = db.prepare(
    `UPDATE people SET (seen_at, seen_camera, seen_distance, seen_face) = (
       SELECT seen_at, seen_camera, seen_distance, seen_face FROM people WHERE id = :from)
     WHERE id = :to AND COALESCE(seen_at, '') < COALESCE((SELECT seen_at FROM people WHERE id = :from), '')`,
  );

  return (losers, winner, by) => {
    const names = losers.map((loser) => loser.name);
    return journal.record(
      "merge",
      by,
      (recorder) => {
        recorder.sighting(winner.ref);
        const portrait = losers.map((loser) => portraits.chosen(loser.ref)).find((face) => face !== null);
        if (portrait !== undefined && portraits.chosen(winner.ref) === null) {
          recorder.portrait(winner.ref);
          portraits.set(winner.ref, portrait);
        }
        for (const { ref } of losers) {
          const move = { from: ref, to: winner.ref, name: winner.name };
          for (const id of enrolment.idsOf(ref)) recorder.owner(id);
          const faceIds = people.faceIds(ref);
          recorder.givesTo(winner.ref, faceIds);
          recorder.faces(faceIds);
          recorder.matches(matches.idsOf(ref));
          takeSighting.run({ from: ref, to: winner.ref });
          moveEncodings.run(winner.ref, ref);
          moveFaces.run(move);
          moveMatches.run(move);
          visits.move(ref, winner.ref, recorder);
          examples.move(ref, winner.ref, recorder);
          steps.removePerson(ref, recorder);
        }
        // "Not Anna", said of a face of the other name, is void now that the face is Anna's.
        examples.allow(winner.ref, overruled.all(winner.ref), recorder);
        return {
          ...steps.toOutcome(winner, people.faceIds(winner.ref), recorder),
          removed: losers.map(({ personId, name }) => ({ personId, name })),
        };
      },
      () => ({
        sentence: `${namesInWords(names)} ${names.length === 1 ? "was" : "were"} merged into ${winner.name}`,
        names: [...names, winner.name],
      }),
    );
  };
}

/** The port's `merge`. */
export function createMergePeople({ connection, people }: ChangeDeps, merge: Merge): Store["merge"] {
  return async (fromIds, to, by) =>
    connection.write(() => {
      const winner = people.need(to);
      const losers = [...new Set(fromIds)].map(people.need);
      if (losers.length === 0) throw new FacesError("EMPTY_SELECTION", "no person to merge was given");
      if (losers.some((loser) => loser.ref === winner.ref)) {
        throw new FacesError("INVALID_INPUT", `"${winner.name}" cannot be merged into themselves`);
      }
      return merge(losers, winner, by);
    });
}
