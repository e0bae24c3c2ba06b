import mqtt, { type IConnackPacket, type IDisconnectPacket, type IPublishPacket, type MqttClient } from "mqtt";
import { holdAcknowledgements } from "../link/late-acknowledgement.ts";
import type { Pems } from "../link/read-pems.ts";
import {
  REASON,
  toConnectRefusal,
  toDisconnectRefusal,
  toLackRefusal,
  toPublishRefusal,
  toSubscribeRefusal,
} from "./broker-refusal.ts";
import type { Freshness } from "./freshness.ts";

/** All workers of a base topic share its pictures under this name. */
const SHARE = "faces2mqtt-embed";
const CONNECT_MS = 10_000;
const KEEP_ALIVE_SECONDS = 30;
/** So long the broker keeps what it has assigned to a worker that is away. */
const SESSION_EXPIRY_SECONDS = 3_600;
/** Pictures that the broker hands over before the first of them is acknowledged. */
export const RECEIVE_MAXIMUM = 4;
/** So many times the largest picture: what is a little too large is rejected with a reason, the rest stays at the broker. */
const PACKET_FACTOR = 4;

/** Which broker, as whom. */
export interface WorkerBroker extends Pems {
  /** mqtt://, mqtts://, ws:// or wss:// */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly rejectUnauthorized: boolean;
  /** Of the session that outlives connections. */
  readonly clientId: string;
}

export interface ConnectionOptions {
  readonly broker: WorkerBroker;
  /** Topic filters of pictures, without the share. */
  readonly filters: readonly string[];
  /** false: gives them up, and only what the broker has assigned already arrives. */
  readonly subscribe: boolean;
  readonly maxPictureBytes: number;
  readonly freshness: Freshness;
  /** `age`: how old it is at most, in ms; Infinity: that is not known. */
  onPicture(packet: IPublishPacket, age: number): Handling;
}

/** A picture in hand. */
export interface Handling {
  /** It is acknowledged when this resolves, after those that came before it; never when it rejects. */
  readonly done: Promise<void>;
  /** Resolves when the next one may be read. */
  readonly room: Promise<void>;
}

/** One connection of a worker, of MQTT 5. */
export interface Connection {
  /** Whether the broker still had the session. */
  readonly resumed: boolean;
  /** QoS 1; resolves when the broker has taken it, with whether anyone listens there. Rejects when it did not take it. */
  publish(topic: string, payload: string): Promise<boolean>;
  /** QoS 0, as far as the connection goes. */
  mention(topic: string, payload: string): void;
  /** Resolves when the connection has ended, with the reason; rejects when there is no use in another one. */
  readonly closed: Promise<string>;
  /** Ends it; the broker keeps the session, or not. */
  end(options: { readonly keepSession: boolean }): Promise<void>;
}

/**
 * Connects and subscribes.
 * @throws {StartRefused} when the broker refuses for good, or lacks what is needed; any other error: it may go another time.
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { broker, maxPictureBytes } = options;
  const client = mqtt.connect(broker.url, {
    protocolVersion: 5,
    clientId: broker.clientId,
    clean: false,
    properties: {
      sessionExpiryInterval: SESSION_EXPIRY_SECONDS,
      receiveMaximum: RECEIVE_MAXIMUM,
      maximumPacketSize: PACKET_FACTOR * maxPictureBytes,
    },
    reconnectPeriod: 0,
    resubscribe: false,
    connectTimeout: CONNECT_MS,
    keepalive: KEEP_ALIVE_SECONDS,
    rejectUnauthorized: broker.rejectUnauthorized,
    ...(broker.username === null ? {} : { username: broker.username }),
    ...(broker.password === null ? {} : { password: broker.password }),
    ...(broker.ca === null ? {} : { ca: broker.ca }),
    ...(broker.cert === null ? {} : { cert: broker.cert }),
    ...(broker.key === null ? {} : { key: broker.key }),
  });
  const closed = watchEnd(client, broker);
  // Those who wait for it see it; here it must not count as unhandled meanwhile.
  closed.catch(() => undefined);
  takePictures(client, options);
  const publish = publisherOf(client, closed);
  try {
    const connack = await Promise.race([answerOf(client), failed(closed)]);
    requireAbilities(connack);
    await Promise.race([shareIn(client, options), failed(closed)]);
    return {
      resumed: connack.sessionPresent,
      publish,
      mention: (topic, payload) => void client.publish(topic, payload, { qos: 0 }, () => undefined),
      closed,
      async end({ keepSession }) {
        if (!client.connected) return;
        await client.endAsync(false, keepSession ? {} : { properties: { sessionExpiryInterval: 0 } });
      },
    };
  } catch (error) {
    client.end(true);
    throw error;
  }
}

function answerOf(client: MqttClient): Promise<IConnackPacket> {
  return new Promise((resolve) => client.once("connect", resolve));
}

/** Rejects when the connection ends, however it does. */
async function failed(closed: Promise<string>): Promise<never> {
  throw new Error(await closed);
}

/** See `Connection.closed`. */
function watchEnd(client: MqttClient, { clientId, username }: WorkerBroker): Promise<string> {
  return new Promise((resolve, reject) => {
    let reason: string | null = null;
    client.on("error", (error) => {
      // Errors of several addresses at once (localhost) have no message of their own.
      const { code, message } = error as Error & { readonly code?: unknown };
      reason = message || String(code);
      const refusal = typeof code === "number" && !client.connected ? toConnectRefusal(code, message, username) : null;
      if (refusal) reject(refusal);
    });
    client.on("disconnect", ({ reasonCode = 0, properties }: IDisconnectPacket) => {
      reason = properties?.reasonString ?? `the broker ended the connection, reason code 0x${reasonCode.toString(16)}`;
      const refusal = toDisconnectRefusal(reasonCode, clientId);
      if (refusal) reject(refusal);
      client.stream.destroy();
    });
    client.on("close", () => resolve(reason ?? "the connection was lost"));
  });
}

/** Acknowledgements leave in the order in which pictures came (MQTT 5, section 4.6). */
function takePictures(client: MqttClient, { onPicture, freshness }: ConnectionOptions): void {
  const acknowledgements = holdAcknowledgements(client);
  let inHand = 0;
  const count = (change: number): void => {
    inHand += change;
    freshness.inHand(client.connected ? inHand : null);
  };
  client.on("connect", () => count(0));
  client.on("close", () => {
    acknowledgements.forget();
    freshness.inHand(null);
  });
  let before: Promise<unknown> = Promise.resolve();
  client.handleMessage = (packet, next) => {
    const { done, room } = onPicture(packet as IPublishPacket, freshness.arrived());
    count(1);
    const until = Promise.all([before, done]).then(() => undefined);
    until.then(
      () => count(-1),
      () => undefined,
    );
    before = until;
    if (packet.messageId !== undefined) acknowledgements.hold(packet.messageId, until);
    void room.then(() => next());
  };
}

function requireAbilities({ properties = {} }: IConnackPacket): void {
  const { sharedSubscriptionAvailable, wildcardSubscriptionAvailable, maximumQoS } = properties;
  if (sharedSubscriptionAvailable === false) throw toLackRefusal("shared subscriptions");
  if (wildcardSubscriptionAvailable === false) throw toLackRefusal("wildcards in subscriptions");
  if (maximumQoS === 0) throw toLackRefusal("messages of QoS 1");
}

async function shareIn(client: MqttClient, { filters, subscribe }: ConnectionOptions): Promise<void> {
  const shared = filters.map((filter) => `$share/${SHARE}/${filter}`);
  if (!subscribe) return void (await client.unsubscribeAsync(shared));
  const granted = await new Promise<readonly unknown[]>((resolve, reject) => {
    client.subscribe(shared, { qos: 1 }, (error, _, answer) => {
      if (answer) resolve(answer.granted);
      else reject(error ?? new Error("the broker did not answer the subscription"));
    });
  });
  for (const [i, code] of granted.entries()) {
    const refusal = toSubscribeRefusal(Number(code), shared[i] ?? "");
    if (refusal) throw refusal;
  }
}

function publisherOf(client: MqttClient, closed: Promise<string>): Connection["publish"] {
  const unheard = new Set<number>();
  client.on("packetreceive", (packet) => {
    if (packet.cmd !== "puback" || packet.messageId === undefined) return;
    if (packet.reasonCode === REASON.noSubscribers) unheard.add(packet.messageId);
  });
  // Not `Promise.race` with `closed`, which would keep every message until the connection ends.
  const underWay = new Set<(error: unknown) => void>();
  let lost: { readonly error: unknown } | null = null;
  const lose = (error: unknown): void => {
    lost = { error };
    for (const reject of underWay) reject(error);
    underWay.clear();
  };
  closed.then((reason) => lose(new Error(reason)), lose);
  return (topic, payload) =>
    new Promise<boolean>((resolve, reject) => {
      if (lost) return reject(lost.error);
      underWay.add(reject);
      client.publish(topic, payload, { qos: 1 }, (error) => {
        underWay.delete(reject);
        if (error) return reject(toPublishRefusal(error, topic) ?? error);
        resolve(!unheard.delete(id));
      });
      const id = client.getLastMessageId();
    });
}
