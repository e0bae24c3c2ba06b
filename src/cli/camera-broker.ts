import { readFileSync } from "node:fs";
import type { Config } from "../config/schema.ts";
import { StartRefused } from "../domain/errors.ts";
import { toReachableHost } from "../domain/network/loopback.ts";
import type { CameraBroker } from "../mqtt/link/camera-client.ts";

/** Where a command publishes as a camera would. */
export interface CameraBrokerOptions {
  /** The broker; defaults to the one of the configuration, with its login. */
  readonly url?: string;
  readonly username?: string;
  readonly password?: string;
}

/** The broker of the options, or else of the configuration; of the embedded one's users, an admin. */
export function toCameraBroker({ url, username, password }: CameraBrokerOptions, { mqtt }: Config): CameraBroker {
  if (url !== undefined) return { url, username: username ?? null, password: password ?? null };
  if (mqtt.url !== null) {
    const read = (file: string | null) => (file === null ? undefined : readFileSync(file));
    const files = Object.entries({ ca: read(mqtt.ca), cert: read(mqtt.cert), key: read(mqtt.key) });
    const pems = Object.fromEntries(files.filter(([, content]) => content !== undefined));
    return {
      url: mqtt.url,
      username: username ?? mqtt.username,
      password: password ?? mqtt.password,
      tls: { rejectUnauthorized: mqtt.rejectUnauthorized, ...pems },
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
