import type { IClientOptions } from "mqtt";
import { OFFLINE, type Topics } from "../topics.ts";

/** How a client of an external broker gets in, and what the broker says when it is gone. */
export interface ClientLogin {
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly clientId: string;
  /** PEM */
  readonly ca: Buffer | null;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
  readonly rejectUnauthorized: boolean;
  readonly topics: Topics;
}

/** Options of a persistent session, MQTT 3.1.1, that does not connect again by itself. */
export function toClientOptions(login: ClientLogin): IClientOptions {
  const { username, password, ca, cert, key } = login;
  return {
    protocolVersion: 4,
    clientId: login.clientId,
    clean: false,
    reconnectPeriod: 0,
    connectTimeout: 10_000,
    // For the broker, which reports us as gone by it; whether it is there itself is watched more closely.
    keepalive: 30,
    queueQoSZero: false,
    rejectUnauthorized: login.rejectUnauthorized,
    will: { topic: login.topics.bridgeState, payload: Buffer.from(OFFLINE), retain: true, qos: 1 },
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(ca === null ? {} : { ca }),
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key }),
  };
}
