import { varianceOf } from "../../domain/vectors/encoding.ts";
import { addSums, meanOfSum } from "../../domain/vectors/encoding-sum.ts";
import { meanOf } from "../../domain/vectors/mean.ts";
import { IS_IN_STATE } from "../faces/face-rows.ts";
import { createThinned, toSum } from "../faces/thinned.ts";
import { checksum, fromBlob, toBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { VisitOutcome, VisitStore, VisitToSave } from "../port/visits.ts";

/** What a user said of a visit that goes on stays. */
const IS_CORRECTED = "visits.state IN ('corrected', 'ignored')";
const unlessCorrected = (column: string, value: string): string =>
  `${column} = CASE WHEN ${IS_CORRECTED} THEN visits.${column} ELSE ${value} END`;
const OUTCOME = [
  ["state", ":state"],
  ["person_ref", ":person"],
  ["distance", ":distance"],
  ["stranger_ref", "(SELECT id FROM strangers WHERE stranger_id = :stranger)"],
] as const;
const SET_OUTCOME = OUTCOME.map(([column, value]) => unlessCorrected(column, value)).join(", ");

const UPSERT = `
  INSERT INTO visits (visit_id, camera, model, event_id, started_at, ended_at, faces, mean, variance, over, best_face,
    ${OUTCOME.map(([column]) => column).join(", ")})
  VALUES (:visit, :camera, :model, :event, :from, :to, :faces, :mean, :variance, :state <> 'open',
    (SELECT id FROM face_embeddings WHERE uid = :best), ${OUTCOME.map(([, value]) => value).join(", ")})
  ON CONFLICT (visit_id) DO UPDATE SET event_id = excluded.event_id, started_at = excluded.started_at,
    ended_at = excluded.ended_at, faces = excluded.faces, mean = excluded.mean, variance = excluded.variance, best_face = excluded.best_face, thinned = NULL,
    ${SET_OUTCOME}`;

/** A visit that is over, but stored as open: what was decided while it went on. */
export const LAST_STATE = `CASE
  WHEN person_ref IS NOT NULL THEN 'recognized'
  WHEN EXISTS (SELECT 1 FROM face_embeddings f WHERE f.visit_id = visits.visit_id AND ${IS_IN_STATE.ignored})
    THEN 'ignored'
  ELSE 'unknown' END`;

/** When the best face of a visit went: with a picture, of higher quality, better detected, the first. */
const NEXT_BEST = `(
  SELECT f.id FROM face_embeddings f WHERE f.visit_id = :visit
  ORDER BY EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) DESC, f.quality DESC, f.detection_score DESC, f.id
  LIMIT 1)`;

export interface SaveVisits extends Pick<VisitStore, "endVisits" | "endOpenVisits"> {
  /** Inside the transaction that stored the visits' new faces. */
  save(visit: VisitToSave): void;
  /**
   * Deletes faces with `drop`, inside the caller's transaction: their visits are made of those that are left, and go with
   * their last one.
   */
  shrink(faceIds: readonly number[], drop: () => void): void;
  /** From the faces that are stored, inside the caller's transaction. */
  remake(visitId: string): void;
}

/** Writing visits. */
export function createSaveVisits(connection: Connection): SaveVisits {
  const { db, column, write } = connection;
  const thinned = createThinned(connection);
  const upsert = db.prepare(UPSERT);
  const end = db.prepare(`UPDATE visits SET over = 1, ${SET_OUTCOME} WHERE visit_id = :visit`);
  const endOpen = db.prepare(
    `UPDATE visits SET over = 1, state = CASE state WHEN 'open' THEN ${LAST_STATE} ELSE state END WHERE over = 0`,
  );
  const personRef = column<[string], number>("SELECT id FROM people WHERE person_id = ?");
  const rematch = db.prepare(
    `UPDATE face_embeddings SET (matched_ref, matched_name, matched_distance) = (
       SELECT id, name, :distance FROM people WHERE id = :person)
     WHERE visit_id = :visit AND NOT EXISTS (
       SELECT 1 FROM visits WHERE visit_id = :visit AND ${IS_CORRECTED})
     AND NOT EXISTS (
       SELECT 1 FROM rejections r WHERE r.person_ref = :person AND r.face_id = face_embeddings.id)`,
  );
  // The person it was taken for before was not seen.
  const forgetSighting = db.prepare(
    `UPDATE people SET seen_at = NULL, seen_camera = NULL, seen_distance = NULL, seen_face = NULL
     WHERE id <> :person AND seen_face IN (SELECT id FROM face_embeddings WHERE visit_id = :visit)`,
  );

  const visitsOf = column<[string], string>(
    `SELECT DISTINCT visit_id FROM face_embeddings
     WHERE id IN (SELECT value FROM json_each(?)) AND visit_id IS NOT NULL`,
  );
  const encodings = db.prepare<[string], { id: number; encoding: Buffer; crc: number; model: string }>(
    "SELECT id, encoding, encoding_crc AS crc, model FROM face_embeddings WHERE visit_id = ?",
  );
  const remake = db.prepare(
    `UPDATE visits SET mean = ifnull(:mean, mean), variance = :variance, (faces, started_at, ended_at) = (
       SELECT sum(ifnull((SELECT t.count FROM thinned_sums t WHERE t.face_id = f.id), 1)), min(captured_at), max(captured_at)
       FROM face_embeddings f WHERE f.visit_id = :visit),
       best_face = ifnull(best_face, ${NEXT_BEST})
     WHERE visit_id = :visit`,
  );
  const drop = db.prepare("DELETE FROM visits WHERE visit_id = ?");

  function toOutcome({ visitId, state, personId, distance, strangerId }: VisitOutcome) {
    // A person who was removed since the comparison was not recognized.
    const person = personId === null ? null : (personRef.get(personId) ?? null);
    const isGone = person === null && state === "recognized";
    return {
      visit: visitId,
      state: isGone ? "unknown" : state,
      person,
      distance: person === null ? null : distance,
      stranger: strangerId,
    };
  }

  function remakeOne(visit: string): void {
    const left = encodings.all(visit);
    if (left.length === 0) {
      drop.run(visit);
      return;
    }
    const sound = left.filter(({ encoding, crc }) => checksum(encoding) === crc);
    const model = sound[0]?.model ?? "";
    const ids = sound.map((face) => face.id);
    const sums = thinned.of(ids, model);
    const total = sums.size === 0 ? null : addSums(sound.map((face) => toSum(face, sums)));
    const made = sound.map(({ encoding }) => fromBlob(encoding));
    const all = total
      ? meanOfSum(total, model)
      : { mean: sound[0] ? meanOf(made, model) : null, variance: made.length > 0 ? varianceOf(made) : null };
    remake.run({ visit, mean: all.mean && toBlob(all.mean), variance: all.variance });
  }

  return {
    save(visit) {
      const { camera, model, eventId, from, to, faces, mean, variance, bestFace } = visit;
      const outcome = toOutcome(visit);
      upsert.run({
        ...outcome,
        camera,
        model,
        event: eventId,
        from: from.toISOString(),
        to: to.toISOString(),
        faces,
        mean: toBlob(mean),
        variance,
        best: bestFace,
      });
      if (!visit.rematch || outcome.person === null) return;
      const { visit: id, person, distance } = outcome;
      rematch.run({ person, distance, visit: id });
      forgetSighting.run({ person, visit: id });
    },
    shrink(faceIds, dropFaces) {
      const visitIds = visitsOf.all(JSON.stringify(faceIds));
      dropFaces();
      for (const visit of visitIds) remakeOne(visit);
    },
    remake: remakeOne,
    async endVisits(outcomes) {
      write(() => {
        for (const outcome of outcomes) end.run(toOutcome(outcome));
      });
    },
    async endOpenVisits() {
      write(() => endOpen.run());
    },
  };
}
