import type { Person } from "../domain/person.ts";
import { buildBridge } from "./bridge.ts";
import { buildCamera, type Camera } from "./camera.ts";
import type { Device, SystemInfo } from "./component.ts";
import { buildPerson } from "./person.ts";

/** All devices, the bridge first: Home Assistant has to know it before the others, which refer to it. */
export function buildDevices(system: SystemInfo, people: readonly Person[], cameras: readonly Camera[]): Device[] {
  return [
    buildBridge(system),
    ...people.map((person) => buildPerson(system, person)),
    ...cameras.map((camera) => buildCamera(system, camera)),
  ];
}
