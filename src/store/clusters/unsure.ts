import type { Connection } from "../file/database.ts";
import type { PersonRows } from "../people/person-rows.ts";
import type { ClusterAsPerson } from "../port/clusters.ts";
import type { Store } from "../port.ts";
import type { Clusters } from "./clusters.ts";

/** Which clusters a user could not say of whether they are a person. */
export function createUnsure(
  { db, write }: Connection,
  clusters: Clusters,
  people: PersonRows,
): Pick<Store, "unsure" | "saveUnsure" | "dropUnsure"> {
  const all = db.prepare<[], ClusterAsPerson>(
    `SELECT u.cluster_id AS cluster, u.version, p.person_id AS personId FROM unsure_answers u
     JOIN people p ON p.id = u.person_ref ORDER BY u.cluster_id, p.person_id`,
  );
  const save = db.prepare("INSERT OR REPLACE INTO unsure_answers (cluster_id, version, person_ref) VALUES (?, ?, ?)");
  const dropOld = db.prepare(
    `DELETE FROM unsure_answers WHERE NOT EXISTS (
       SELECT 1 FROM clusters c WHERE c.cluster_id = unsure_answers.cluster_id AND c.version = unsure_answers.version)`,
  );
  const drop = db.prepare("DELETE FROM unsure_answers WHERE cluster_id = ? AND version = ? AND person_ref = ?");
  return {
    unsure: async () => all.all(),
    saveUnsure: async ({ cluster, version, personId }) =>
      write(() => {
        clusters.need(cluster, version);
        const { ref } = people.need(personId);
        dropOld.run();
        save.run(cluster, version, ref);
      }),
    dropUnsure: async ({ cluster, version, personId }) =>
      write(() => {
        drop.run(cluster, version, people.need(personId).ref);
      }),
  };
}
