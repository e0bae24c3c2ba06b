import { createHmac } from "node:crypto";
import type { Clock } from "../domain/clock.ts";
import { nameKey } from "../domain/names.ts";
import { type PeopleRows, toPerson } from "./changes.ts";
import type { ClusterRows } from "./clusters.ts";
import { type Db, wipeLog } from "./database.ts";
import type { Journal } from "./journal.ts";
import type { Store } from "./port.ts";

type RemovalMethods = Pick<Store, "remove" | "purgeable" | "sourcesStillNeeded" | "purge">;

/** The ends a face and a person can meet. What is erased leaves no byte, in the database or its log. */
export function createRemoval(
  db: Db,
  salt: string,
  clock: Clock,
  people: PeopleRows,
  clusters: ClusterRows,
  journal: Journal,
): RemovalMethods {
  const dropFace = db.prepare("DELETE FROM face_embeddings WHERE id = ?");
  const purgeable = db.prepare<
    [string, string],
    { id: number; uid: string; camera: string; source: string | null; captured_at: string; has: number }
  >(`
    SELECT f.id, f.uid, f.camera, f.source, f.captured_at, t.face IS NOT NULL AS has
    FROM face_embeddings f LEFT JOIN thumbnails t ON t.face = f.id
    WHERE f.person IS NULL AND f.captured_at < ? AND f.received_at < ? ORDER BY f.captured_at, f.id`);
  const unassigned = db.prepare("SELECT 1 FROM face_embeddings WHERE id = ? AND person IS NULL");
  const withSource = db.prepare<[string], { id: number }>("SELECT id FROM face_embeddings WHERE source = ?");
  const bury = db.prepare("INSERT INTO erasures VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at");
  const forgetSight = db.prepare(
    "UPDATE people SET seen_camera = NULL, seen_score = NULL, seen_distance = NULL, seen_at = NULL, seen_face = NULL WHERE seen_face = ?",
  );
  const forgetCameraFace = db.prepare("UPDATE cameras SET face_id = NULL WHERE face_id = ?");
  const forgetRegistry = db.prepare("DELETE FROM meta WHERE key = 'registry'");

  function eraseFaces(faceIds: readonly number[]): void {
    clusters.takeOut(faceIds);
    for (const id of faceIds) {
      forgetSight.run(id);
      forgetCameraFace.run(id);
      dropFace.run(id);
    }
  }

  return {
    async remove(personId, choice) {
      if (choice === "unassign") {
        return journal.change("delete", () => {
          const row = people.byId(personId);
          const faceIds = people.drop(row);
          return { result: { person: toPerson(row), faceIds }, sentence: `${row.name} was deleted` };
        });
      }
      const result = db
        .transaction(() => {
          const row = people.byId(personId);
          const faceIds = people.drop(row);
          eraseFaces(faceIds);
          journal.clear("the last change erased somebody, which cannot be taken back");
          forgetRegistry.run();
          bury.run(createHmac("sha256", salt).update(nameKey(row.name)).digest("hex"), clock.now().toISOString());
          return { person: toPerson(row), faceIds };
        })
        .immediate();
      wipeLog(db);
      return result;
    },

    async purgeable(before) {
      const limit = before.toISOString();
      return purgeable.all(limit, limit).map((row) => ({
        faceId: row.id,
        uid: row.uid,
        camera: row.camera,
        source: row.source,
        capturedAt: new Date(row.captured_at),
        hasThumbnail: row.has === 1,
      }));
    },

    async sourcesStillNeeded(sources, faceIds) {
      const going = new Set(faceIds);
      return new Set(sources.filter((source) => withSource.all(source).some((row) => !going.has(row.id))));
    },

    async purge(faceIds) {
      const gone = db
        .transaction(() => {
          const going = faceIds.filter((id) => unassigned.get(id) !== undefined);
          journal.forgetFaces(going);
          eraseFaces(going);
          return going;
        })
        .immediate();
      if (gone.length > 0) wipeLog(db);
      return gone;
    },
  };
}
