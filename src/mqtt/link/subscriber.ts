import mqtt from "mqtt";

/** A client that only subscribes, as an automation would. */
export interface Subscriber {
  close(): Promise<void>;
}

/**
 * Subscribes to `filters` at a broker without a login; what is retained there comes first.
 * @throws when the broker cannot be reached.
 */
export async function openSubscriber(
  url: string,
  filters: readonly string[],
  onMessage: (topic: string, payload: Buffer) => void,
): Promise<Subscriber> {
  const client = await mqtt.connectAsync(url);
  // It connects again by itself.
  client.on("error", () => undefined);
  client.on("message", (topic, payload) => onMessage(topic, payload));
  await client.subscribeAsync([...filters], { qos: 1 });
  return {
    async close() {
      await client.endAsync(true);
    },
  };
}
