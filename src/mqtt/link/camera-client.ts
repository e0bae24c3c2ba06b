import mqtt from "mqtt";
import type { Pems } from "./read-pems.ts";

/** Where to publish, and with which login. */
export interface CameraBroker {
  /** mqtt://, mqtts://, ws:// or wss:// */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly tls?: Pems & { readonly rejectUnauthorized: boolean };
}

/** A client that publishes as a camera would. */
export interface CameraClient {
  /** QoS 1; resolves when the broker has acknowledged. Rejects with the reason when the broker takes nothing any more. */
  publish(topic: string, payload: string): Promise<void>;
  /** Drops what is not acknowledged. */
  close(): Promise<void>;
}

const CONNECT_MS = 10_000;
/** So many connections lost in a row without a single acknowledgement: the broker rejects what is published. */
const MOST_LOST = 5;

/**
 * Connects as a camera would; a lost connection comes back by itself, and what was not acknowledged is sent again.
 * @throws when the first connection fails, with the reason.
 */
export async function openCameraClient({ url, username, password, tls }: CameraBroker): Promise<CameraClient> {
  const client = mqtt.connect(url, {
    connectTimeout: CONNECT_MS,
    reconnectPeriod: 500,
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(tls && Object.fromEntries(Object.entries(tls).filter(([, one]) => one !== null))),
  });
  let lastError: Error | null = null;
  let lost = 0;
  const waiting = new Set<(reason: Error) => void>();
  client.on("error", (error) => {
    lastError = error;
  });
  await new Promise<void>((resolve, reject) => {
    client.once("connect", () => resolve());
    client.once("close", () => reject(new Error(toReason(url, lastError))));
  }).catch(async (error: unknown) => {
    await client.endAsync(true);
    throw error;
  });
  client.on("close", () => {
    lost += 1;
    if (lost < MOST_LOST || waiting.size === 0) return;
    const why = lastError ? `: ${lastError.message}` : "";
    const reason = new Error(`the broker closed the connection ${lost} times and took nothing meanwhile${why}`);
    for (const reject of waiting) reject(reason);
    waiting.clear();
  });

  return {
    publish: (topic, payload) =>
      new Promise<void>((resolve, reject) => {
        waiting.add(reject);
        client.publish(topic, payload, { qos: 1 }, (error) => {
          waiting.delete(reject);
          if (error) return reject(error);
          lost = 0;
          resolve();
        });
      }),
    async close() {
      await client.endAsync(true);
    },
  };
}

function toReason(url: string, error: Error | null): string {
  const { protocol, host } = new URL(url);
  // Errors of several addresses at once (localhost) have no message of their own.
  const reason = (error as NodeJS.ErrnoException | null)?.code ?? error?.message;
  const words = error?.message || String(reason ?? "the connection was closed");
  return `cannot connect to ${protocol}//${host}: ${words}`;
}
