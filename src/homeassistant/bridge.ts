import { RECOGNITION_PROFILES, SETTING_RANGES } from "../domain/settings.ts";
import { attributesFrom, type Component, type Device, entity, fromJson, type SystemInfo } from "./component.ts";

/** Id of the daemon's own device; all other devices' ids start with it and `_`. */
export const bridgeId = (instance: string): string => `faces2mqtt_${instance}`;

/** When *Scheduled discovery* is switched on and no other time is configured. */
const NIGHTLY = "0 3 * * *";

/** What the match threshold may be set to while running. */
const { minimum: MIN, maximum: MAX } = SETTING_RANGES["recognition.threshold"];

/** The daemon itself: figures, controls, and every event. */
export function buildBridge(system: SystemInfo): Device {
  return {
    id: bridgeId(system.instance),
    name: "faces2mqtt",
    model: "Bridge",
    via: null,
    url: system.publicUrl,
    entityPrefix: "faces2mqtt",
    components: [
      ...buildControls(system),
      ...buildFigures(system),
      buildStrangers(system),
      buildConnection(system),
      buildFaceEvent(system),
      buildStrangerTrigger(system),
    ],
  };
}

function buildControls({ topics, schedule }: SystemInfo): Component[] {
  const threshold = "value_json.settings.recognition.threshold";
  return [
    entity("button", "discover", "Discover faces", {
      icon: "mdi:account-search",
      command_topic: topics.request("discover"),
      payload_press: JSON.stringify({ transaction: "home-assistant" }),
    }),
    entity("number", "threshold", "Match threshold", {
      icon: "mdi:tune-variant",
      entity_category: "config",
      state_topic: topics.bridgeInfo,
      // A number takes "None" for unknown and rejects anything else: what is no number, and what a configuration file may
      // have but the form may not.
      value_template: fromJson(`(${threshold} if ${MIN} <= ${threshold} <= ${MAX} else none)`, "none"),
      command_topic: topics.request("settings"),
      command_template: '{"recognition.threshold":{{ value }}}',
      min: MIN,
      max: MAX,
      step: 0.01,
      mode: "box",
    }),
    entity("select", "profile", "Recognition profile", {
      icon: "mdi:shield-account",
      entity_category: "config",
      state_topic: topics.bridgeInfo,
      value_template: fromJson("value_json.settings.recognition.profile"),
      command_topic: topics.request("settings"),
      command_template: '{"recognition.profile":"{{ value }}"}',
      options: [...RECOGNITION_PROFILES],
    }),
    entity("switch", "schedule", "Scheduled discovery", {
      icon: "mdi:calendar-clock",
      entity_category: "config",
      state_topic: topics.bridgeInfo,
      value_template: fromJson("('ON' if value_json.settings.discovery.schedule else 'OFF')"),
      state_on: "ON",
      state_off: "OFF",
      command_topic: topics.request("settings"),
      payload_on: JSON.stringify({ "discovery.schedule": schedule ?? NIGHTLY }),
      // Not null: that would bring back a schedule of the configuration.
      payload_off: JSON.stringify({ "discovery.schedule": "" }),
    }),
  ];
}

function buildFigures({ topics }: SystemInfo): Component[] {
  const count = (key: string, name: string, icon: string): Component =>
    entity("sensor", key, name, {
      icon,
      state_class: "measurement",
      state_topic: topics.bridgeStats,
      value_template: fromJson(`value_json.${key}`),
    });
  return [
    count("unassigned", "Unassigned faces", "mdi:face-recognition"),
    count("clusters", "Clusters waiting", "mdi:account-group"),
    count("people", "People", "mdi:account-multiple"),
    entity("sensor", "last_discovery", "Last discovery", {
      device_class: "timestamp",
      entity_category: "diagnostic",
      state_topic: topics.bridgeStats,
      value_template: fromJson("value_json.last_discovery", "none"),
    }),
    entity("binary_sensor", "problem", "Problem", {
      device_class: "problem",
      entity_category: "diagnostic",
      state_topic: topics.bridgeStats,
      value_template: fromJson("('ON' if value_json.problem else 'OFF')"),
      json_attributes_topic: topics.bridgeStats,
      json_attributes_template: attributesFrom({ message: "problem" }),
    }),
  ];
}

/** Off while the daemon is away, when everything else is unavailable. */
function buildConnection({ topics }: SystemInfo): Component {
  const connection = entity("binary_sensor", "connection", "Connection", {
    device_class: "connectivity",
    entity_category: "diagnostic",
    state_topic: topics.bridgeState,
    value_template: fromJson("value_json.state"),
    payload_on: "online",
    payload_off: "offline",
  });
  return { ...connection, followsAvailability: false };
}

function buildStrangers({ topics }: SystemInfo): Component {
  return entity("sensor", "strangers", "Strangers seen again", {
    icon: "mdi:account-question",
    state_class: "measurement",
    state_topic: topics.bridgeStrangers,
    value_template: fromJson("value_json.count"),
    json_attributes_topic: topics.bridgeStrangers,
    // The card names them: it needs to know where to.
    json_attributes_template: attributesFrom(
      { strangers: "newest" },
      { assign_topic: topics.request("assign_stranger") },
    ),
  });
}

/** Whether an event is of an unknown person who has been here before. */
const IS_AGAIN = "value_json.event_type == 'unknown' and (value_json.stranger_visits or 0) >= 2";
/** What such an event is in Home Assistant: to be chosen in an automation, where the topic has `unknown`. */
const AGAIN = "stranger_again";

function buildFaceEvent({ topics }: SystemInfo): Component {
  return entity("event", "face", "Face", {
    icon: "mdi:face-recognition",
    event_types: ["recognized", "unknown", "ambiguous", AGAIN],
    state_topic: topics.event,
    // Of a test nothing remains: what is empty is no event.
    value_template: `{{ '' if value_json is defined and value_json.test is defined else (dict(value_json, event_type='${AGAIN}') | tojson) if value_json is defined and ${IS_AGAIN} else value }}`,
  });
}

/** A device trigger; nothing late reaches it. */
function buildStrangerTrigger({ topics }: SystemInfo): Component {
  return {
    key: "stranger_trigger",
    platform: "device_automation",
    name: null,
    followsAvailability: false,
    config: {
      automation_type: "trigger",
      type: AGAIN,
      subtype: "any camera",
      topic: topics.event,
      value_template: fromJson(`('${AGAIN}' if ${IS_AGAIN} and not value_json.delayed else '')`),
      payload: AGAIN,
      qos: 1,
    },
  };
}
