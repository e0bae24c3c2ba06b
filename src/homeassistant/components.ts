import type { Person } from "../domain/person.ts";
import { buildBridge } from "./bridge.ts";
import { buildCamera, type Camera } from "./camera.ts";
import type { Device, House } from "./component.ts";
import { buildPerson } from "./person.ts";

/** All devices of the house, the bridge first: the others hang on it, and Home Assistant wants to know it before. */
export function buildDevices(house: House, people: readonly Person[], cameras: readonly Camera[]): Device[] {
  return [
    buildBridge(house),
    ...people.map((person) => buildPerson(house, person)),
    ...cameras.map((camera) => buildCamera(house, camera)),
  ];
}
