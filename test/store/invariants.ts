import type { Database } from "better-sqlite3";
import { expect } from "vitest";
import { meanOf } from "../../src/domain/vectors/mean.ts";
import { versionOf } from "../../src/store/clusters/cluster-version.ts";
import { fromBlob } from "../../src/store/file/blobs.ts";
import type { Store } from "../../src/store/port.ts";
import { lookInto } from "./open-sqlite.ts";
import { PAGE } from "./scene.ts";

/** Each query finds rows that must not be. */
const NEVER: Readonly<Record<string, string>> = {
  "a face with another name than its person": `SELECT f.id FROM face_embeddings f
    LEFT JOIN people p ON p.id = f.person_ref WHERE f.person_name IS NOT p.name`,
  "a match with another name than its person": `SELECT f.id FROM face_embeddings f
    LEFT JOIN people p ON p.id = f.matched_ref WHERE f.matched_name IS NOT p.name`,
  "a face that is both assigned and in a cluster": `SELECT f.id FROM face_embeddings f
    JOIN cluster_faces cf ON cf.face_id = f.id WHERE f.person_ref IS NOT NULL`,
  "a face behind another person's encoding": `SELECT f.id FROM face_embeddings f
    JOIN enrolled_encodings e ON e.id = f.encoding_ref WHERE e.person_ref IS NOT f.person_ref`,
  "a further encoding behind another person's encoding, or one of another model": `SELECT x.id FROM further_encodings x
    JOIN enrolled_encodings e ON e.id = x.encoding_ref JOIN face_embeddings f ON f.id = x.face_id
    WHERE e.person_ref IS NOT f.person_ref OR e.model <> x.model`,
  "a face behind an encoding of another model": `SELECT f.id FROM face_embeddings f
    JOIN enrolled_encodings e ON e.id = f.encoding_ref WHERE e.model <> f.model`,
  "a face in a cluster of another model": `SELECT f.id FROM face_embeddings f JOIN cluster_faces cf ON cf.face_id = f.id
    JOIN clusters c ON c.id = cf.cluster_ref WHERE c.model <> f.model`,
  "a denial by a counter-example of another model": `SELECT f.id FROM face_embeddings f
    JOIN rejections r ON r.face_id = f.id JOIN counter_examples e ON e.id = r.example_ref WHERE e.model <> f.model`,
  "a cluster with another size than it has faces": `SELECT c.id FROM clusters c
    WHERE c.size IS NOT (SELECT count(*) FROM cluster_faces cf WHERE cf.cluster_ref = c.id) OR c.size = 0`,
  "a face denied to be the person it is assigned to": `SELECT f.id FROM rejections r
    JOIN face_embeddings f ON f.id = r.face_id WHERE f.person_ref = r.person_ref`,
  "a denial without a counter-example of the same person": `SELECT r.face_id FROM rejections r
    LEFT JOIN counter_examples e ON e.id = r.example_ref WHERE e.person_ref IS NOT r.person_ref`,
  "a counter-example of fewer faces than it has": `SELECT e.id FROM counter_examples e
    WHERE e.count < (SELECT count(*) FROM rejections r WHERE r.example_ref = e.id) OR e.count < 1`,
  "a change without what it touched": `SELECT id FROM changes
    WHERE (id IN (SELECT change_ref FROM change_rows)) IS NOT (lost IS NULL) OR sentence = ''`,
  "a stranger without visits":
    "SELECT id FROM strangers WHERE id NOT IN (SELECT stranger_ref FROM visits WHERE stranger_ref IS NOT NULL)",
  "a known person's visit that is a stranger's": `SELECT id FROM visits
    WHERE stranger_ref IS NOT NULL AND (person_ref IS NOT NULL OR state IN ('recognized', 'ignored'))`,
  "two people whose names are equal": "SELECT name_key FROM people GROUP BY name_key HAVING count(*) > 1",
};

/** Everything that must hold after whatever happened. */
export async function checkInvariants(store: Store, folder: string): Promise<void> {
  lookInto(folder, (db) => {
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.pragma("foreign_key_check")).toEqual([]);
    for (const [what, query] of Object.entries(NEVER)) expect([what, db.prepare(query).all()]).toEqual([what, []]);
    checkClusters(db);
    checkEncodings(db);
  });
  const counts = await store.counts();
  const inState = async (state: "unassigned" | "assigned" | "ignored") =>
    (await store.faces({ state }, PAGE)).items.map((face) => face.id);
  const [unassigned, assigned, ignored] = [
    await inState("unassigned"),
    await inState("assigned"),
    await inState("ignored"),
  ];
  expect(counts).toMatchObject({
    unassigned: unassigned.length,
    assigned: assigned.length,
    ignored: ignored.length,
    faces: new Set([...unassigned, ...assigned, ...ignored]).size,
  });
  const people = (await store.people(PAGE)).items;
  expect(people).toHaveLength(counts.people);
  expect(people.reduce((sum, person) => sum + person.faces, 0)).toBe(assigned.length);
  expect((await store.registry()).reduce((sum, person) => sum + person.encodings.length, 0)).toBe(counts.encodings);
}

function checkClusters(db: Database): void {
  const clusters = db.prepare<[], { id: number; version: string }>("SELECT id, version FROM clusters").all();
  const members = db.prepare<[number], number>("SELECT face_id FROM cluster_faces WHERE cluster_ref = ?").pluck();
  for (const { id, version } of clusters) expect(versionOf(members.all(id))).toBe(version);
}

/** What was made of faces is their mean, and says how many they are. */
function checkEncodings(db: Database): void {
  const encodings = db
    .prepare<[], { id: number; encoding: Buffer; face_count: number; model: string }>(
      "SELECT * FROM enrolled_encodings",
    )
    .all();
  const faces = db.prepare<{ id: number }, Buffer>(
    `SELECT encoding FROM (SELECT id, encoding FROM face_embeddings WHERE encoding_ref = :id
       UNION ALL SELECT face_id, encoding FROM further_encodings WHERE encoding_ref = :id) ORDER BY id`,
  );
  for (const { id, encoding, face_count: count, model } of encodings) {
    const behind = faces
      .pluck()
      .all({ id })
      .map((blob) => fromBlob(blob as unknown as Buffer));
    if (behind.length === 0) continue;
    expect(count).toBe(behind.length);
    expect(fromBlob(encoding)).toEqual(meanOf(behind, model));
  }
}
