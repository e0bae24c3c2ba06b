import type { Clock } from "../domain/clock.ts";
import type { Settings } from "../domain/settings.ts";
import type { Discover } from "../flow/discover.ts";
import type { Ingest } from "../flow/ingest.ts";
import type { Purge } from "../flow/purge.ts";
import type { Schedule } from "../flow/schedule.ts";
import type { Problems } from "../flow/watch/problems.ts";
import type { HealthAnswer, StatsJson, StatusJson } from "../wire/out/schemas.ts";
import { toDiscoveryJson, toTime } from "../wire/out/views.ts";
import type { ReadStats, Stats } from "./reads/figures.ts";

export interface StatusDeps {
  readonly version: string;
  readonly instance: string;
  readonly startedAt: Date;
  readonly link: {
    readonly state: StatusJson["broker"]["state"];
    readonly description: string;
    readonly dropped: number;
  };
  readonly ingest: Pick<Ingest, "queued">;
  readonly readStats: ReadStats;
  readonly discover: Pick<Discover, "current">;
  readonly schedule: Pick<Schedule, "next">;
  readonly purge: Pick<Purge, "heldUntil" | "lastRun">;
  readonly settings: () => Settings;
  readonly problems: Problems;
  readonly clock: Clock;
}

/** How the daemon is, for people and for machines. */
export interface ReadStatus {
  read(): Promise<StatusJson>;
  stats(): Promise<StatsJson>;
  health(): Promise<HealthAnswer>;
}

export function createReadStatus(deps: StatusDeps): ReadStatus {
  const { link, ingest, readStats, discover, schedule, purge, settings, problems, clock } = deps;
  return {
    async read() {
      const stats = await readStats();
      return {
        version: deps.version,
        instance: deps.instance,
        node: process.version,
        started_at: deps.startedAt.toISOString(),
        uptime_seconds: Math.round((clock.now().getTime() - deps.startedAt.getTime()) / 1000),
        broker: { state: link.state, description: link.description, dropped: link.dropped },
        stats: toStatsJson(stats),
        faces: {
          assigned: stats.counts.assigned,
          thumbnails: stats.counts.thumbnails,
          encodings: stats.counts.encodings,
        },
        rates: { faces_per_minute: stats.facesPerMinute, queue: ingest.queued },
        database_bytes: stats.counts.databaseBytes,
        discovery: toDiscoveryJson(discover.current()),
        next_discovery: toTime(schedule.next()),
        retention: {
          days: settings()["storage.retention_days"],
          held_until: toTime(purge.heldUntil()),
          last_purge: toTime(purge.lastRun()),
        },
        problems: [...problems.list()],
      };
    },
    stats: async () => toStatsJson(await readStats()),
    health: async () => ({ healthy: link.state !== "stopped", version: deps.version, broker: link.state }),
  };
}

function toStatsJson({ counts, rejected, lastDiscovery, problem }: Stats): StatsJson {
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
