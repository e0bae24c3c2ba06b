import { slug } from "../domain/text/names.ts";
import type { Component, Device, Json, SystemInfo } from "./component.ts";
import { type ConfigForm, componentTopic, deviceTopic } from "./config-topics.ts";

/** A retained message of MQTT discovery. */
export interface ConfigMessage {
  readonly topic: string;
  readonly payload: string;
}

type Payload = Record<string, Json>;

/** The announcement of a device: one message (`device`), or one per component. */
export function toConfigMessages(
  device: Device,
  system: SystemInfo,
  prefix: string,
  form: ConfigForm,
): ConfigMessage[] {
  if (form === "device") {
    return [{ topic: deviceTopic(prefix, device.id), payload: JSON.stringify(toDeviceForm(device, system)) }];
  }
  return device.components.map((component) => ({
    topic: componentTopic(prefix, device.id, component),
    payload: JSON.stringify(toComponentForm(device, component, system)),
  }));
}

/** All components in one payload (Home Assistant 2024.12 and later). */
function toDeviceForm(device: Device, system: SystemInfo): Payload {
  return {
    device: toDeviceEntry(device, system),
    origin: toOrigin(system),
    availability: toAvailability(system),
    components: Object.fromEntries(
      device.components.map((component) => [
        component.key,
        {
          platform: component.platform,
          ...toEntry(device, component),
          // Opts out of the availability of the whole device.
          ...(component.name !== null && !component.followsAvailability ? { availability: [] } : {}),
        },
      ]),
    ),
  };
}

/** One component by itself; every version of Home Assistant takes it. */
function toComponentForm(device: Device, component: Component, system: SystemInfo): Payload {
  return {
    ...toEntry(device, component),
    ...(component.followsAvailability ? { availability: toAvailability(system) } : {}),
    device: toDeviceEntry(device, system),
    origin: toOrigin(system),
  };
}

/** The keys of a component that both forms share. Device triggers have neither name nor ids. */
function toEntry(device: Device, component: Component): Payload {
  if (component.name === null) return { ...component.config };
  return {
    unique_id: `${device.id}_${component.key}`,
    name: component.name,
    ...toEntityId(device, component.platform, component.name),
    ...component.config,
  };
}

/**
 * Asked for at first registration only; afterwards the registry decides. `default_entity_id` is for Home Assistant from
 * 2025.10 on, `object_id` for those before; each ignores the other.
 */
function toEntityId({ entityPrefix }: Device, platform: string, name: string): Payload {
  if (entityPrefix === null) return {};
  const id = `${entityPrefix}_${slug(name, "")}`;
  return { default_entity_id: `${platform}.${id}`, object_id: id };
}

function toDeviceEntry(device: Device, { version }: SystemInfo): Payload {
  return {
    identifiers: [device.id],
    name: device.name,
    manufacturer: "faces2mqtt",
    model: device.model,
    ...(device.model === "Bridge" ? { sw_version: version } : {}),
    ...(device.via === null ? {} : { via_device: device.via }),
    ...(device.url === null ? {} : { configuration_url: device.url }),
  };
}

const toOrigin = ({ version }: SystemInfo): Payload => ({ name: "faces2mqtt", sw_version: version });

function toAvailability({ topics }: SystemInfo): Json {
  return [
    {
      topic: topics.bridgeState,
      value_template: "{{ value_json.state if value_json is defined else 'offline' }}",
    },
  ];
}
