import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { InMessage, MqttLink } from "../mqtt/link/port.ts";
import type { Topics } from "../mqtt/topics.ts";
import type { Store } from "../store/port.ts";
import type { House } from "./component.ts";
import { buildDevices } from "./components.ts";
import { createConfigBoard } from "./config-board.ts";
import { type ConfigForm, configFilters, toOwnConfig } from "./config-topics.ts";
import { watchFormerPlaces } from "./former-topic-roots.ts";
import { leaveForm, type OldConfig } from "./move.ts";
import { type ConfigMessage, toConfigMessages } from "./serialise.ts";
import { watchStateLeftovers } from "./state-leftovers.ts";

export interface AnnouncerConfig {
  /** false: nothing is announced, and what once was is cleared. */
  readonly enabled: boolean;
  readonly discoveryPrefix: string;
  readonly statusTopic: string;
  readonly discoveryMode: ConfigForm;
  readonly publicUrl: string | null;
  /** The configured one: what switching *Scheduled discovery* on brings back. */
  readonly schedule: string | null;
}

export interface AnnouncerDeps {
  readonly link: Pick<MqttLink, "publish" | "subscribe">;
  readonly store: Pick<Store, "personStates" | "cameraStates" | "thumbnail" | "rememberTopicRoots">;
  readonly bus: Bus;
  readonly topics: Topics;
  readonly config: AnnouncerConfig;
  readonly instance: string;
  readonly version: string;
  readonly clock: Clock;
  /** 0 to 1 */
  readonly random: () => number;
  readonly log: Pick<Log, "info" | "error">;
  /** Publishes all retained states, images and figures again. */
  readonly republishStates: () => void;
}

/** Keeps the devices of MQTT discovery as they should be: all that should be there, and nothing else. */
export interface Announcer {
  /** To be called before the link connects: at each connection everything is announced. */
  start(): void;
  stop(): void;
  /** All configurations again. */
  announceAll(): void;
}

/** Retained messages come at once after subscribing; when none has come for this long, they have all come. */
const LISTEN_MS = 1_000;
/** Home Assistant asks for some random time after its birth, so that not everybody talks at once. */
const BIRTH_MIN_MS = 1_000;
const BIRTH_SPREAD_MS = 4_000;

export function createAnnouncer(deps: AnnouncerDeps): Announcer {
  const { link, store, bus, topics, config, clock, log } = deps;
  const { discoveryPrefix: prefix, discoveryMode: form } = config;
  const { instance, version } = deps;
  const house: House = { instance, version, topics, publicUrl: config.publicUrl, schedule: config.schedule };
  const board = createConfigBoard({ link, clock });
  const cameras = new Set<string>();
  const undo: (() => void)[] = [];
  const timers = new Map<string, () => void>();
  /** Own retained configs that were found before it was known what is wanted. */
  const found = new Map<string, OldConfig>();
  let phase: "stopped" | "listening" | "moving" | "standing" = "stopped";
  let refreshing = false;
  let work: Promise<void> = Promise.resolve();

  /** One timer of a name; asking again puts it off. */
  function later(name: string, ms: number, run: () => void): void {
    timers.get(name)?.();
    const cancel = clock.after(ms, () => {
      timers.delete(name);
      run();
    });
    timers.set(name, cancel);
  }

  async function readWanted(): Promise<Map<string, ConfigMessage[]>> {
    if (!config.enabled) return new Map();
    const [people, seen] = [await store.personStates(), await store.cameraStates()];
    for (const { cameraId } of seen) cameras.add(cameraId);
    const devices = buildDevices(house, people, seen);
    return new Map(devices.map((device) => [device.id, toConfigMessages(device, house, prefix, form)]));
  }

  /** One reading after another, so that an older picture never overtakes a newer one. */
  function enqueue(step: () => Promise<void>): void {
    work = work
      .then(async () => {
        if (phase !== "stopped") await step();
      })
      .catch((error: unknown) => log.error({ err: error }, "Home Assistant could not be told"));
  }

  /** Many changes in one moment make one reading. */
  function refresh(): void {
    if (phase !== "standing" || refreshing) return;
    refreshing = true;
    enqueue(async () => {
      refreshing = false;
      board.set(await readWanted());
    });
  }

  const clear = (topic: string): void => link.publish({ topic, payload: "", retain: true, qos: 1 });

  /** The first announcement: nothing new is said before it is known what an earlier run left. */
  async function settle(): Promise<void> {
    const wanted = await readWanted();
    const wantedTopics = new Set([...wanted.values()].flat().map(({ topic }) => topic));
    const left = [...found.values()].filter(({ topic }) => !wantedTopics.has(topic));
    found.clear();
    const moving = left.filter((one) => one.form !== form && wanted.has(one.deviceId));
    for (const { topic } of left.filter((one) => !moving.includes(one))) clear(topic);
    if (left.length > 0) log.info({ cleared: left.length, moved: moving.length }, "old announcements were taken back");
    if (moving.length === 0) return stand();
    phase = "moving";
    undo.push(leaveForm({ link, clock, topics, instance }, moving, stand));
  }

  function stand(): void {
    phase = "standing";
    refresh();
  }

  function listen(): void {
    later("listen", LISTEN_MS, () => enqueue(settle));
  }

  function onConfig({ topic, payload, retain }: InMessage): void {
    const own = toOwnConfig(topic, prefix, instance);
    if (!own) return;
    if (payload.length === 0) {
      // Ours were forgotten before they were sent, so this came from somebody else: an entity was deleted in the UI.
      if (phase === "standing" && board.wants(topic)) board.heal(topic);
      return;
    }
    if (!retain) return;
    if (phase === "listening") {
      found.set(topic, { ...own, topic, payload: Buffer.from(payload).toString("utf8") });
      if (timers.has("listen")) listen();
    } else if (phase === "standing") enqueue(async () => forgetUnless(topic));
  }

  /** A broker that was away brings back what was cleared meanwhile. */
  async function forgetUnless(topic: string): Promise<void> {
    const wanted = await readWanted();
    if (![...wanted.values()].flat().some((one) => one.topic === topic)) clear(topic);
  }

  function onStatus({ payload, retain }: InMessage): void {
    if (retain || !config.enabled || phase !== "standing") return;
    if (Buffer.from(payload).toString("utf8").trim().toLowerCase() !== "online") return;
    later("birth", BIRTH_MIN_MS + deps.random() * BIRTH_SPREAD_MS, () => {
      board.repeat();
      link.publish({ topic: topics.bridgeState, payload: JSON.stringify({ state: "online" }), retain: true, qos: 1 });
      deps.republishStates();
    });
  }

  function announceAll(): void {
    if (phase === "listening") listen();
    else if (phase === "standing")
      enqueue(async () => {
        board.set(await readWanted());
        board.repeat();
      });
  }

  return {
    start() {
      phase = "listening";
      undo.push(
        bus.on("connected", announceAll),
        link.subscribe(config.statusTopic, onStatus),
        ...configFilters(prefix).map((filter) => link.subscribe(filter, onConfig)),
        watchStateLeftovers({ link, store, topics, log }),
        watchFormerPlaces({ link, store, topics, discoveryPrefix: prefix, instance, log }),
        bus.on("people", refresh),
        bus.on("face", ({ cameraId }) => {
          if (!cameras.has(cameraId)) refresh();
        }),
      );
    },
    stop() {
      phase = "stopped";
      for (const stop of undo.splice(0)) stop();
      for (const cancel of timers.values()) cancel();
      timers.clear();
      board.stop();
    },
    announceAll,
  };
}
