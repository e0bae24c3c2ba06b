/**
 * What Home Assistant's MQTT integration takes, written down by its rules: keys that a platform needs, keys it knows,
 * keys that exclude one another, and names that attributes may not have. Its own schema drops unknown keys of a
 * component silently, so a typing error would go unnoticed there; here it is a problem.
 */
type Payload = Readonly<Record<string, unknown>>;

interface PlatformRules {
  readonly needs: readonly string[];
  readonly knows: readonly string[];
  readonly check?: (component: Payload) => string[];
}

const ROOT = [
  ...["device", "origin", "components", "availability", "availability_mode", "availability_topic"],
  ...["availability_template", "payload_available", "payload_not_available", "state_topic", "command_topic", "qos"],
  "encoding",
];
const DEVICE = [
  ...["identifiers", "connections", "name", "manufacturer", "model", "model_id", "hw_version", "sw_version"],
  ...["serial_number", "suggested_area", "configuration_url", "via_device"],
];
const ORIGIN = ["name", "sw_version", "support_url"];
const ENTITY = [
  ...["platform", "unique_id", "name", "icon", "availability", "availability_mode", "availability_topic"],
  ...["availability_template", "payload_available", "payload_not_available", "enabled_by_default", "entity_category"],
  ...["json_attributes_topic", "json_attributes_template", "default_entity_id", "object_id", "qos", "encoding"],
];
/** Only in messages of one component. */
const BY_ITSELF = ["device", "origin"];

/** Names that Home Assistant takes out of attributes. */
export const BLOCKED_ATTRIBUTES = [
  ...["assumed_state", "available", "device_class", "device_info", "entity_category", "entity_picture"],
  ...["entity_registry_enabled_default", "extra_state_attributes", "force_update", "icon", "friendly_name"],
  ...["should_poll", "state", "supported_features", "unique_id", "unit_of_measurement"],
];

const says = (holds: boolean, problem: string): string[] => (holds ? [] : [problem]);
const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

const PLATFORMS: Readonly<Record<string, PlatformRules>> = {
  event: {
    needs: ["state_topic", "event_types"],
    knows: ["state_topic", "event_types", "value_template", "device_class"],
    check: (one) => [
      ...says(
        Array.isArray(one.event_types) && one.event_types.length > 0 && one.event_types.every(isText),
        "event_types is no list of words",
      ),
      ...says(!("device_class" in one) || ["button", "doorbell", "motion"].includes(String(one.device_class)), "class"),
      ...says(!("entity_category" in one), "an event has no category"),
    ],
  },
  sensor: {
    needs: ["state_topic"],
    knows: [
      ...["state_topic", "value_template", "device_class", "state_class", "unit_of_measurement", "options"],
      ...["suggested_display_precision", "force_update", "expire_after", "last_reset_value_template"],
    ],
    check: (one) => [
      ...says(one.entity_category !== "config", "a sensor may not be of category config"),
      ...says(!("options" in one) || one.device_class === "enum", "options without device_class enum"),
      ...says(!("options" in one) || !("unit_of_measurement" in one || "state_class" in one), "options exclude units"),
      ...says(!("last_reset_value_template" in one) || one.state_class === "total", "last_reset without total"),
      ...says(
        one.device_class !== "timestamp" || !("unit_of_measurement" in one || "state_class" in one),
        "a timestamp has neither unit nor state class",
      ),
      ...says(!("expire_after" in one), "expire_after makes it unavailable, which is not what an empty room means"),
    ],
  },
  binary_sensor: {
    needs: ["state_topic"],
    knows: [
      ...["state_topic", "value_template", "device_class", "payload_on", "payload_off", "off_delay", "force_update"],
      "expire_after",
    ],
    check: (one) => [
      ...says(one.entity_category !== "config", "a binary sensor may not be of category config"),
      ...says(
        [one.payload_on ?? "ON", one.payload_off ?? "OFF"].every((value) => typeof value === "string"),
        "payloads are compared as text",
      ),
      ...says(!("expire_after" in one), "expire_after makes it unavailable, which is not what an empty room means"),
    ],
  },
  image: {
    needs: [],
    knows: ["image_topic", "url_topic", "url_template", "content_type", "image_encoding"],
    check: (one) => [
      ...says("image_topic" in one !== "url_topic" in one, "exactly one of image_topic and url_topic"),
      ...says(!("url_topic" in one && "content_type" in one), "content_type excludes url_topic"),
      ...says(!("image_encoding" in one) || one.image_encoding === "b64", "image_encoding is b64"),
    ],
  },
  button: {
    needs: ["command_topic"],
    knows: ["command_topic", "command_template", "payload_press", "device_class", "retain"],
    check: (one) => says(one.retain !== true, "a retained press would be pressed again at every connection"),
  },
  select: {
    needs: ["command_topic", "options"],
    knows: ["command_topic", "command_template", "state_topic", "value_template", "options", "optimistic", "retain"],
    check: (one) => [
      ...says(Array.isArray(one.options) && one.options.every(isText), "options is no list of words"),
      ...says(one.retain !== true, "a retained choice would be made again at every connection"),
    ],
  },
  number: {
    needs: ["command_topic"],
    knows: [
      ...["command_topic", "command_template", "state_topic", "value_template", "min", "max", "step", "mode"],
      ...["device_class", "unit_of_measurement", "optimistic", "payload_reset", "retain"],
    ],
    check: (one) => [
      ...says(Number(one.min ?? 1) < Number(one.max ?? 100), "min lies under max"),
      ...says(Number(one.step ?? 1) >= 0.001, "step is at least 0.001"),
      ...says(["auto", "box", "slider"].includes(String(one.mode ?? "auto")), "mode"),
      ...says("state_topic" in one, "without state it guesses"),
      ...says(one.retain !== true, "a retained command would be obeyed again at every connection"),
    ],
  },
  switch: {
    needs: ["command_topic"],
    knows: [
      ...["command_topic", "command_template", "state_topic", "value_template", "payload_on", "payload_off"],
      ...["state_on", "state_off", "device_class", "optimistic", "retain"],
    ],
    check: (one) => [
      ...says("state_topic" in one, "without state it guesses"),
      ...says(one.retain !== true, "a retained command would be obeyed again at every connection"),
    ],
  },
};

const TRIGGER = ["platform", "automation_type", "type", "subtype", "topic", "payload", "value_template", "qos"];

/** What Home Assistant would not like about a discovery message; `[]` when nothing. */
export function problemsOf(topic: string, payload: Payload): string[] {
  const levels = topic.split("/").slice(1, -1);
  const problems = levels.flatMap((level) => says(/^[a-zA-Z0-9_-]+$/.test(level), `level ${level} of the topic`));
  if (levels[0] !== "device") return [...problems, ...problemsOfComponent(String(levels[0]), payload, BY_ITSELF)];
  problems.push(
    ...Object.keys(payload).flatMap((key) => says(ROOT.includes(key), `unknown key ${key} at the root`)),
    ...says(!("availability" in payload && "availability_topic" in payload), "both forms of availability"),
    ...problemsOfDevice(payload),
  );
  const components = (payload.components ?? {}) as Readonly<Record<string, Payload>>;
  problems.push(...says(Object.keys(components).length > 0, "no components"));
  const ids = Object.values(components).flatMap((one) => (isText(one.unique_id) ? [one.unique_id] : []));
  problems.push(...says(new Set(ids).size === ids.length, "a unique_id stands twice"));
  for (const [key, component] of Object.entries(components)) {
    problems.push(...says(/^[a-z0-9_]+$/.test(key), `component key ${key}`));
    const mixed = "availability" in payload && "availability_topic" in component;
    problems.push(...says(!mixed, `${key}: availability_topic beside the device's availability`));
    problems.push(...problemsOfComponent(String(component.platform), component, []).map((one) => `${key}: ${one}`));
  }
  return problems;
}

function problemsOfDevice({ device, origin }: Payload): string[] {
  const [dev, from] = [(device ?? {}) as Payload, (origin ?? {}) as Payload];
  const url = dev.configuration_url;
  return [
    ...says(
      Object.keys(dev).every((key) => DEVICE.includes(key)),
      `unknown key in device: ${Object.keys(dev)}`,
    ),
    ...says(Array.isArray(dev.identifiers) && dev.identifiers.length > 0, "a device needs identifiers"),
    ...says(isText(dev.name), "a device needs a name"),
    ...says(url === undefined || /^(https?|homeassistant):\/\/.+/.test(String(url)), "configuration_url"),
    ...says(isText(from.name), "an origin needs a name"),
    ...says(
      Object.keys(from).every((key) => ORIGIN.includes(key)),
      "unknown key in origin",
    ),
    ...says(from.support_url === undefined || /^https?:\/\/.+/.test(String(from.support_url)), "support_url"),
  ];
}

function problemsOfComponent(platform: string, component: Payload, more: readonly string[]): string[] {
  const problems = more.length > 0 ? problemsOfDevice(component) : [];
  const keys = Object.keys(component);
  if (platform === "device_automation") {
    return [
      ...problems,
      ...["automation_type", "topic", "type", "subtype"].flatMap((key) =>
        says(isText(component[key]), `${key} missing`),
      ),
      ...keys.flatMap((key) => says([...TRIGGER, ...more].includes(key), `a device trigger knows no ${key}`)),
      ...says(component.automation_type === "trigger", "automation_type is trigger"),
      ...says(!("payload" in component) || isText(component.payload), "payload is compared as text"),
    ];
  }
  const rules = PLATFORMS[platform];
  if (!rules) return [...problems, `unknown platform ${platform}`];
  const attributes = [...String(component.json_attributes_template ?? "").matchAll(/'([^']+)':/g)].map(
    ([, name]) => name,
  );
  return [
    ...problems,
    ...["unique_id", "name", ...rules.needs].flatMap((key) => says(component[key] !== undefined, `${key} missing`)),
    ...keys.flatMap((key) => says([...ENTITY, ...rules.knows, ...more].includes(key), `${platform} knows no ${key}`)),
    ...says(isText(component.unique_id), "unique_id is no text"),
    ...says(component.qos === 1, "qos is not taken over from the device"),
    ...says(!("availability" in component && "availability_topic" in component), "both forms of availability"),
    ...says(!("icon" in component) || /^[a-z]+:[a-z0-9-]+$/.test(String(component.icon)), "icon"),
    ...says(
      !("default_entity_id" in component) ||
        component.default_entity_id === `${platform}.${String(component.object_id)}`,
      "default_entity_id and object_id differ",
    ),
    ...says(["config", "diagnostic", undefined].includes(component.entity_category as string), "entity_category"),
    ...says(
      "json_attributes_topic" in component || !("json_attributes_template" in component),
      "a template of attributes without their topic",
    ),
    ...attributes.flatMap((name) => says(!BLOCKED_ATTRIBUTES.includes(String(name)), `attribute ${name} is blocked`)),
    ...(rules.check?.(component) ?? []),
  ];
}
