import type { Clusters } from "../clusters/clusters.ts";
import type { Connection } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { Scrub } from "../file/scrub.ts";
import type { PurgeCandidate } from "../port/faces.ts";
import type { Store } from "../port.ts";
import type { Forget } from "../undo/forget.ts";
import type { SaveVisits } from "../visits/save-visits.ts";

/** Faces deleted in one transaction; yields in between. Not fewer: with each chunk the clusters it touches are counted again. */
const CHUNK = 200;
/** Candidates read at a time. */
const FOUND_AT_ONCE = 500;
/** Sources read at a time. */
const READ_CHUNK = 5_000;

/**
 * The faces that represent an ignored cluster stay as long as it is ignored: without them the user could not see who was
 * ignored, and the stranger would come back. Its other faces are purged like all unassigned ones.
 */
const SHOWS_IGNORED = `EXISTS (
  SELECT 1 FROM cluster_faces cf JOIN clusters c ON c.id = cf.cluster_ref
  WHERE cf.face_id = f.id AND c.ignored = 1 AND f.id IN (
    SELECT r.face_id FROM cluster_faces r WHERE r.cluster_ref = c.id ORDER BY r.rank, r.face_id LIMIT 5))`;

type CandidateRow = Omit<PurgeCandidate, "capturedAt" | "hasThumbnail"> & { capturedAt: string; hasThumbnail: number };

/** What retention finds and deletes, and how long it must wait. */
export function createRetention(
  { db, column, write }: Connection,
  clusters: Clusters,
  visits: Pick<SaveVisits, "shrink">,
  forget: Forget,
  scrub: Scrub,
  notes: Notes,
): Pick<Store, "purgeable" | "otherSources" | "purge" | "purgeHold" | "savePurgeHold"> {
  const purgeable = db.prepare<[{ before: string; at: string; id: number; limit: number }], CandidateRow>(
    `SELECT f.id AS faceId, f.uid, f.camera, f.source, f.captured_at AS capturedAt,
       EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) AS hasThumbnail
     FROM face_embeddings f
     WHERE f.person_ref IS NULL AND (f.captured_at, f.id) > (:at, :id) AND f.captured_at < :before
       AND f.received_at < :before AND NOT ${SHOWS_IGNORED}
     ORDER BY f.captured_at, f.id LIMIT :limit`,
  );
  const sources = db.prepare<[number, number], { id: number; source: string | null }>(
    "SELECT id, source FROM face_embeddings WHERE id > ? ORDER BY id LIMIT ?",
  );
  const free = column<[string], number>(`SELECT f.id FROM face_embeddings f
       WHERE f.id IN (SELECT value FROM json_each(?)) AND f.person_ref IS NULL AND NOT ${SHOWS_IGNORED}`);
  const drop = db.prepare("DELETE FROM face_embeddings WHERE id IN (SELECT value FROM json_each(?))");

  // Grouped by cluster, so that each is refreshed as seldom as possible.
  const byCluster = column<
    [string],
    number
  >(`SELECT j.value FROM json_each(?) j LEFT JOIN cluster_faces cf ON cf.face_id = j.value
       ORDER BY cf.cluster_ref, j.value`);

  function purgeSome(wanted: readonly number[]): number[] {
    return write(() => {
      const ids = free.all(JSON.stringify(wanted));
      forget.faces(ids);
      clusters.takeOut(ids, { keepMean: true });
      visits.shrink(ids, () => drop.run(JSON.stringify(ids)));
      if (ids.length > 0) scrub.request("purge");
      return ids;
    });
  }

  return {
    async purgeable(before) {
      const found: PurgeCandidate[] = [];
      for (let at = "", id = 0; ; ) {
        const rows = purgeable.all({ before: before.toISOString(), at, id, limit: FOUND_AT_ONCE });
        for (const row of rows) {
          found.push({ ...row, capturedAt: new Date(row.capturedAt), hasThumbnail: row.hasThumbnail === 1 });
          at = row.capturedAt;
          id = row.faceId;
        }
        if (rows.length < FOUND_AT_ONCE) return found;
        await new Promise(setImmediate);
      }
    },
    async otherSources(faceIds) {
      const without = new Set(faceIds);
      const found = new Set<string>();
      for (let after = 0; ; ) {
        const rows = sources.all(after, READ_CHUNK);
        for (const { id, source } of rows) {
          after = id;
          if (source !== null && !without.has(id)) found.add(source);
        }
        if (rows.length < READ_CHUNK) return found;
        await new Promise(setImmediate);
      }
    },
    async purge(faceIds) {
      const gone: number[] = [];
      const wanted = byCluster.all(JSON.stringify(faceIds));
      for (let start = 0; start < wanted.length; start += CHUNK) {
        if (start > 0) await new Promise(setImmediate);
        gone.push(...purgeSome(wanted.slice(start, start + CHUNK)));
      }
      if (gone.length > 0) await scrub.run();
      return gone;
    },
    purgeHold: async () => Number(notes.get("purge_hold_ms") ?? 0),
    savePurgeHold: async (ms) => write(() => notes.set("purge_hold_ms", ms > 0 ? String(ms) : null)),
  };
}
