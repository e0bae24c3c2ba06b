import type { Clock } from "../domain/clock.ts";
import { createAssign } from "./assign.ts";
import { createBackup } from "./backup.ts";
import { type ChangeDeps, createSteps } from "./changes.ts";
import { createClaim } from "./claim.ts";
import { createClusterList } from "./cluster-list.ts";
import { createClusters } from "./clusters.ts";
import { createCollect } from "./collect.ts";
import { createCounts } from "./counts.ts";
import { openDatabase } from "./database.ts";
import { createDiscoveries } from "./discoveries.ts";
import { createEnrolment } from "./enrolment.ts";
import { createErasures } from "./erasures.ts";
import { createFaces } from "./faces.ts";
import { createGallery } from "./gallery.ts";
import { createIgnore } from "./ignore.ts";
import { createJournal } from "./journal.ts";
import { createLeaveNoByte } from "./leave-no-byte.ts";
import { createMerge, createMergePeople } from "./merge.ts";
import { MIGRATIONS } from "./migrations.ts";
import { createNotes } from "./notes.ts";
import { createPeople } from "./people.ts";
import { createPlaces } from "./places.ts";
import type { Store } from "./port.ts";
import { createRegistry } from "./registry.ts";
import { createRememberedRegistry } from "./remembered-registry.ts";
import { createRemove } from "./remove.ts";
import { createRename } from "./rename.ts";
import { createRetention } from "./retention.ts";
import { createSaveFaces } from "./save-faces.ts";
import { createSettings } from "./settings.ts";
import { createSightings } from "./sightings.ts";
import { type StoreLog, silentLog } from "./store-log.ts";
import { createThumbnails } from "./thumbnails.ts";
import { createUnassign } from "./unassign.ts";
import { createUndo } from "./undo.ts";

export interface OpenStoreOptions {
  /** The data folder; made with mode 0700 where it is missing. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log?: StoreLog;
  /** Told as a sentence: a broken database was set aside and an empty one begun, or stored rows are damaged. */
  readonly onProblem?: (message: string) => void;
}

/**
 * The store in SQLite, in `<folder>/faces2mqtt.db`. The caller holds the folder's lock.
 * @throws {StartRefused} when the database was written by a newer version.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { folder, clock, log = silentLog, onProblem = () => undefined } = options;
  const connection = openDatabase(folder, clock.now(), MIGRATIONS);
  const { db, problem } = connection;
  if (problem !== null) {
    log.error({}, problem);
    onProblem(problem);
  }

  const notes = createNotes(connection);
  const erasures = createErasures(connection, notes, clock);
  const people = createPeople(connection, erasures);
  const enrolment = createEnrolment(connection, (encodings) => {
    log.error({ encodings }, "enrolled encodings are damaged and were left out");
    onProblem(`${encodings.length} enrolled encodings in the database are damaged and were left out`);
  });
  const clusters = createClusters(connection, clock);
  const clusterList = createClusterList(connection);
  const discoveries = createDiscoveries(connection, clusters);
  const lastDiscovery = discoveries.lastId;
  const journal = createJournal(connection, notes, clusters, lastDiscovery, clock);
  const steps = createSteps(connection, { enrolment, clusters, people });
  const changeDeps: ChangeDeps = { connection, people, enrolment, clusters, journal, steps };
  const merge = createMerge(changeDeps);
  const sightings = createSightings(connection);
  const remembered = createRememberedRegistry(connection, notes);
  const leaveNoByte = createLeaveNoByte(connection, notes, clock, log);
  const { personStates, cameraStates } = sightings;
  const { clusterMembers, saveDiscovery } = discoveries;
  const { rememberedRegistry, rememberRegistry } = remembered;

  return {
    instance: notes.get("instance") ?? "",
    saveFaces: createSaveFaces({ connection, clusters, sightings }),
    ...createThumbnails(connection),
    ...createFaces(connection),
    ...createGallery(connection, people, enrolment),
    people: people.people,
    person: people.person,
    personStates,
    cameraStates,
    ...createCounts(connection),
    ...createCollect(connection, log, onProblem),
    clusterMembers,
    saveDiscovery,
    lastDiscovery: discoveries.lastDiscovery,
    clusters: clusterList.clusters,
    cluster: clusterList.cluster,
    assign: createAssign(changeDeps),
    claim: createClaim(changeDeps),
    unassign: createUnassign(changeDeps),
    rename: createRename(changeDeps, merge),
    merge: createMergePeople(changeDeps, merge),
    leaveNoByte: leaveNoByte.settle,
    remove: createRemove({ ...changeDeps, erasures, remembered, leaveNoByte }),
    ...createIgnore(changeDeps, clusterList),
    undo: createUndo({ ...changeDeps, notes, lastDiscovery }),
    ...createRetention(connection, clusters, journal, leaveNoByte, notes),
    ...createRegistry(changeDeps),
    rememberedRegistry,
    rememberRegistry,
    erasedAt: erasures.erasedAt,
    ...createSettings(connection),
    ...createPlaces(connection, notes),
    ...createBackup(connection),
    async close() {
      if (!db.open) return;
      db.pragma("wal_checkpoint(TRUNCATE)");
      db.close();
      leaveNoByte.close();
    },
  };
}
