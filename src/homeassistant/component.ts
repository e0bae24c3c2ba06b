import type { Topics } from "../mqtt/topics.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type Platform =
  | "binary_sensor"
  | "button"
  | "device_automation"
  | "event"
  | "image"
  | "number"
  | "select"
  | "sensor"
  | "switch";

/** One entity (or device trigger) of a device, as data. */
export interface Component {
  /** `a-z0-9_`; with the device's id it makes unique id and topic, so it never changes. */
  readonly key: string;
  readonly platform: Platform;
  /** What Home Assistant puts behind the device's name; null for device triggers, which have none. */
  readonly name: string | null;
  /** The platform's own keys. */
  readonly config: Readonly<Record<string, Json>>;
  /** Whether it goes *unavailable* with the daemon; false where that is what its state shows. */
  readonly followsAvailability: boolean;
}

/** A device with all its components; both forms of MQTT discovery are made from it. */
export interface Device {
  /** `faces2mqtt_<instance>…`: identifier, head of all unique ids, part of the topic. Never made from a name. */
  readonly id: string;
  readonly name: string;
  readonly model: "Bridge" | "Person" | "Camera";
  /** Id of the device through which it is connected; null for the bridge. */
  readonly via: string | null;
  /** Its page in the panel. */
  readonly url: string | null;
  /** What entity ids start with at first registration; null: Home Assistant makes them from the device's name. */
  readonly entityPrefix: string | null;
  readonly components: readonly Component[];
}

/** What all devices of one daemon are built from. */
export interface SystemInfo {
  /** 8 hexadecimal digits. */
  readonly instance: string;
  readonly version: string;
  readonly topics: Topics;
  /** Where browsers reach the panel. */
  readonly publicUrl: string | null;
  /** The configured cron expression, which switching *Scheduled discovery* on brings back; null: none. */
  readonly schedule: string | null;
}

/** An entity that is unavailable while the daemon is. */
export function entity(platform: Platform, key: string, name: string, config: Component["config"]): Component {
  return { key, platform, name, config: { ...config, qos: 1 }, followsAvailability: true };
}

/**
 * A template for a topic with JSON. A cleared topic must not make Home Assistant log an error about an undefined
 * `value_json`: then it gives `empty`, which every platform but number ignores.
 */
export function fromJson(expression: string, empty = "''"): string {
  return `{{ ${expression} if value_json is defined else ${empty} }}`;
}

/** A template that makes a dictionary of attributes from keys of a JSON topic, and of others that are always the same. */
export function attributesFrom(
  keys: Readonly<Record<string, string>>,
  fixed: Readonly<Record<string, string>> = {},
): string {
  const pairs = [
    ...Object.entries(keys).map(([name, key]) => `'${name}': value_json.${key}`),
    ...Object.entries(fixed).map(([name, text]) => `'${name}': ${JSON.stringify(text)}`),
  ];
  return `{{ ({${pairs.join(", ")}} if value_json is defined else {}) | tojson }}`;
}
