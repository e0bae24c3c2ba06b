import type { Clock } from "../domain/clock.ts";
import { type Log, silentLog } from "../domain/log.ts";
import { buildModels, type Models } from "../domain/model.ts";
import { createAssignAll } from "./clusters/assign-all.ts";
import { createClusterList } from "./clusters/cluster-list.ts";
import { createClusterView } from "./clusters/cluster-view.ts";
import { createClusters } from "./clusters/clusters.ts";
import { createClustersSeen } from "./clusters/clusters-seen.ts";
import { createGroupings } from "./clusters/groupings.ts";
import { createIgnore } from "./clusters/ignore.ts";
import { createLastDiscovery } from "./clusters/last-discovery.ts";
import { createReject } from "./clusters/reject.ts";
import { createUnsure } from "./clusters/unsure.ts";
import { createCounts } from "./counts.ts";
import { createCollect } from "./faces/collect.ts";
import { createFaces } from "./faces/faces.ts";
import { createLastSeen } from "./faces/last-seen.ts";
import { createMatches } from "./faces/matches.ts";
import { createPersonFaces } from "./faces/person-faces.ts";
import { createPersonVariances } from "./faces/person-variances.ts";
import { createRetention } from "./faces/retention.ts";
import { createSaveFaces } from "./faces/save-faces.ts";
import { createThinning } from "./faces/thinning.ts";
import { createThumbnailRows } from "./faces/thumbnails.ts";
import { createBackup } from "./file/backup.ts";
import { createReportDamage } from "./file/damage.ts";
import { openDatabase } from "./file/database.ts";
import { openDimensions, withKept } from "./file/dimension.ts";
import { createNotes } from "./file/notes.ts";
import { MIGRATIONS } from "./file/schema/migrations.ts";
import { createScrub } from "./file/scrub.ts";
import { createAssign } from "./people/assign.ts";
import { createAssignStranger } from "./people/assign-stranger.ts";
import { createClaim } from "./people/claim.ts";
import { createCounterExamples } from "./people/counter-examples.ts";
import { createEnrolment } from "./people/enrolment.ts";
import { createErasures } from "./people/erasures.ts";
import { createGallery } from "./people/gallery.ts";
import { createMerge, createMergePeople } from "./people/merge.ts";
import { createMove } from "./people/moving/move.ts";
import { createPersonRows } from "./people/person-rows.ts";
import { createPortraits } from "./people/portrait/portraits.ts";
import { createSetPortrait } from "./people/portrait/set-portrait.ts";
import { createRegistry } from "./people/registry.ts";
import { createRegistryRecord } from "./people/registry-record.ts";
import { createRemove } from "./people/remove.ts";
import { createRename } from "./people/rename.ts";
import { createUnassign } from "./people/unassign.ts";
import type { Store } from "./port.ts";
import { createEnrolAgain } from "./re-encode/enrol-again.ts";
import { createFurtherEncodings } from "./re-encode/further-encodings.ts";
import { createPeopleToReEncode } from "./re-encode/people-to-re-encode.ts";
import { createSettingOverrides } from "./setting-overrides.ts";
import { createStrangerRows } from "./strangers/strangers.ts";
import { createTakenPast } from "./taken-past.ts";
import { createTopicRoots } from "./topic-roots.ts";
import { type ChangeDeps, createSteps } from "./undo/change-steps.ts";
import { createConflicts } from "./undo/conflicts.ts";
import { createForget } from "./undo/forget.ts";
import { createHistory } from "./undo/history.ts";
import { createUndoJournal } from "./undo/journal.ts";
import { createRecorders } from "./undo/recorder.ts";
import { createUndo } from "./undo/undo.ts";
import { createCorrectVisit } from "./visits/correct-visit.ts";
import { createOldFaces } from "./visits/old-faces.ts";
import { createSaveVisits } from "./visits/save-visits.ts";
import { createVisitList } from "./visits/visit-list.ts";
import { createVisitPeople } from "./visits/visit-people.ts";

export interface OpenStoreOptions {
  /** The data folder; made with mode 0700 where it is missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** Those that faces may have; without it, those that are built in. */
  readonly models?: Models;
  readonly log?: Log;
  /**
   * A sentence when a broken database was quarantined and an empty one begun (open until the next start), or when stored
   * encodings are damaged; null as soon as a read finds that they no longer are.
   */
  readonly onProblem?: (message: string | null) => void;
}

/**
 * The store in SQLite, in `<folder>/faces2mqtt.db`. The caller holds the folder's lock.
 * @throws {StartRefused} when the database was written by a newer version, or has encodings of another length than their model's.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { folder, clock, models = buildModels(), log = silentLog, onProblem = () => undefined } = options;
  const connection = openDatabase(folder, clock.now(), MIGRATIONS);
  const { db, problem } = connection;
  const reportDamage = createReportDamage(onProblem);
  if (problem !== null) {
    log.error({}, problem);
    reportDamage("file", problem);
  }

  const notes = createNotes(connection);
  const dimensions = openDimensions(connection, notes, models);
  const erasures = createErasures(connection, notes, clock);
  const portraits = createPortraits(connection);
  const people = createPersonRows(connection, erasures, portraits);
  const enrolment = createEnrolment(connection, { models, reportDamage, log });
  const further = createFurtherEncodings(connection, enrolment, dimensions);
  const clusters = createClusters(connection, clock);
  const matches = createMatches(connection);
  const examples = createCounterExamples(connection, matches);
  const clusterList = createClusterList(connection);
  const discoveries = createLastDiscovery(connection, clusters);
  const lastDiscovery = discoveries.lastId;
  const visits = createVisitPeople(connection);
  const journal = createUndoJournal(connection, notes, createRecorders(connection, clusters, lastDiscovery), clock);
  const conflicts = createConflicts(connection, journal);
  const forget = createForget(connection, journal);
  const parts = { people, dimensions, enrolment, further, clusters, matches, examples, visits, portraits };
  const changeDeps: ChangeDeps = { connection, ...parts, journal, steps: createSteps(connection, parts) };
  const merge = createMerge(changeDeps);
  const sightings = createLastSeen(connection);
  const saveVisits = createSaveVisits(connection);
  const visitList = createVisitList(connection);
  const registryRecord = createRegistryRecord(connection, notes);
  const scrub = createScrub(connection, notes, clock, log);
  const { personStates, cameraStates } = sightings;
  const { clusterMembers, saveDiscovery, dropFormerClusters } = discoveries;

  return {
    instance: notes.get("instance") ?? "",
    models: () => withKept(models, dimensions.all()),
    ...createSaveFaces({ connection, clusters, dimensions, sightings, visits: saveVisits }),
    endVisits: saveVisits.endVisits,
    endOpenVisits: saveVisits.endOpenVisits,
    ...createOldFaces(connection, saveVisits),
    visits: visitList.visits,
    visit: visitList.visit,
    correctVisit: createCorrectVisit({ ...changeDeps, show: visitList.show }),
    ...createThumbnailRows(connection),
    ...createFaces(connection),
    ...createPersonVariances(connection),
    ...createPeopleToReEncode(connection, people),
    saveFurtherEncoding: further.save,
    enrolAgain: createEnrolAgain(changeDeps),
    ...createGallery(connection, { ...changeDeps, clusterList }),
    ...createPersonFaces(connection),
    people: people.people,
    person: people.person,
    personStates,
    cameraStates,
    ...createCounts(connection),
    ...createCollect({ connection, dimensions, reportDamage, log }),
    clusterMembers,
    saveDiscovery,
    dropFormerClusters,
    lastDiscovery: discoveries.lastDiscovery,
    clusters: clusterList.clusters,
    ...createClustersSeen(connection),
    cluster: clusterList.cluster,
    clusterEncodings: clusterList.clusterEncodings,
    clusterOutlines: clusterList.clusterOutlines,
    countRecognized: clusterList.countRecognized,
    ...createAssign(changeDeps),
    assignStranger: createAssignStranger(changeDeps),
    assignAll: createAssignAll(changeDeps),
    claim: createClaim(changeDeps),
    move: createMove(changeDeps),
    unassign: createUnassign(changeDeps),
    ...createSetPortrait(changeDeps),
    rename: createRename(changeDeps, merge),
    merge: createMergePeople(changeDeps, merge),
    scrub: scrub.finish,
    remove: createRemove({ ...changeDeps, forget, erasures, registryRecord, scrub, saveVisits }),
    ...createIgnore(changeDeps, clusterList),
    reject: createReject(changeDeps),
    ...createGroupings(changeDeps, clusterList),
    ...createClusterView(connection, clusters),
    ...createUnsure(connection, clusters, people),
    ...createUndo({ ...changeDeps, notes, lastDiscovery, conflicts }),
    ...createHistory(connection, journal, conflicts),
    ...createRetention(connection, clusters, saveVisits, forget, scrub, notes),
    ...createThinning(connection, clusters, scrub, notes),
    ...createRegistry(changeDeps),
    registryRecord: registryRecord.registryRecord,
    saveRegistryRecord: registryRecord.saveRegistryRecord,
    erasedAt: erasures.erasedAt,
    ...createStrangerRows(connection),
    ...createSettingOverrides(connection),
    ...createTopicRoots(connection, notes),
    ...createTakenPast(connection, notes),
    ...createBackup(connection),
    async close() {
      if (!db.open) return;
      db.pragma("wal_checkpoint(TRUNCATE)");
      db.close();
      scrub.close();
    },
  };
}
