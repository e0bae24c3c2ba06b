import type { Clusters } from "../clusters/clusters.ts";
import type { Matches } from "../faces/matches.ts";
import type { Connection } from "../file/database.ts";
import type { Dimensions } from "../file/dimension.ts";
import type { CounterExamples } from "../people/counter-examples.ts";
import type { Enrolment, FaceOfEncoding } from "../people/enrolment.ts";
import type { KnownPerson, PersonRows } from "../people/person-rows.ts";
import type { Portraits } from "../people/portrait/portraits.ts";
import type { ChangeOutcome } from "../port/people.ts";
import type { FurtherEncodings } from "../re-encode/further-encodings.ts";
import type { VisitPeople } from "../visits/visit-people.ts";
import type { UndoJournal } from "./journal.ts";
import type { Recorder } from "./recorder.ts";

/** What every change to people needs. */
export interface ChangeDeps {
  readonly connection: Connection;
  readonly people: PersonRows;
  readonly dimensions: Dimensions;
  readonly enrolment: Enrolment;
  readonly further: FurtherEncodings;
  readonly clusters: Clusters;
  readonly matches: Matches;
  readonly examples: CounterExamples;
  readonly visits: VisitPeople;
  readonly portraits: Portraits;
  readonly journal: UndoJournal;
  readonly steps: Steps;
}

/** The steps that changes have in common; each records the rows it touches first. */
export interface Steps {
  /** A new person; the name is free. */
  make(name: string, recorder: Recorder): KnownPerson;
  /** Gives unassigned faces to a person, and enrols their mean as one encoding. Answers their ids. */
  enrol(faces: readonly FaceOfEncoding[], personRef: number, recorder: Recorder): number[];
  /**
   * Assigns unassigned faces to a person: they leave their clusters, and are no longer "not this person". Where they have a
   * part in an encoding, their further encodings are enrolled too.
   */
  give(faceIds: readonly number[], personRef: number, encodingRef: number | null, recorder: Recorder): void;
  /** Makes faces unassigned. */
  free(faceIds: readonly number[], recorder: Recorder): void;
  /** The same; encodings that were made of them are made of the rest. */
  takeOut(faces: readonly { readonly id: number; readonly encodingRef: number | null }[], recorder: Recorder): void;
  /** Removes a person whose faces were given away or freed before: encodings, matches, counter-examples. */
  removePerson(ref: number, recorder: Recorder): void;
  /**
   * Last sightings by these faces, which turned out to be another person, become the recognition before; not that of
   * `except` (a ref).
   */
  forgetSightings(faceIds: readonly number[], except: number | null, recorder: Recorder): void;
  /** @param recorder null: there was nothing to change. */
  toOutcome(person: KnownPerson, faceIds: readonly number[], recorder: Recorder | null): ChangeOutcome;
}

export function createSteps(
  { db }: Connection,
  deps: Pick<ChangeDeps, "enrolment" | "further" | "clusters" | "people" | "matches" | "examples" | "visits">,
): Steps {
  const { enrolment, further, clusters, people, matches, examples, visits } = deps;
  const give = db.prepare(
    `UPDATE face_embeddings SET person_ref = :ref, person_name = :name, encoding_ref = :encoding
     WHERE id IN (SELECT value FROM json_each(:ids))`,
  );
  const free = db.prepare(
    `UPDATE face_embeddings SET person_ref = NULL, person_name = NULL, encoding_ref = NULL
     WHERE id IN (SELECT value FROM json_each(?))`,
  );
  const seenOn = db.prepare<[string], { id: number }>(
    "SELECT id FROM people WHERE seen_face IN (SELECT value FROM json_each(?))",
  );
  const seeAgain = db.prepare(
    `UPDATE people SET (seen_at, seen_camera, seen_distance, seen_face) = (
       SELECT f.captured_at, f.camera, f.matched_distance, f.id FROM face_embeddings f
       WHERE f.matched_ref = :ref AND (f.person_ref IS NULL OR f.person_ref = :ref)
         AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.person_ref = :ref AND r.face_id = f.id)
       ORDER BY f.captured_at DESC, f.id DESC LIMIT 1)
     WHERE id = :ref`,
  );

  const steps: Steps = {
    make(name, recorder) {
      const person = people.create(name);
      recorder.personMade(person.ref);
      return person;
    },
    enrol(faces, personRef, recorder) {
      const encoding = enrolment.add(personRef, enrolment.toLook(faces));
      recorder.encodingMade(encoding);
      const faceIds = faces.map((face) => face.id);
      steps.give(faceIds, personRef, encoding, recorder);
      return faceIds;
    },
    give(faceIds, personRef, encodingRef, recorder) {
      const ids = JSON.stringify(faceIds);
      const person = people.byRef(personRef);
      if (!person) throw new Error(`person number ${personRef} does not exist`);
      recorder.givesTo(personRef, faceIds);
      recorder.faces(faceIds);
      recorder.members(faceIds);
      clusters.takeOut(faceIds);
      give.run({ ids, ref: personRef, name: person.name, encoding: encodingRef });
      if (encodingRef !== null) further.enrol(faceIds, encodingRef, personRef, recorder);
      examples.allow(personRef, faceIds, recorder);
      visits.follow(faceIds, recorder);
      steps.forgetSightings(faceIds, personRef, recorder);
    },
    free(faceIds, recorder) {
      recorder.faces(faceIds);
      free.run(JSON.stringify(faceIds));
      further.free(faceIds);
      visits.follow(faceIds, recorder);
    },
    takeOut(faces, recorder) {
      const ids = faces.map((face) => face.id);
      const own = faces.flatMap((face) => face.encodingRef ?? []);
      const encodings = [...new Set([...own, ...further.looksOf(ids)])];
      for (const id of encodings) recorder.encoding(id);
      steps.free(ids, recorder);
      for (const id of encodings) enrolment.remake(id);
    },
    removePerson(ref, recorder) {
      recorder.person(ref);
      for (const id of enrolment.idsOf(ref)) {
        recorder.encoding(id);
        enrolment.drop(id);
      }
      matches.forget(ref, recorder);
      visits.forget(ref, recorder);
      examples.removeAll(ref, recorder);
      people.drop(ref);
    },
    forgetSightings(faceIds, except, recorder) {
      for (const { id } of seenOn.all(JSON.stringify(faceIds))) {
        if (id === except) continue;
        recorder.sighting(id);
        seeAgain.run({ ref: id });
      }
    },
    toOutcome: ({ personId, name, ref }, faceIds, recorder) => ({
      change: recorder?.change ?? null,
      person: { personId, name },
      faceIds,
      encodingCount: enrolment.count(ref),
    }),
  };
  return steps;
}
