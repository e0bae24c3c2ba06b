import PQueue from "p-queue";
import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { InMessage, MqttLink } from "../mqtt/link/port.ts";
import type { RetainedTopics } from "../mqtt/retained-topics.ts";
import type { Store } from "../store/port.ts";
import type { SystemInfo } from "./component.ts";
import { type ConfigForm, configFilters, toOwnConfig } from "./config-topics.ts";
import { createDeviceConfigs } from "./device-configs.ts";
import { buildDevices } from "./devices.ts";
import { clearFormerTopicRoots } from "./former-topic-roots.ts";
import { migrateForm, type OldConfig } from "./migrate-form.ts";
import { type ConfigMessage, toConfigMessages } from "./serialise.ts";

export interface AnnouncerConfig {
  /** false: nothing is announced, and earlier announcements are cleared. */
  readonly enabled: boolean;
  readonly discoveryPrefix: string;
  readonly statusTopic: string;
  readonly discoveryMode: ConfigForm;
}

export interface AnnouncerDeps {
  readonly link: Pick<MqttLink, "publish" | "subscribe">;
  readonly retained: Pick<RetainedTopics, "publish" | "clear" | "holds" | "republish" | "clearStale">;
  readonly store: Pick<Store, "personStates" | "cameraStates" | "rememberTopicRoots">;
  readonly bus: Bus;
  readonly system: SystemInfo;
  readonly config: AnnouncerConfig;
  readonly clock: Clock;
  /** 0 to 1 */
  readonly random: () => number;
  readonly log: Pick<Log, "info" | "error">;
}

/** Keeps the devices of MQTT discovery complete, and clears all that should not be there. */
export interface Announcer {
  /** To be called before the link connects: at the first connection it learns what is retained, then announces. */
  start(): void;
  stop(): void;
  /** Publishes all configurations again. */
  announceAll(): void;
}

/** Retained messages come right after subscribing; when none has come for this long, they have all come. */
const LISTEN_MS = 1_000;
/** Home Assistant asks for a random delay after its birth message, so that not all devices answer at once. */
const BIRTH_MIN_MS = 1_000;
const BIRTH_SPREAD_MS = 4_000;

export function createAnnouncer(deps: AnnouncerDeps): Announcer {
  const { link, retained, store, bus, system, config, clock, log } = deps;
  const { topics, instance } = system;
  const { discoveryPrefix: prefix, discoveryMode: form } = config;
  const configs = createDeviceConfigs({ retained, clock });
  const cameras = new Set<string>();
  const stops: (() => void)[] = [];
  const timers = new Map<string, () => void>();
  /** Own retained configurations that were there before any was published, by topic. */
  const found = new Map<string, OldConfig>();
  let phase: "stopped" | "listening" | "migrating" | "announcing" = "stopped";
  /** One reading after another, so that an older one never overtakes a newer one. */
  const queue = new PQueue({ concurrency: 1 });

  /** One timer per name; starting it again puts it off. */
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
    const devices = buildDevices(system, people, seen);
    return new Map(devices.map((device) => [device.id, toConfigMessages(device, system, prefix, form)]));
  }

  function enqueue(step: () => Promise<void>): void {
    queue
      .add(async () => {
        if (phase !== "stopped") await step();
      })
      .catch((error: unknown) => log.error({ err: error }, "devices could not be announced to Home Assistant"));
  }

  /** A reading that waits takes in every change until it starts. */
  function refresh(): void {
    if (phase !== "announcing" || queue.size > 0) return;
    enqueue(async () => configs.set(await readWanted()));
  }

  /** Before anything is announced: clears what an earlier run left, or migrates it to the other form. */
  async function settle(): Promise<void> {
    const wanted = await readWanted();
    const wantedTopics = new Set([...wanted.values()].flat().map(({ topic }) => topic));
    const stale = [...found.values()].filter(({ topic }) => !wantedTopics.has(topic));
    found.clear();
    const migrating = stale.filter((one) => one.form !== form && wanted.has(one.deviceId));
    for (const one of stale) if (!migrating.includes(one)) retained.clear(one.topic);
    if (stale.length > 0) {
      log.info({ cleared: stale.length, migrated: migrating.length }, "stale announcements were cleared");
    }
    if (migrating.length === 0) return announce();
    phase = "migrating";
    stops.push(migrateForm({ link, retained, clock, topics, instance }, migrating, announce));
  }

  function announce(): void {
    phase = "announcing";
    refresh();
  }

  function listen(): void {
    if (phase === "listening") later("listen", LISTEN_MS, () => enqueue(settle));
  }

  function onConfig({ topic, payload, retain }: InMessage): void {
    const own = toOwnConfig(topic, prefix, instance);
    if (!own) return;
    if (payload.length === 0) {
      // What we clear is no longer wanted, so this came from another client: an entity was deleted in Home Assistant.
      if (phase === "announcing") configs.heal(topic);
    } else if (retain && phase === "listening") {
      found.set(topic, { ...own, topic, payload: Buffer.from(payload).toString("utf8") });
      if (timers.has("listen")) listen();
    } else if (retain && phase === "announcing" && !retained.holds(topic)) {
      // A broker that was away brings back what was cleared meanwhile.
      retained.clear(topic);
    }
  }

  function onStatus({ payload, retain }: InMessage): void {
    if (retain || !config.enabled || phase !== "announcing") return;
    if (Buffer.from(payload).toString("utf8").trim().toLowerCase() !== "online") return;
    later("birth", BIRTH_MIN_MS + deps.random() * BIRTH_SPREAD_MS, () => {
      configs.repeat();
      retained.republish(`${topics.base}/`);
    });
  }

  return {
    start() {
      phase = "listening";
      stops.push(
        bus.on("connected", listen),
        link.subscribe(config.statusTopic, onStatus),
        ...configFilters(prefix).map((filter) => link.subscribe(filter, onConfig)),
        clearFormerTopicRoots({ link, retained, store, topics, discoveryPrefix: prefix, instance, log }),
        bus.on("people", refresh),
        bus.on("face", ({ cameraId }) => {
          if (!cameras.has(cameraId)) refresh();
        }),
      );
    },
    stop() {
      phase = "stopped";
      for (const stop of stops.splice(0)) stop();
      for (const cancel of timers.values()) cancel();
      timers.clear();
      configs.stop();
    },
    announceAll() {
      if (phase !== "announcing") return;
      enqueue(async () => {
        configs.set(await readWanted());
        configs.repeat();
      });
    },
  };
}
