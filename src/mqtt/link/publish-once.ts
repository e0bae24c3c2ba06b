import mqtt from "mqtt";

const CONNECT_MS = 3_000;

/** A login at the embedded broker. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Publishes one message as a client of its own, over the network; resolves when the broker has acknowledged it. */
export async function publishOnce(
  url: string,
  login: Login,
  message: { topic: string; payload: string },
): Promise<void> {
  const client = await mqtt.connectAsync(url, {
    ...login,
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_MS,
  });
  try {
    await client.publishAsync(message.topic, message.payload, { qos: 1 });
  } finally {
    await client.endAsync(true);
  }
}
