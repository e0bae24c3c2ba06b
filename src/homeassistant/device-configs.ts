import type { Clock } from "../domain/clock.ts";
import type { RetainedTopics } from "../mqtt/retained-topics.ts";
import type { ConfigMessage } from "./serialise.ts";

/**
 * Home Assistant takes a device's configuration in steps. A second, different one that comes meanwhile loses components,
 * so there is this much time between two.
 */
const APART_MS = 1_500;

export interface DeviceConfigsDeps {
  readonly retained: Pick<RetainedTopics, "publish" | "clear">;
  readonly clock: Clock;
}

/** Brings the config topics to what is wanted, one configuration of a device after another. */
export interface DeviceConfigs {
  /** All wanted configurations by device id, in the order of publishing. Devices left out are cleared. */
  set(wanted: ReadonlyMap<string, readonly ConfigMessage[]>): void;
  /** Publishes all wanted configurations once more, changed or not. */
  repeat(): void;
  /** Another client emptied this topic: if it is wanted, its device is announced again once that has ceased for a while. */
  heal(topic: string): void;
  stop(): void;
}

interface DeviceConfig {
  wanted: readonly ConfigMessage[];
  published: readonly ConfigMessage[];
  publishedAtMs: number;
  /** Of the timer that publishes later; null: none runs. */
  cancel: (() => void) | null;
}

export function createDeviceConfigs({ retained, clock }: DeviceConfigsDeps): DeviceConfigs {
  const devices = new Map<string, DeviceConfig>();

  function update(device: DeviceConfig): void {
    const { wanted, published } = device;
    const changed = wanted.filter((one) => !published.some((other) => isSame(one, other)));
    const dropped = published.filter(({ topic }) => !hasTopic(wanted, topic));
    if (device.cancel || changed.length + dropped.length === 0) return;
    const waitMs = device.publishedAtMs + APART_MS - clock.monotonicMs();
    if (waitMs > 0) {
      device.cancel = clock.after(waitMs, () => {
        device.cancel = null;
        update(device);
      });
      return;
    }
    for (const { topic } of dropped) retained.clear(topic);
    for (const { topic, payload } of changed) retained.publish(topic, payload);
    device.published = wanted;
    device.publishedAtMs = clock.monotonicMs();
  }

  return {
    set(wanted) {
      for (const id of wanted.keys()) {
        if (devices.has(id)) continue;
        devices.set(id, { wanted: [], published: [], publishedAtMs: Number.NEGATIVE_INFINITY, cancel: null });
      }
      for (const [id, device] of devices) {
        device.wanted = wanted.get(id) ?? [];
        update(device);
      }
    },
    repeat() {
      for (const device of devices.values()) {
        // The same once more is no second configuration: it need not wait.
        for (const one of device.wanted) {
          if (device.published.some((other) => isSame(one, other))) retained.publish(one.topic, one.payload);
        }
      }
    },
    heal(topic) {
      for (const device of devices.values()) {
        if (!hasTopic(device.wanted, topic)) continue;
        device.published = device.published.filter((one) => !hasTopic(device.wanted, one.topic));
        device.publishedAtMs = clock.monotonicMs();
        update(device);
      }
    },
    stop() {
      for (const device of devices.values()) device.cancel?.();
      devices.clear();
    },
  };
}

const isSame = (a: ConfigMessage, b: ConfigMessage): boolean => a.topic === b.topic && a.payload === b.payload;

const hasTopic = (messages: readonly ConfigMessage[], topic: string): boolean =>
  messages.some((one) => one.topic === topic);
