import { bridgeId } from "./bridge.ts";
import type { Component } from "./component.ts";

/** The two forms of MQTT discovery: one message per device, or one per component. */
export type ConfigForm = "device" | "component";

/** Discovery topic of a whole device. */
export const deviceTopic = (prefix: string, deviceId: string): string => `${prefix}/device/${deviceId}/config`;

/**
 * Discovery topic of one component. Home Assistant joins device id and key to the same discovery id that the component
 * has in the device form; that is what lets it move from one form to the other.
 */
export const componentTopic = (prefix: string, deviceId: string, { platform, key }: Component): string =>
  `${prefix}/${platform}/${deviceId}/${key}/config`;

/** Filters of all config topics of both forms, those of other programs included. */
export const configFilters = (prefix: string): readonly string[] => [
  `${prefix}/device/+/config`,
  `${prefix}/+/+/+/config`,
];

/** What a config topic of this instance announces. */
export interface OwnConfig {
  readonly deviceId: string;
  readonly form: ConfigForm;
  /** Of the one component; `device` in the form that has all of them. */
  readonly platform: string;
}

/** Null for a topic that is not of this instance. */
export function toOwnConfig(topic: string, prefix: string, instance: string): OwnConfig | null {
  if (!topic.startsWith(`${prefix}/`)) return null;
  const levels = topic.slice(prefix.length + 1).split("/");
  const [platform = "", deviceId = ""] = levels;
  const form = platform === "device" && levels.length === 3 ? "device" : "component";
  if (levels.at(-1) !== "config" || levels.length !== (form === "device" ? 3 : 4)) return null;
  const own = bridgeId(instance);
  return deviceId === own || deviceId.startsWith(`${own}_`) ? { deviceId, form, platform } : null;
}
