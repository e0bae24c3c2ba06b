import type { Clock } from "../domain/clock.ts";
import type { MqttLink } from "../mqtt/link/port.ts";
import type { Topics } from "../mqtt/topics.ts";
import { bridgeId } from "./bridge.ts";
import type { Json } from "./component.ts";
import type { OwnConfig } from "./config-topics.ts";

export interface MoveDeps {
  readonly link: Pick<MqttLink, "publish">;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly instance: string;
}

/** A configuration that stands on the broker in the form that is to be left. */
export interface OldConfig extends OwnConfig {
  readonly topic: string;
  readonly payload: string;
}

/** Home Assistant takes a configuration in steps; so long it has for each. */
const STEP_MS = 2_000;

/**
 * Makes room for the other form of discovery: Home Assistant lets go of what stands on the old topics but keeps its
 * registry (names, areas and ids that somebody gave), and the topics are emptied. Then `done` may announce anew.
 * Answers how to stop on the way.
 *
 * The order is such that nothing is logged. Device triggers, of which the registry keeps nothing, are taken away before:
 * one that is let go goes on listening, and complains when its device is removed one day. A topic that is emptied while
 * the new form is known already would be called a conflict, and a device's topic without any component "nothing to clean
 * up"; so it gets one for a moment.
 */
export function leaveForm(
  { link, clock, topics, instance }: MoveDeps,
  old: readonly OldConfig[],
  done: () => void,
): () => void {
  const tell = (topic: string, payload: object): void =>
    link.publish({ topic, payload: JSON.stringify(payload), retain: false, qos: 1 });
  const empty = ({ topic }: OldConfig): void => link.publish({ topic, payload: "", retain: true, qos: 1 });
  const devices = old.filter(({ form }) => form === "device");
  const triggers = old.filter(({ platform }) => platform === "device_automation");
  const others = old.filter((one) => !triggers.includes(one));
  const steps = [
    () => {
      triggers.forEach(empty);
      for (const { topic, payload } of devices) {
        const rest = withoutTriggers(payload);
        if (rest) tell(topic, rest);
      }
    },
    () => {
      for (const { topic } of others) tell(topic, { migrate_discovery: true });
    },
    () => {
      for (const { topic, deviceId } of devices) {
        tell(topic, buildPlaceholder(deviceId, `${topics.base}/bridge/moved`, instance));
      }
    },
    () => others.forEach(empty),
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

/** The same device with its triggers taken away: a component that only says its platform is removed. Null: it has none. */
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

/** Null where somebody has written something else on our topic. */
function readDevice(payload: string): { readonly components?: Readonly<Record<string, { platform?: Json }>> } | null {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}

/** A device trigger that nothing sets off; it makes no entity. */
function buildPlaceholder(deviceId: string, topic: string, instance: string): object {
  return {
    device: { identifiers: [deviceId], ...(deviceId === bridgeId(instance) ? {} : { via_device: bridgeId(instance) }) },
    origin: { name: "faces2mqtt" },
    components: {
      moved: { platform: "device_automation", automation_type: "trigger", type: "moved", subtype: "moved", topic },
    },
  };
}
