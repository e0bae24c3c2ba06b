import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from "mqtt";
import type { Clock } from "../domain/clock.ts";
import { holdAcknowledgements } from "./late-acknowledgement.ts";
import type { InMessage, LinkHandlers, LinkState, MqttLink, OutMessage, TopicListener } from "./port.ts";
import { matches, type Topics } from "./topics.ts";

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
const STOP_MS = 2_000;
/** A connection shorter than this did not hold. */
const HELD_MS = 2_000;
const KICKED_TIMES = 5;

export interface ExternalDeps {
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
  readonly handlers: LinkHandlers;
  readonly clock: Clock;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}

/** A client of somebody's own broker, MQTT 3.1.1, with a persistent session of a fixed client id. */
export function createExternalConnection(deps: ExternalDeps): MqttLink {
  const { topics, handlers, clock, log } = deps;
  const retained = new Map<string, string | Uint8Array>();
  const listeners = new Set<{ filter: string; listener: TopicListener }>();
  const underWay = new Set<number>();
  let client: MqttClient | null = null;
  let state: LinkState = "connecting";
  let dropped = 0;
  let retryMs = FIRST_RETRY_MS;
  let connectedAtMs = 0;
  let shortInARow = 0;
  let cancelRetry: (() => void) | null = null;
  let loggedAtMs = Number.NEGATIVE_INFINITY;

  /** The reason of a lost connection, at most once a minute: a broker may be away for days. */
  function complain(reason: string): void {
    if (clock.monotonicMs() - loggedAtMs < LAST_RETRY_MS) return;
    loggedAtMs = clock.monotonicMs();
    log.warn({ broker: deps.url, reason }, "no connection to the broker; trying again");
  }

  function retryLater(): void {
    const waitMs = retryMs / 2 + (Math.random() * retryMs) / 2;
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    cancelRetry = clock.after(waitMs, () => client?.reconnect());
  }

  function send({ topic, payload, retain, qos }: OutMessage): void {
    if (!client || state !== "connected") {
      if (!retain) dropped++;
      return;
    }
    const id = { value: 0 };
    client.publish(topic, Buffer.from(payload), { retain, qos }, () => underWay.delete(id.value));
    if (qos === 1) {
      id.value = client.getLastMessageId();
      underWay.add(id.value);
    }
  }

  async function onConnect(): Promise<void> {
    state = "connected";
    // An event is small and must not wait for the acknowledgement of the packet before it.
    const stream = client?.stream as { setNoDelay?(on: boolean): void } | undefined;
    stream?.setNoDelay?.(true);
    connectedAtMs = clock.monotonicMs();
    loggedAtMs = Number.NEGATIVE_INFINITY;
    log.info({ broker: deps.url }, "connected to the broker");
    const filters = [...topics.ingestFilters, topics.requestFilter, ...[...listeners].map((one) => one.filter)];
    // Always: the broker may have lost the session and say that it has not.
    client?.subscribe([...new Set(filters)], { qos: 1 }, (error) => {
      if (error) log.warn({ reason: error.message }, "the broker did not take our subscriptions");
    });
    send({ topic: topics.bridgeState, payload: JSON.stringify({ state: "online" }), retain: true, qos: 1 });
    for (const [topic, payload] of retained) send({ topic, payload, retain: true, qos: 1 });
    handlers.connected();
  }

  function onClose(): void {
    const wasConnected = state === "connected";
    if (state === "stopped" || !client) return;
    state = "connecting";
    acknowledgements?.forget();
    // Nothing that was under way is sent again: states come anew, and a late event must not come at all.
    for (const id of [...underWay]) {
      client.removeOutgoingMessage(id);
      dropped++;
    }
    underWay.clear();
    if (wasConnected) {
      const held = clock.monotonicMs() - connectedAtMs > HELD_MS;
      if (held) retryMs = FIRST_RETRY_MS;
      shortInARow = held ? 0 : shortInARow + 1;
      if (shortInARow === KICKED_TIMES) {
        log.warn(
          { client_id: deps.clientId },
          "the broker ends every connection at once: is there another faces2mqtt with this client id?",
        );
      }
      handlers.disconnected("the connection was lost");
    }
    complain("the connection was lost");
    retryLater();
  }

  let acknowledgements: ReturnType<typeof holdAcknowledgements> | null = null;

  function onMessage(packet: IPublishPacket): void {
    const message: InMessage = {
      topic: packet.topic,
      payload: Buffer.from(packet.payload),
      retain: packet.retain,
      will: false,
      onlyCamera: null,
    };
    if (topics.isIngest(packet.topic)) {
      const stored = handlers.ingest(message);
      if (packet.qos > 0 && packet.messageId !== undefined) acknowledgements?.hold(packet.messageId, stored);
      stored.catch((error: unknown) => {
        log.warn({ reason: String(error) }, "faces could not be stored; the broker will send them again");
        // Only a new connection makes it send them again; `onClose` sees to that, later and later.
        client?.stream.destroy();
      });
    } else {
      const command = topics.toCommand(packet.topic);
      if (command !== null && !packet.retain) handlers.request(command, message.payload);
    }
    for (const { filter, listener } of listeners) if (matches(filter, packet.topic)) listener(message);
  }

  return {
    get state() {
      return state;
    },
    get dropped() {
      return dropped;
    },
    description: deps.url,

    async start() {
      const options: IClientOptions = {
        protocolVersion: 4,
        clientId: deps.clientId,
        clean: false,
        reconnectPeriod: 0,
        connectTimeout: 10_000,
        keepalive: 30,
        queueQoSZero: false,
        rejectUnauthorized: deps.rejectUnauthorized,
        will: {
          topic: topics.bridgeState,
          payload: Buffer.from(JSON.stringify({ state: "offline" })),
          retain: true,
          qos: 1,
        },
        ...(deps.username === null ? {} : { username: deps.username }),
        ...(deps.password === null ? {} : { password: deps.password }),
        ...(deps.ca === null ? {} : { ca: deps.ca }),
        ...(deps.cert === null ? {} : { cert: deps.cert }),
        ...(deps.key === null ? {} : { key: deps.key }),
      };
      client = mqtt.connect(deps.url, options);
      acknowledgements = holdAcknowledgements(client);
      client.handleMessage = (packet, done) => {
        try {
          onMessage(packet as IPublishPacket);
        } finally {
          done();
        }
      };
      client.on("connect", () => void onConnect());
      client.on("close", onClose);
      client.on("error", (error) => complain(error.message));
    },

    async stop() {
      if (!client) return;
      cancelRetry?.();
      const offline = JSON.stringify({ state: "offline" });
      const saidSo =
        state === "connected"
          ? client.publishAsync(topics.bridgeState, offline, { retain: true, qos: 1 }).catch(() => undefined)
          : Promise.resolve();
      await Promise.race([saidSo, new Promise((done) => setTimeout(done, STOP_MS).unref())]);
      state = "stopped";
      await client.endAsync(true);
    },

    publish(message) {
      if (message.retain) {
        if (message.payload.length === 0) retained.delete(message.topic);
        else retained.set(message.topic, message.payload);
      }
      send(message);
    },

    subscribe(filter, listener) {
      const entry = { filter, listener };
      listeners.add(entry);
      if (state === "connected") client?.subscribe(filter, { qos: 1 });
      return () => {
        listeners.delete(entry);
        if (state === "connected" && ![...listeners].some((one) => one.filter === filter)) client?.unsubscribe(filter);
      };
    },
  };
}
