import { createDiscoveryRequests, type DiscoveryRequestDeps } from "./discovery.ts";
import { createFaceRequests, type FaceRequestDeps } from "./faces.ts";
import { createPeopleRequests, type PeopleRequestDeps } from "./people.ts";
import type { Requests } from "./port.ts";
import { createHouseRequests, type HouseRequestDeps } from "./system.ts";

export type RequestDeps = Omit<DiscoveryRequestDeps, "settings"> &
  PeopleRequestDeps &
  Omit<FaceRequestDeps, "settings"> &
  HouseRequestDeps;

/** Everything that can be asked, over MQTT and HTTP alike. */
export function createRequests(deps: RequestDeps): Requests {
  const current = { ...deps, settings: () => deps.settings.current() };
  return {
    ...createDiscoveryRequests(current),
    ...createPeopleRequests(deps),
    ...createFaceRequests(current),
    ...createHouseRequests(deps),
  };
}
