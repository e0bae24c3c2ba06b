import type { Clock } from "../domain/clock.ts";
import type { MqttLink } from "../mqtt/port.ts";
import type { Topics } from "../mqtt/topics.ts";
import { bridgeId } from "./bridge.ts";
import type { ConfigForm } from "./config-topics.ts";

export interface MoveDeps {
  readonly link: Pick<MqttLink, "publish">;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly instance: string;
}

/** Home Assistant takes a configuration in steps; so long it has for each. */
const STEP_MS = 2_000;

/**
 * Makes room for the other form of discovery: Home Assistant lets go of what stands on the old topics but keeps its
 * registry (names, areas and ids that somebody gave), and the topics are emptied. Then `done` may announce anew.
 * Answers how to stop on the way.
 *
 * The order is such that nothing is logged: a topic that is emptied while the new form is known already would be called
 * a conflict, and a device's topic without any component "nothing to clean up"; so it gets one for a moment.
 */
export function leaveForm(
  { link, clock, topics, instance }: MoveDeps,
  old: readonly { readonly topic: string; readonly form: ConfigForm; readonly deviceId: string }[],
  done: () => void,
): () => void {
  const tell = (topic: string, payload: object): void =>
    link.publish({ topic, payload: JSON.stringify(payload), retain: false, qos: 1 });
  const steps = [
    () => {
      for (const { topic } of old) tell(topic, { migrate_discovery: true });
    },
    () => {
      for (const { topic, deviceId } of old.filter(({ form }) => form === "device")) {
        tell(topic, buildPlaceholder(deviceId, `${topics.base}/bridge/moved`, instance));
      }
    },
    () => {
      for (const { topic } of old) link.publish({ topic, payload: "", retain: true, qos: 1 });
    },
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
