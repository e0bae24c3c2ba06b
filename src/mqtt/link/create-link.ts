import type { Config } from "../../config/schema.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import type { Topics } from "../topics.ts";
import { createEmbeddedBroker } from "./embedded.ts";
import { createExternalConnection, type ExternalDeps } from "./external.ts";
import type { MqttLink } from "./port.ts";
import { readPems } from "./read-pems.ts";

export interface LinkDeps {
  readonly config: Pick<Config, "mqtt" | "ingest" | "snapshots" | "homeassistant">;
  readonly topics: Topics;
  readonly instance: string;
  /** Commands that the broker's users of the role `home` may request. */
  readonly homeCommands: ReadonlySet<string>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: ExternalDeps["log"];
}

/**
 * The link of the configuration: to its external broker, or the embedded one.
 * @throws {StartRefused} when certificates or keys cannot be read.
 */
export function createLink({ config, topics, instance, homeCommands, bus, clock, log }: LinkDeps): MqttLink {
  const { mqtt, snapshots, homeassistant } = config;
  if (mqtt.url !== null) {
    return createExternalConnection({
      url: mqtt.url,
      username: mqtt.username,
      password: mqtt.password,
      clientId: mqtt.clientId ?? `faces2mqtt_${instance}`,
      rejectUnauthorized: mqtt.rejectUnauthorized,
      ...readPems(mqtt),
      pictures: snapshots.enabled,
      topics,
      bus,
      clock,
      log,
    });
  }
  return createEmbeddedBroker({
    ...mqtt.embedded,
    topics,
    discoveryPrefix: homeassistant.discoveryPrefix,
    statusTopic: homeassistant.statusTopic,
    homeCommands,
    maxPacketBytes: toMaxPacketBytes(config),
    bus,
    log,
  });
}

/** Above what is taken, so that a message that is too large is reported; a picture may come as base64. */
function toMaxPacketBytes({ ingest, snapshots }: Pick<Config, "ingest" | "snapshots">): number {
  const picture = snapshots.enabled ? snapshots.maxPictureBytes * 1.5 : 0;
  return Math.max(ingest.maxPayloadBytes * 2, picture) + 65_536;
}
