import type { Config } from "../config/schema.ts";
import { StartRefused } from "../domain/errors.ts";
import { toReachableHost } from "../domain/network/loopback.ts";
import type { CameraBroker } from "../mqtt/link/camera-client.ts";
import { readPems } from "../mqtt/link/read-pems.ts";

/** Where a command publishes as a camera would. */
export interface CameraBrokerOptions {
  /** The broker; defaults to the one of the configuration, with its login. */
  readonly url?: string;
  readonly username?: string;
  readonly password?: string;
}

/**
 * The broker of the options, or else of the configuration; of the embedded one's users, an admin.
 * @throws {StartRefused} when its certificates cannot be used, or its port is not known.
 */
export function toCameraBroker({ url, username, password }: CameraBrokerOptions, { mqtt }: Config): CameraBroker {
  if (url !== undefined) return { url, username: username ?? null, password: password ?? null };
  if (mqtt.url !== null) {
    return {
      url: mqtt.url,
      username: username ?? mqtt.username,
      password: password ?? mqtt.password,
      tls: { rejectUnauthorized: mqtt.rejectUnauthorized, ...readPems(mqtt) },
    };
  }
  const { host, port, users } = mqtt.embedded;
  if (port === 0) throw new StartRefused("mqtt.embedded.port is 0, any free one: say with --url which it is");
  const admin = users.find((user) => user.role === "admin");
  return {
    url: `mqtt://${toReachableHost(host)}:${port}`,
    username: username ?? admin?.username ?? null,
    password: password ?? admin?.password ?? null,
  };
}
