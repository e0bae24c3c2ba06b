import type { CardConfig, Hass, HassDevice, HassEntity } from "./hass.ts";

export interface CardPerson {
  readonly name: string;
  /** Presence entity, for more about the person. */
  readonly entity: string;
  readonly here: boolean;
  readonly camera: string | null;
  readonly lastSeen: Date | null;
  /** 0 to 1; null: not recognized yet. */
  readonly distance: number | null;
  readonly picture: string | null;
}

export interface CardCamera {
  readonly name: string;
  readonly entity: string;
  /** The recognized name; null if unknown or a stranger. */
  readonly person: string | null;
  readonly stranger: boolean;
  /** Of a stranger who came back (stranger_id). */
  readonly strangerId: string | null;
  /** To the person, 0 to 1. */
  readonly distance: number | null;
  readonly lastSeen: Date | null;
  readonly picture: string;
}

/** An unknown person who came more than once. */
export interface CardStranger {
  /** stranger_id */
  readonly id: string;
  readonly number: number;
  readonly visits: number;
  /** Names of cameras. */
  readonly cameras: readonly string[];
  readonly firstSeen: Date | null;
  /** Where a camera's last face is theirs. */
  readonly picture: string | null;
}

/** What the card shows, read from entities alone. */
export interface CardView {
  /** false: this Home Assistant has no faces2mqtt device. */
  readonly found: boolean;
  readonly away: boolean;
  /** Those present first, then by last seen. */
  readonly people: readonly CardPerson[];
  /** Only those with a picture, newest first. */
  readonly cameras: readonly CardCamera[];
  /** Groups waiting for a name. */
  readonly waiting: number;
  readonly waitingEntity: string | null;
  readonly threshold: number;
  /** By last visit, newest first; at most as many as the daemon's sensor has. */
  readonly strangers: readonly CardStranger[];
  /** Of everybody known, for proposing. */
  readonly names: readonly string[];
  /** Where a stranger's name is sent to. */
  readonly assignTopic: string;
  readonly panel: string | null;
}

interface Part {
  readonly device: HassDevice;
  readonly entities: readonly HassEntity[];
}

const NO_STATE = ["unknown", "unavailable"];

/** Entity ids that the card depends on; other changes need no redraw. */
export function entitiesOf(hass: Hass): string[] {
  return Object.values(hass.entities)
    .filter(({ device_id }) => device_id && hass.devices[device_id]?.manufacturer === "faces2mqtt")
    .map(({ entity_id }) => entity_id);
}

export function toCardView(hass: Hass, config: CardConfig): CardView {
  const parts = toParts(hass);
  const bridge = parts.find(({ device }) => device.model === "Bridge");
  const cameras = parts.filter(({ device }) => device.model === "Camera");
  const chosen = config.people ?? [];
  const known = parts.filter(({ device }) => device.model === "Person");
  const people = known
    .flatMap((part) => toPerson(hass, part, cameras))
    .filter((person) => chosen.length === 0 || chosen.includes(person.entity));
  const waiting = bridge?.entities.find((one) => isSensor(one) && one.attributes.icon === "mdi:account-group");
  const threshold = bridge?.entities.find((one) => one.entity_id.startsWith("number."));
  const last = cameras.flatMap((part) => toCamera(hass, part)).sort(byTime);
  const strangers = bridge?.entities.find(({ attributes }) => Array.isArray(attributes.strangers))?.attributes;
  return {
    found: bridge !== undefined,
    away: waiting?.state === "unavailable",
    people: people.sort((a, b) => Number(b.here) - Number(a.here) || byTime(a, b) || a.name.localeCompare(b.name)),
    cameras: last,
    waiting: toNumber(waiting) ?? 0,
    waitingEntity: waiting?.entity_id ?? null,
    threshold: toNumber(threshold) ?? 0.6,
    strangers: toStrangers(strangers?.strangers, cameras, last),
    names: known.map(({ device }) => nameOf(device)),
    assignTopic: toAssignTopic(config, strangers?.assign_topic),
    panel: config.panel || bridge?.device.configuration_url || null,
  };
}

function toParts(hass: Hass): Part[] {
  const parts = new Map<string, { device: HassDevice; entities: HassEntity[] }>();
  for (const { entity_id, device_id } of Object.values(hass.entities)) {
    const device = device_id ? hass.devices[device_id] : undefined;
    const state = hass.states[entity_id];
    if (!device || !state || device.manufacturer !== "faces2mqtt") continue;
    const part = parts.get(device.id) ?? { device, entities: [] };
    part.entities.push(state);
    parts.set(device.id, part);
  }
  return [...parts.values()];
}

function toPerson(hass: Hass, { device, entities }: Part, cameras: readonly Part[]): CardPerson[] {
  const presence = entities.find((one) => one.attributes.device_class === "occupancy");
  if (!presence) return [];
  const seen = entities.find((one) => one.attributes.device_class === "timestamp");
  const { camera, score } = presence.attributes;
  return [
    {
      name: nameOf(device),
      entity: presence.entity_id,
      here: presence.state === "on",
      camera: typeof camera === "string" ? cameraName(camera, cameras) : null,
      lastSeen: toTime(seen?.state),
      distance: typeof score === "number" ? 1 - score : null,
      picture: toPicture(hass, entities),
    },
  ];
}

function toCamera(hass: Hass, { device, entities }: Part): CardCamera[] {
  const person = entities.find(isSensor);
  const picture = toPicture(hass, entities);
  if (!person || !picture) return [];
  const lastSeen = toTime(person.attributes.last_seen);
  // The last event may be of an earlier face: not every face makes an event.
  const event = entities.find(({ entity_id }) => entity_id.startsWith("event."))?.attributes;
  const isSame = lastSeen !== null && toTime(event?.timestamp)?.getTime() === lastSeen.getTime();
  const recognized = isSame && typeof event?.person === "string" ? event.person : null;
  const score = isSame ? event?.score : person.attributes.score;
  return [
    {
      name: nameOf(device),
      entity: person.entity_id,
      person: NO_STATE.includes(person.state) ? recognized : person.state,
      stranger: isSame && (event?.event_type === "unknown" || event?.event_type === "stranger_again"),
      strangerId: isSame && typeof event?.stranger_id === "string" ? event.stranger_id : null,
      distance: typeof score === "number" ? 1 - score : null,
      lastSeen,
      picture,
    },
  ];
}

function toStrangers(list: unknown, cameras: readonly Part[], last: readonly CardCamera[]): CardStranger[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: Readonly<Record<string, unknown>>) => {
    const { stranger_id: id, number, visits, cameras: at, first_seen } = one;
    if (typeof id !== "string" || typeof number !== "number" || typeof visits !== "number") return [];
    return [
      {
        id,
        number,
        visits,
        cameras: Array.isArray(at) ? at.map((camera) => cameraName(String(camera), cameras)) : [],
        firstSeen: toTime(first_seen),
        picture: last.find(({ strangerId }) => strangerId === id)?.picture ?? null,
      },
    ];
  });
}

const BASE_TOPIC = "faces2mqtt";

/** As configured, else as the daemon's sensor says, else with the daemon's own default. */
function toAssignTopic({ base_topic: base }: CardConfig, said: unknown): string {
  if (!base && typeof said === "string") return said;
  return `${base || BASE_TOPIC}/bridge/request/assign_stranger`;
}

const isSensor = ({ entity_id }: HassEntity): boolean => entity_id.startsWith("sensor.");
const nameOf = (device: HassDevice): string => device.name_by_user || device.name || "";
const sameWord = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, " ");

/** The name of a camera's device; `front_door` is the device "Front door", unless it was renamed. */
function cameraName(camera: string, cameras: readonly Part[]): string {
  const part = cameras.find(({ device }) => sameWord(device.name ?? "") === sameWord(camera));
  return part ? nameOf(part.device) : camera;
}

function toPicture(hass: Hass, entities: readonly HassEntity[]): string | null {
  const image = entities.find(({ entity_id }) => entity_id.startsWith("image."));
  const path = image?.attributes.entity_picture;
  if (!image || NO_STATE.includes(image.state) || typeof path !== "string") return null;
  // The address stays the same when the picture changes; the state is the time of the change.
  const fresh = `${path}&state=${encodeURIComponent(image.state)}`;
  return hass.hassUrl?.(fresh) ?? fresh;
}

function toNumber(entity: HassEntity | undefined): number | null {
  const value = Number(entity?.state);
  return entity && Number.isFinite(value) ? value : null;
}

function toTime(value: unknown): Date | null {
  const time = typeof value === "string" && !NO_STATE.includes(value) ? new Date(value) : null;
  return time && !Number.isNaN(time.getTime()) ? time : null;
}

function byTime(a: { readonly lastSeen: Date | null }, b: { readonly lastSeen: Date | null }): number {
  return (b.lastSeen?.getTime() ?? 0) - (a.lastSeen?.getTime() ?? 0);
}
