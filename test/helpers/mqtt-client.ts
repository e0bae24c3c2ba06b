import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { onTestFinished } from "vitest";

export interface SeenMessage {
  readonly topic: string;
  readonly payload: Buffer;
  readonly text: string;
  readonly retain: boolean;
}

/** A client of a test's own that remembers what it saw. */
export interface TestClient {
  readonly client: MqttClient;
  readonly seen: SeenMessage[];
  subscribe(...filters: string[]): Promise<void>;
  /** QoS 1; resolves when the broker has acknowledged. Objects are sent as JSON. */
  publish(topic: string, payload: string | Buffer | object, options?: { retain?: boolean }): Promise<void>;
  /** The first message, seen already or yet to come, that fits. */
  waitFor(fits: (message: SeenMessage) => boolean, what: string, timeoutMs?: number): Promise<SeenMessage>;
  /** Asks the daemon over MQTT and answers its response. */
  request<T>(command: string, input?: object): Promise<{ status: string; data: T; code?: string; error?: string }>;
  close(): Promise<void>;
}

/** Connects; closed when the test is over. */
export async function connectClient(url: string, options: IClientOptions = {}): Promise<TestClient> {
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options });
  const seen: SeenMessage[] = [];
  const watchers = new Set<() => void>();
  client.on("message", (topic, payload, packet) => {
    seen.push({ topic, payload, text: payload.toString(), retain: packet.retain });
    for (const watch of watchers) watch();
  });
  client.on("error", () => undefined);
  onTestFinished(() => {
    client.end(true);
  });

  const one: TestClient = {
    client,
    seen,
    async subscribe(...filters) {
      await client.subscribeAsync(filters, { qos: 1 });
    },
    async publish(topic, payload, { retain = false } = {}) {
      const bytes = typeof payload === "string" || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
      await client.publishAsync(topic, bytes, { qos: 1, retain });
    },
    waitFor(fits, what, timeoutMs = 10_000) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = seen.find(fits);
          if (!found) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`waited in vain for ${what}; saw ${seen.map((message) => message.topic).join(", ")}`));
        }, timeoutMs);
        watchers.add(look);
        look();
      });
    },
    async request(command, input = {}) {
      const transaction = `${command}-${Math.random()}`;
      await one.subscribe(`faces2mqtt/bridge/response/${command}`);
      await one.publish(`faces2mqtt/bridge/request/${command}`, { ...input, transaction });
      const answer = await one.waitFor(
        (message) => message.topic.endsWith(`/response/${command}`) && message.text.includes(transaction),
        `an answer to ${command}`,
        60_000,
      );
      return JSON.parse(answer.text);
    },
    async close() {
      await client.endAsync(true);
    },
  };
  return one;
}
