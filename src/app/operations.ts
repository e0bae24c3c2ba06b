import { createRequests } from "../operations/create.ts";
import type { Requests } from "../operations/port.ts";
import { createReadActivity } from "../operations/reads/activity.ts";
import { createFindCandidates } from "../operations/reads/candidates.ts";
import { createReadStats } from "../operations/reads/figures.ts";
import { createSimilar } from "../operations/reads/similar.ts";
import { createStudyThreshold } from "../operations/reads/threshold.ts";
import { createReadStatus, type ReadStatus, type StatusDeps } from "../operations/status.ts";
import { exportPerson } from "../registry/import-export.ts";
import { toEncoding } from "../wire/in/fields.ts";
import type { Flows } from "./flows.ts";

/** How the daemon is: its figures, its health. */
export function buildStatus({ context, storage, faces, discovery }: Flows, link: StatusDeps["link"]): ReadStatus {
  const { version, startedAt, clock, bus, problems } = context;
  const { store, settings } = storage;
  const { ingest, purge } = faces;
  const { discover, schedule } = discovery;
  return createReadStatus({
    version,
    instance: store.instance,
    startedAt,
    link,
    ingest,
    readStats: createReadStats({ store, ingest, discovery: discover.current, problems, bus, clock }),
    discover,
    schedule,
    purge,
    settings: settings.current,
    problems,
    clock,
  });
}

/**
 * All that can be asked.
 * @param announce Sends MQTT discovery again.
 */
export function buildOperations(
  { context, storage, faces, discovery }: Flows,
  status: ReadStatus,
  announce: () => void,
): Requests {
  const { config, clock } = context;
  const { store, people, settings } = storage;
  const { clusterer, discover } = discovery;
  const { cannotLink } = config.discovery;
  return createRequests({
    store,
    discover,
    people,
    similar: createSimilar({ store, people, settings: settings.current, cannotLink }),
    purge: faces.purge,
    settings,
    status: status.read,
    health: status.health,
    findCandidates: createFindCandidates({ store, people }),
    studyThreshold: createStudyThreshold({
      store,
      people,
      clusterer,
      settings: settings.current,
      rules: config.discovery,
    }),
    cannotLink,
    exportPerson: (personId) => exportPerson(store, personId),
    readFrame: faces.frames.read,
    readActivity: createReadActivity({ store, people, settings: settings.current }),
    cooldownSeconds: config.recognition.cooldownSeconds,
    clock,
    toEncoding: (values) => toEncoding(values, store.dimension),
    announce: async () => {
      announce();
      return config.homeassistant.enabled;
    },
  });
}
