import { type Clusterer, createClusterer } from "../cluster/clusterer.ts";
import { createProjector, type Projector } from "../cluster/map/projector.ts";
import { createProposer } from "../cluster/propose/proposer.ts";
import { createDiscover, type Discover } from "../flow/discovery/discover.ts";
import { createDiscoverySchedule, type DiscoverySchedule } from "../flow/discovery/discovery-schedule.ts";
import { createFirstRun } from "../flow/discovery/first-run.ts";
import { createRepresentatives } from "../flow/discovery/representatives.ts";
import type { AppContext } from "./context.ts";
import type { Storage } from "./storage.ts";

export interface DiscoveryFlow {
  readonly clusterer: Clusterer;
  readonly discover: Discover;
  readonly schedule: DiscoverySchedule;
  readonly projector: Projector;
}

/** Discovery: collect unassigned → cluster → propose, on request and by schedule. Assigning and enrolling is `people`. */
export async function startDiscoveryFlow(context: AppContext, { store, settings }: Storage): Promise<DiscoveryFlow> {
  const { config, clock, bus, log, onStop } = context;
  const clusterer = createClusterer();
  onStop(clusterer.stop);
  const discover = createDiscover({
    store,
    clusterer,
    proposer: createProposer(),
    settings: settings.current,
    rules: config.discovery,
    bus,
    clock,
  });
  await discover.restore();
  onStop(discover.cancel);
  const representatives = createRepresentatives({ store, bus, log });
  representatives.start();
  onStop(representatives.stop);
  const schedule = createDiscoverySchedule({ settings: settings.current, discover: discover.start, bus });
  schedule.start();
  onStop(schedule.stop);
  const firstRun = createFirstRun({ store, discover, faces: config.discovery.firstRun, bus, log });
  firstRun.start();
  onStop(firstRun.stop);
  const projector = createProjector();
  onStop(projector.stop);
  return { clusterer, discover, schedule, projector };
}
