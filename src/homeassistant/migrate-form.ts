import type { Clock } from "../domain/clock.ts";
import type { MqttLink } from "../mqtt/link/port.ts";
import type { RetainedTopics } from "../mqtt/retained-topics.ts";
import type { Topics } from "../mqtt/topics.ts";
import { bridgeId } from "./bridge.ts";
import type { Json } from "./component.ts";
import type { OwnConfig } from "./config-topics.ts";

export interface MigrateFormDeps {
  readonly link: Pick<MqttLink, "publish">;
  readonly retained: Pick<RetainedTopics, "clear">;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly instance: string;
}

/** A retained configuration in the form that is to be left. */
export interface OldConfig extends OwnConfig {
  readonly topic: string;
  readonly payload: string;
}

/** Home Assistant takes a configuration in steps; each gets this much time. */
const STEP_MS = 2_000;

/**
 * Migrates to the other form of MQTT discovery: Home Assistant lets go of the old topics but keeps its registry (the names,
 * areas and ids that a user chose), and the topics are cleared. Then `done` may announce in the new form. Returns how to
 * stop on the way.
 *
 * The order keeps Home Assistant's log clean. Device triggers, of which its registry keeps nothing, are removed first: one
 * that is let go goes on listening, and logs an error when its device is removed one day. Clearing a topic when the new form
 * is known already would be logged as a conflict, and clearing a device's topic without any component as "nothing to clean
 * up"; so the device gets a placeholder for a moment.
 */
export function migrateForm(
  { link, retained, clock, topics, instance }: MigrateFormDeps,
  old: readonly OldConfig[],
  done: () => void,
): () => void {
  const publish = (topic: string, payload: object): void => link.publish({ topic, payload: JSON.stringify(payload) });
  const clear = ({ topic }: OldConfig): void => retained.clear(topic);
  const devices = old.filter(({ form }) => form === "device");
  const triggers = old.filter(({ platform }) => platform === "device_automation");
  const others = old.filter((one) => !triggers.includes(one));
  const steps = [
    () => {
      triggers.forEach(clear);
      for (const { topic, payload } of devices) {
        const rest = withoutTriggers(payload);
        if (rest) publish(topic, rest);
      }
    },
    () => {
      for (const { topic } of others) publish(topic, { migrate_discovery: true });
    },
    () => {
      for (const { topic, deviceId } of devices) {
        publish(topic, buildPlaceholder(deviceId, `${topics.base}/bridge/moved`, instance));
      }
    },
    () => others.forEach(clear),
    done,
  ];
  let cancel: () => void = () => undefined;
  const go = (at: number): void => {
    steps[at]?.();
    if (at + 1 < steps.length) cancel = clock.after(STEP_MS, () => go(at + 1));
  };
  go(0);
  return () => cancel();
}

/** The device with its triggers removed: a component with no key but its platform is. Null if it has none. */
function withoutTriggers(payload: string): object | null {
  const device = readDevice(payload);
  const components = Object.entries(device?.components ?? {});
  if (!components.some(([, { platform }]) => platform === "device_automation")) return null;
  const kept = components.map(([key, component]) => {
    const { platform } = component;
    return [key, platform === "device_automation" ? { platform } : component];
  });
  return { ...device, components: Object.fromEntries(kept) };
}

/** Null if another client published something else on our topic. */
function readDevice(payload: string): { readonly components?: Readonly<Record<string, { platform?: Json }>> } | null {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}

/** A device trigger that never fires; it makes no entity. */
function buildPlaceholder(deviceId: string, topic: string, instance: string): object {
  return {
    device: { identifiers: [deviceId], ...(deviceId === bridgeId(instance) ? {} : { via_device: bridgeId(instance) }) },
    origin: { name: "faces2mqtt" },
    components: {
      moved: { platform: "device_automation", automation_type: "trigger", type: "moved", subtype: "moved", topic },
    },
  };
}
