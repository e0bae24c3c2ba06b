import type { Clock } from "../../domain/clock.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Stats } from "../../domain/stats.ts";
import type { Discover } from "../../flow/discovery/discover.ts";
import type { DiscoverySchedule } from "../../flow/discovery/discovery-schedule.ts";
import type { Ingest } from "../../flow/ingest.ts";
import type { Purge } from "../../flow/purge.ts";
import type { Gaps } from "../../flow/watch/gaps.ts";
import type { Problems } from "../../flow/watch/problems.ts";
import type { SnapshotsStatus } from "../../wire/out/system/snapshots.ts";
import type { Health, Status } from "../../wire/out/system/status.ts";

export interface StatusDeps {
  readonly version: string;
  readonly instance: string;
  readonly startedAt: Date;
  readonly link: Status["broker"] & { readonly url: string };
  readonly intake: Omit<Status["intake"], "url">;
  readonly frameAncestors: readonly string[];
  readonly ingest: Pick<Ingest, "queued">;
  readonly stats: () => Promise<Stats>;
  readonly discover: Pick<Discover, "current">;
  readonly schedule: Pick<DiscoverySchedule, "next">;
  readonly purge: Pick<Purge, "heldUntil" | "lastRun" | "thinning">;
  readonly settings: () => Settings;
  /** null: no pictures are taken. */
  readonly readSnapshots: () => SnapshotsStatus | null;
  readonly problems: Pick<Problems, "list">;
  readonly gaps: Gaps;
  readonly clock: Clock;
}

/** How the system is, for people and for machines. */
export interface ReadStatus {
  read(): Promise<Status>;
  health(): Health;
}

export function createReadStatus(deps: StatusDeps): ReadStatus {
  const { version, instance, startedAt, link, ingest, stats, discover, schedule, purge, settings, problems, clock } =
    deps;
  const { readSnapshots, intake, frameAncestors, gaps } = deps;
  return {
    read: async () => ({
      version,
      instance,
      node: process.version,
      startedAt,
      uptimeSeconds: Math.round((clock.now().getTime() - startedAt.getTime()) / 1000),
      broker: link,
      stats: await stats(),
      queue: ingest.queued,
      discovery: discover.current(),
      nextDiscovery: schedule.next(),
      retention: {
        days: settings()["storage.retention_days"],
        heldUntil: purge.heldUntil(),
        lastPurge: purge.lastRun(),
        ...(await purge.thinning()),
      },
      snapshots: readSnapshots(),
      problems: problems.list(),
      gaps: gaps.list(),
      intake: { ...intake, url: link.url },
      frameAncestors,
    }),
    health: () => ({ healthy: link.state !== "stopped", version, broker: link.state }),
  };
}
