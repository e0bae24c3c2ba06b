import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Bus } from "../domain/events.ts";
import type { Problem } from "../domain/health/problem.ts";
import type { Counts } from "../domain/stats.ts";
import { addPictureMetrics, type PicturesState } from "./picture-metrics.ts";

/** Values that are read at each scrape. */
export interface MetricsSources {
  /** Faces waiting to be stored. */
  queue(): number;
  brokerConnected(): boolean;
  /** What is wrong. */
  problems(): readonly Pick<Problem, "code" | "severity">[];
  /** Messages dropped because there was no broker, since the start. */
  droppedPublishes(): number;
  /** null: no pictures are taken. */
  pictures(): PicturesState | null;
  counts(): Promise<Pick<Counts, "people" | "faces" | "unassigned" | "clusters" | "ignored">>;
}

/** The metrics in Prometheus's text format. */
export interface Metrics {
  readonly contentType: string;
  render(): Promise<string>;
  /** Unsubscribes from the bus and forgets all values. */
  stop(): void;
}

const SECONDS = {
  commit: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  recognition: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1],
  picture: [0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 15, 60],
  discovery: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800],
} as const;

/**
 * Counts the events of the bus. People are labelled by their `person_id`, which no rename changes; removing a person removes
 * their labels, so that no scrape contains an erased person.
 */
export function createMetrics({ bus, sources }: { bus: Bus; sources: MetricsSources }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addSources(registry, sources);
  addPictureMetrics(registry, () => sources.pictures());
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter({ name: `faces2mqtt_${name}`, help, labelNames, registers: [registry] });
  const histogram = (what: keyof typeof SECONDS, help: string) =>
    new Histogram({ name: `faces2mqtt_${what}_seconds`, help, buckets: [...SECONDS[what]], registers: [registry] });

  const received = counter("faces_total", "Faces stored", ["camera"]);
  const rejected = counter("refused_total", "Messages refused", ["code"]);
  const recognized = counter("recognized_total", "Recognized events", ["person", "camera"]);
  const unknown = counter("unknown_total", "Events of unknown faces", ["camera"]);
  const ambiguous = counter("ambiguous_total", "Events of faces between two people", ["camera"]);
  const purgedFaces = counter("purged_faces_total", "Faces that retention deleted");
  const purgedFrames = counter("purged_frames_total", "Source frames that retention deleted");
  const purgedThumbnails = counter("purged_thumbnails_total", "Thumbnails that retention deleted");
  const thinnedFaces = counter("thinned_faces_total", "Faces that others, nearly equal, stand for since");
  const durations = {
    commit: histogram("commit", "Time of storing the faces that arrived together"),
    recognition: histogram("recognition", "Time of comparing one face with all enrolled encodings"),
    picture: histogram("picture", "Time of finding, encoding and storing the faces of a picture"),
    discovery: histogram("discovery", "Time of a discovery"),
  };
  const discoveryFaces = new Gauge({
    name: "faces2mqtt_discovery_faces",
    help: "Faces that the last discovery looked at",
    registers: [registry],
  });
  /** Cameras that a person has been recognized at. */
  const camerasOf = new Map<string, Set<string>>();

  const stopListening = [
    bus.on("face", ({ face }) => received.inc({ camera: face.camera })),
    bus.on("rejected", ({ code }) => rejected.inc({ code })),
    bus.on("recognition", ({ event: { type, who, camera } }) => {
      if (type === "unknown") unknown.inc({ camera });
      if (type === "ambiguous") ambiguous.inc({ camera });
      if (!who) return;
      recognized.inc({ person: who.personId, camera });
      camerasOf.set(who.personId, (camerasOf.get(who.personId) ?? new Set()).add(camera));
    }),
    bus.on("people", ({ changes }) => {
      for (const { kind, person } of changes) {
        if (kind !== "removed") continue;
        for (const camera of camerasOf.get(person.personId) ?? [])
          recognized.remove({ person: person.personId, camera });
        camerasOf.delete(person.personId);
      }
    }),
    bus.on("purged", ({ faces, frames, thumbnails }) => {
      purgedFaces.inc(faces);
      purgedFrames.inc(frames);
      purgedThumbnails.inc(thumbnails);
    }),
    bus.on("thinned", ({ faces }) => thinnedFaces.inc(faces)),
    bus.on("measured", ({ what, seconds, count }) => {
      // Recognition is measured for all faces that arrived together.
      if (what !== "recognition") durations[what].observe(seconds);
      else for (let face = 0; face < count; face++) durations.recognition.observe(seconds / count);
      if (what === "discovery") discoveryFaces.set(count);
    }),
  ];

  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    stop() {
      for (const stop of stopListening) stop();
      registry.clear();
    },
  };
}

function addSources(registry: Registry, sources: MetricsSources): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `faces2mqtt_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge("queue_faces", "Faces waiting to be stored", () => sources.queue());
  gauge("broker_connected", "1 while there is a broker", () => (sources.brokerConnected() ? 1 : 0));
  new Counter({
    name: "faces2mqtt_dropped_publishes_total",
    help: "Messages dropped because there was no broker",
    registers: [registry],
    collect() {
      this.reset();
      this.inc(sources.droppedPublishes());
    },
  });
  new Gauge({
    name: "faces2mqtt_problems",
    help: "Open problems",
    labelNames: ["code", "severity"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { code, severity } of sources.problems()) this.inc({ code, severity });
    },
  });
  new Gauge({
    name: "faces2mqtt_stored",
    help: "What is stored: people, faces, unassigned faces, clusters that wait, ignored faces",
    labelNames: ["what"],
    registers: [registry],
    async collect() {
      const { people, faces, unassigned, clusters, ignored } = await sources.counts();
      for (const [what, count] of Object.entries({ people, faces, unassigned, clusters, ignored })) {
        this.set({ what }, count);
      }
    },
  });
}
