import type { Topics } from "../mqtt/topics.ts";
import { createClusterSuggestions } from "../operations/reads/clusters/cluster-suggestions.ts";
import { createReadStats } from "../operations/reads/stats.ts";
import type { StatusDeps } from "../operations/reads/status.ts";
import { createSystem } from "../operations/system/create-system.ts";
import type { System } from "../operations/system/system.ts";
import { exportPerson } from "../registry/import-export.ts";
import { toEncoding, toModel } from "../wire/in/fields.ts";
import type { Flows } from "./flows.ts";
import type { Sources } from "./sources.ts";

/** What the adapters give to the system. */
export interface SystemAdapters {
  readonly link: StatusDeps["link"] & System["link"];
  readonly topics: Pick<Topics, "embedding">;
  readonly testFaces: System["testFaces"];
  /** null: no pictures are taken. */
  readonly sources: Pick<Sources, "fetchNow"> | null;
  /** Publishes MQTT discovery again. */
  readonly announce: () => void;
}

/** The system as operations see it. */
export function buildSystem(
  { context, storage, faces, pictures, discovery, reEncode }: Flows,
  { link, topics, testFaces, sources, announce }: SystemAdapters,
): System {
  const { config, models, version, startedAt, clock, bus, problems, gaps } = context;
  const { store, people, settings } = storage;
  const { ingest, purge, frames } = faces;
  const { clusterer, discover, schedule, projector } = discovery;
  const suggestions = createClusterSuggestions({ store, people, settings: settings.current, bus });
  return createSystem({
    version,
    instance: store.instance,
    startedAt,
    store,
    people,
    discover,
    purge,
    reEncode,
    settings,
    ingest,
    schedule,
    problems,
    gaps,
    link,
    testFaces,
    intake: toIntake(context, topics),
    frameAncestors: config.http.frameAncestors,
    clusterer,
    project: projector.project,
    bus,
    clock,
    suggestions,
    stats: createReadStats({ store, suggestions, ingest, discovery: discover.current, problems, bus, clock }),
    rules: {
      ...config.discovery,
      cooldownSeconds: config.recognition.cooldownSeconds,
      maxPictureBytes: config.snapshots.maxPictureBytes,
    },
    snapshots: pictures,
    readSnapshots: () => pictures && { ...pictures.state(), sources: pictures.sources.list() },
    readFrame: frames.read,
    toModel: (name = config.ingest.model) => toModel(name, models),
    toEncoding,
    fetchSnapshot: sources?.fetchNow ?? null,
    exportPerson: (personId) => exportPerson(store, personId),
    announce: async () => {
      announce();
      return config.homeassistant.enabled;
    },
  });
}

/** Where and how faces come in. */
function toIntake({ config, models }: Flows["context"], topics: SystemAdapters["topics"]): StatusDeps["intake"] {
  const { mqtt, ingest } = config;
  const embedded = mqtt.url === null;
  return {
    topic: topics.embedding("<camera>"),
    embedded,
    users: embedded ? mqtt.embedded.users.length > 0 : mqtt.username !== null,
    model: ingest.model,
    dimension: toModel(ingest.model, models).dimension,
  };
}
