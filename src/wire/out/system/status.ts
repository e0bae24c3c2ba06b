import { type Static, Type } from "typebox";
import type { Discovery } from "../../../domain/cluster.ts";
import type { Gap, Problem } from "../../../domain/health/problem.ts";
import type { Stats } from "../../../domain/stats.ts";
import { DiscoverySchema, toDiscoveryJson } from "../clusters/clusters.ts";
import { Nullable, Time, toTime } from "../values.ts";
import { GapSchema, ProblemSchema, toGapJson, toProblemJson } from "./problems.ts";
import { type SnapshotsStatus, SnapshotsStatusSchema, toSnapshotsJson } from "./snapshots.ts";

export const StatsSchema = Type.Object({
  people: Type.Integer(),
  faces: Type.Integer(),
  unassigned: Type.Integer(),
  clusters: Type.Integer(),
  ignored: Type.Integer(),
  rejected: Type.Integer(),
  last_discovery: Nullable(Time),
  problem: Nullable(Type.String()),
});
export type StatsJson = Static<typeof StatsSchema>;

export function toStatsJson({ counts, rejected, lastDiscovery, problem }: Stats): StatsJson {
  return {
    people: counts.people,
    faces: counts.faces,
    unassigned: counts.unassigned,
    clusters: counts.clusters,
    ignored: counts.ignored,
    rejected,
    last_discovery: toTime(lastDiscovery),
    problem,
  };
}

const BrokerStateSchema = Type.Union([Type.Literal("connecting"), Type.Literal("connected"), Type.Literal("stopped")]);

const BrokerSchema = Type.Object({
  state: BrokerStateSchema,
  description: Type.String(),
  dropped: Type.Integer(),
  failures: Type.Integer({ description: "attempts to connect, since there was a connection" }),
  last_error: Nullable(Type.String({ description: "what the broker or the operating system said" })),
  next_try: Nullable(Time),
});

/** How the link to the broker is. */
interface BrokerStatus {
  readonly state: Static<typeof BrokerStateSchema>;
  readonly description: string;
  readonly dropped: number;
  readonly attempts: { readonly failures: number; readonly lastError: string | null; readonly nextAt: Date | null };
}

function toBrokerJson({ state, description, dropped, attempts }: BrokerStatus): Static<typeof BrokerSchema> {
  const { failures, lastError, nextAt } = attempts;
  return { state, description, dropped, failures, last_error: lastError, next_try: toTime(nextAt) };
}

const IntakeSchema = Type.Object({
  url: Type.String({ description: "what cameras connect to, without credentials" }),
  topic: Type.String({ description: "what they publish to; `<camera>` is theirs" }),
  embedded: Type.Boolean({ description: "the broker is part of the daemon" }),
  users: Type.Boolean({ description: "it wants a login" }),
  model: Type.String({ description: "of messages that name none" }),
  dimension: Type.Integer({ description: "how many numbers an encoding of it has" }),
});

export const StatusSchema = Type.Object({
  version: Type.String(),
  instance: Type.String(),
  node: Type.String(),
  started_at: Time,
  uptime_seconds: Type.Number(),
  broker: BrokerSchema,
  stats: StatsSchema,
  faces: Type.Object({
    assigned: Type.Integer(),
    thumbnails: Type.Integer(),
    encodings: Type.Integer(),
    counter_examples: Type.Integer({
      description: "encodings of what people are not; they stay until the person is deleted",
    }),
  }),
  rates: Type.Object({ faces_per_minute: Type.Number(), queue: Type.Integer() }),
  database_bytes: Type.Integer(),
  discovery: DiscoverySchema,
  next_discovery: Nullable(Time),
  retention: Type.Object({
    days: Type.Number(),
    held_until: Nullable(Time),
    last_purge: Nullable(Time),
    thin: Nullable(Type.Number({ description: "`storage.thin`: at which distance faces of a visit are thinned" })),
    thinned: Type.Integer({ description: "faces that were thinned in all: others, nearly equal, stand for them" }),
    thinned_last_run: Type.Integer(),
  }),
  snapshots: Nullable(SnapshotsStatusSchema),
  problems: Type.Array(ProblemSchema, { description: "errors first, the oldest of each first" }),
  gaps: Type.Array(GapSchema, {
    description: "when nothing was received from the broker, in the last 24 hours and since the daemon started",
  }),
  intake: IntakeSchema,
  frame_ancestors: Type.Array(Type.String(), { description: "who may embed the panel (`http.frame_ancestors`)" }),
});
export type StatusJson = Static<typeof StatusSchema>;

/** How the system is. */
export interface Status {
  readonly version: string;
  readonly instance: string;
  readonly node: string;
  readonly startedAt: Date;
  readonly uptimeSeconds: number;
  readonly broker: BrokerStatus;
  readonly stats: Stats;
  /** Faces that wait to be stored. */
  readonly queue: number;
  readonly discovery: Discovery;
  readonly nextDiscovery: Date | null;
  readonly retention: {
    readonly days: number;
    readonly heldUntil: Date | null;
    readonly lastPurge: Date | null;
    readonly thin: number | null;
    readonly thinned: { readonly total: number; readonly lastRun: number };
  };
  /** null: no pictures are taken. */
  readonly snapshots: SnapshotsStatus | null;
  readonly problems: readonly Problem[];
  readonly gaps: readonly Gap[];
  readonly intake: Readonly<Static<typeof IntakeSchema>>;
  readonly frameAncestors: readonly string[];
}

export function toStatusJson({ broker, stats, retention, ...status }: Status): StatusJson {
  const { assigned, thumbnails, encodings, counterExamples, databaseBytes } = stats.counts;
  return {
    version: status.version,
    instance: status.instance,
    node: status.node,
    started_at: status.startedAt.toISOString(),
    uptime_seconds: status.uptimeSeconds,
    broker: toBrokerJson(broker),
    stats: toStatsJson(stats),
    faces: { assigned, thumbnails, encodings, counter_examples: counterExamples },
    rates: { faces_per_minute: stats.facesPerMinute, queue: status.queue },
    database_bytes: databaseBytes,
    discovery: toDiscoveryJson(status.discovery),
    next_discovery: toTime(status.nextDiscovery),
    retention: {
      days: retention.days,
      held_until: toTime(retention.heldUntil),
      last_purge: toTime(retention.lastPurge),
      thin: retention.thin,
      thinned: retention.thinned.total,
      thinned_last_run: retention.thinned.lastRun,
    },
    snapshots: status.snapshots && toSnapshotsJson(status.snapshots),
    problems: status.problems.map(toProblemJson),
    gaps: status.gaps.map(toGapJson),
    intake: { ...status.intake },
    frame_ancestors: [...status.frameAncestors],
  };
}

export const RetryBrokerAnswerSchema = Type.Object({ state: BrokerStateSchema });

export const HealthAnswerSchema = Type.Object({
  healthy: Type.Boolean(),
  version: Type.String(),
  broker: BrokerStateSchema,
});
export type Health = Static<typeof HealthAnswerSchema>;

export const PurgeAnswerSchema = Type.Object({
  faces: Type.Integer(),
  frames: Type.Integer(),
  thumbnails: Type.Integer(),
  counter_examples: Type.Integer({ description: "how many there are: no purge deletes them" }),
  dry_run: Type.Boolean(),
  would_delete: Type.Array(
    Type.Object({
      face_id: Type.Integer(),
      uid: Type.String(),
      camera: Type.String(),
      timestamp: Time,
      source: Nullable(Type.String()),
      frame: Nullable(Type.String({ description: "the file that goes with it" })),
    }),
  ),
});
export type PurgeAnswer = Static<typeof PurgeAnswerSchema>;

/** What a purge deleted, or with `dryRun` would. */
interface Purged {
  readonly faces: number;
  readonly frames: number;
  readonly thumbnails: number;
  /** How many there are; a purge leaves them. */
  readonly counterExamples: number;
  readonly dryRun: boolean;
  readonly wouldDelete: readonly {
    readonly faceId: number;
    readonly uid: string;
    readonly camera: string;
    readonly capturedAt: Date;
    readonly source: string | null;
    readonly frame: string | null;
  }[];
}

/** Faces are listed by a dry run only. */
export function toPurgeAnswer({ faces, frames, thumbnails, dryRun, ...purged }: Purged): PurgeAnswer {
  return {
    faces,
    frames,
    thumbnails,
    counter_examples: purged.counterExamples,
    dry_run: dryRun,
    would_delete: (dryRun ? purged.wouldDelete : []).map((face) => ({
      face_id: face.faceId,
      uid: face.uid,
      camera: face.camera,
      timestamp: face.capturedAt.toISOString(),
      source: face.source,
      frame: face.frame,
    })),
  };
}
