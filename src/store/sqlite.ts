import { randomBytes } from "node:crypto";
import type { Clock } from "../domain/clock.ts";
import { createChanges, createPeopleRows } from "./changes.ts";
import { createClusters } from "./clusters.ts";
import { type Db, openDatabase } from "./database.ts";
import { createFaces } from "./faces.ts";
import { createHouse } from "./house.ts";
import { createJournal } from "./journal.ts";
import { createPeople } from "./people.ts";
import type { Store } from "./port.ts";
import { createRegistryEdit } from "./registry-edit.ts";
import { createRemoval } from "./removal.ts";

/** The store of a data folder, in SQLite. */
export async function openStore({ folder, clock }: { folder: string; clock: Clock }): Promise<Store> {
  const db = openDatabase(folder);
  const instance = madeOnce(db, "instance", 4);
  const salt = madeOnce(db, "salt", 32);
  const journal = createJournal(db, clock);
  const people = createPeopleRows(db);
  const clusters = createClusters(db);
  const { members: _members, takeOut: _takeOut, ...clusterMethods } = clusters;
  return {
    instance,
    ...createFaces(db),
    ...createPeople(db),
    ...clusterMethods,
    ...createChanges(db, people, clusters, journal),
    ...createRemoval(db, salt, clock, people, clusters, journal),
    ...createRegistryEdit(db, people, journal),
    ...createHouse(db),
    async close() {
      db.pragma("wal_checkpoint(TRUNCATE)");
      db.close();
    },
  };
}

function madeOnce(db: Db, key: string, bytes: number): string {
  db.prepare("INSERT OR IGNORE INTO meta VALUES (?, ?)").run(key, randomBytes(bytes).toString("hex"));
  return (db.prepare("SELECT value FROM meta WHERE key = ?").get(key) as { value: string }).value;
}
