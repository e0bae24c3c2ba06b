import mqtt, { type IPublishPacket, type MqttClient } from "mqtt";
import type { Clock } from "../../domain/clock.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import { matchesFilter } from "../../domain/network/topic-filter.ts";
import { OFFLINE } from "../topics.ts";
import { createBrokerProblem } from "./broker-problem.ts";
import { type ClientLogin, toClientOptions } from "./client-options.ts";
import { holdAcknowledgements } from "./late-acknowledgement.ts";
import type {
  BrokerAttempts,
  IngestMessage,
  LinkHandlers,
  LinkState,
  MqttLink,
  OutMessage,
  TopicListener,
} from "./port.ts";
import { watchSilence } from "./watch-silence.ts";

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
const LOG_MS = 60_000;
const STOP_MS = 2_000;
/** A connection shorter than this did not hold. */
const HELD_MS = 2_000;
const KICKED_TIMES = 5;
/** MQTT 3.1.1, section 3.9.3 */
const SUBSCRIPTION_REFUSED = 0x80;
/** When so many messages wait for the disk, no more are read until those are stored. */
const MOST_UNSTORED = 1_000;

export interface ExternalDeps extends ClientLogin {
  /** Pictures are taken. */
  readonly pictures: boolean;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warn">;
}

/** A client of an external broker, MQTT 3.1.1, with a persistent session of a fixed client id. */
export function createExternalConnection(deps: ExternalDeps): MqttLink {
  const { topics, bus, clock, log } = deps;
  const description = describeUrl(deps.url);
  const listeners = new Set<{ filter: string; listener: TopicListener }>();
  /** Message ids of what the broker has not acknowledged yet, and whether it is a retained one. */
  const underWay = new Map<number, boolean>();
  let client: MqttClient | null = null;
  let state: LinkState = "connecting";
  let dropped = 0;
  let retryMs = FIRST_RETRY_MS;
  let connectedAtMs = 0;
  let shortInARow = 0;
  let cancelRetry: (() => void) | null = null;
  let loggedAtMs = Number.NEGATIVE_INFINITY;
  /** Of the connection or attempt that goes on. */
  let lastError: { readonly reason: string; readonly returnCode: unknown } | null = null;
  let attempts: BrokerAttempts = { failures: 0, lastError: null, nextAt: null };
  const problem = createBrokerProblem({ description, bus, clock });
  let stopWatching: () => void = () => undefined;
  let heardMs = 0;
  let unstored = 0;
  /** The broker has answered on this connection: what it sent before then had waited. */
  let subscribed = false;

  /** Why an attempt to connect failed, at most once a minute: a broker may be away for days. */
  function logFailure(reason: string): void {
    if (clock.monotonicMs() - loggedAtMs < LOG_MS) return;
    loggedAtMs = clock.monotonicMs();
    log.warn({ broker: description, reason }, "no connection to the broker; trying again");
  }

  function retryLater(): void {
    const waitMs = retryMs / 2 + (Math.random() * retryMs) / 2;
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    attempts = { ...attempts, nextAt: new Date(clock.now().getTime() + waitMs) };
    cancelRetry = clock.after(waitMs, retryNow);
  }

  function retryNow(): void {
    if (cancelRetry === null) return;
    cancelRetry();
    cancelRetry = null;
    attempts = { ...attempts, nextAt: null };
    client?.reconnect();
  }

  function send({ topic, payload, retain, qos = 1 }: OutMessage & { retain: boolean }, onTaken?: () => void): void {
    if (!client || state !== "connected") {
      if (!retain) dropped++;
      return;
    }
    const id = { value: 0 };
    client.publish(topic, Buffer.from(payload), { retain, qos }, (error) => {
      underWay.delete(id.value);
      if (!error) onTaken?.();
    });
    if (qos === 1) {
      id.value = client.getLastMessageId();
      underWay.set(id.value, retain);
    }
  }

  /**
   * Pictures only while there is a connection (QoS 0): when one that waited at the broker was taken is not known, and seen as
   * of now it might open a door.
   */
  function subscribe(): void {
    const faces = [...topics.ingestFilters, topics.requestFilter, ...[...listeners].map((one) => one.filter)];
    const pictures = deps.pictures ? topics.pictureFilters.filter((one) => !faces.includes(one)) : [];
    const filters = [...new Set([...faces, ...pictures])];
    const request = Object.fromEntries(filters.map((one) => [one, { qos: faces.includes(one) ? 1 : 0 } as const]));
    client?.subscribe(request, (_error, _granted, answer) => {
      // Without an answer the connection was lost meanwhile: the next one asks again.
      if (!answer) return;
      subscribed = true;
      const refused = filters.filter((_, i) => Number(answer.granted[i]) >= SUBSCRIPTION_REFUSED);
      if (refused.length > 0) log.warn({ filters: refused }, "the broker refused our subscriptions");
      problem.subscribed(refused, shortInARow === 0);
    });
  }

  function onConnect(): void {
    state = "connected";
    // An event is small and must not wait for the acknowledgement of the packet before it.
    const stream = client?.stream as { setNoDelay?(on: boolean): void } | undefined;
    stream?.setNoDelay?.(true);
    connectedAtMs = clock.monotonicMs();
    lastError = null;
    heardMs = 0;
    attempts = { failures: 0, lastError: null, nextAt: null };
    stopWatching = client === null ? stopWatching : watch(client);
    // Always: the broker may have lost the session and say that it has not.
    subscribed = false;
    subscribe();
    if (!deps.pictures) client?.unsubscribe([...topics.pictureFilters]);
    bus.emit("connected", { broker: description });
  }

  /** Ends a connection over which the broker does not answer: what is sent on it would arrive late, if ever. */
  function watch(connected: MqttClient): () => void {
    return watchSilence({
      client: connected,
      clock,
      isHeldUp: () => unstored >= MOST_UNSTORED,
      onSilence: (ms) => {
        heardMs = ms;
        lastError = { reason: "it hangs: the connection is open, and nothing comes", returnCode: null };
        connected.stream.destroy();
      },
    });
  }

  function onClose(): void {
    const wasConnected = state === "connected";
    stopWatching();
    if (state === "stopped" || !client) return;
    state = "connecting";
    acknowledgements?.forget();
    // Nothing that was under way is sent again: retained topics are published anew, a late event must not be.
    for (const [id, isRetained] of [...underWay]) {
      client.removeOutgoingMessage(id);
      if (!isRetained) dropped++;
    }
    underWay.clear();
    const { reason, returnCode } = lastError ?? { reason: "the connection was lost", returnCode: null };
    lastError = null;
    attempts = { ...attempts, failures: attempts.failures + 1, lastError: reason };
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
      loggedAtMs = clock.monotonicMs();
      bus.emit("disconnected", { broker: description, reason });
    } else logFailure(reason);
    problem.failed({ reason, returnCode, kicked: shortInARow >= KICKED_TIMES }, heardMs);
    retryLater();
  }

  let acknowledgements: ReturnType<typeof holdAcknowledgements> | null = null;

  /** `next` lets the next message be read. */
  function onMessage(handlers: LinkHandlers, packet: IPublishPacket, next: () => void): void {
    const { topic, retain } = packet;
    const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
    const ingest = topics.toIngest(topic);
    if (ingest) {
      const message: IngestMessage = { topic, payload, retain, will: false, ...ingest, onlyCamera: null };
      acknowledgeWhen(handlers.ingest(message), packet, next);
      return;
    }
    const picture = topics.toPicture(topic);
    if (picture) handlers.picture({ topic, payload, retain, will: false, waited: !subscribed, ...picture });
    for (const { filter, listener } of listeners) {
      if (matchesFilter(filter, topic)) listener({ topic, payload, retain });
    }
    const command = topics.toCommand(topic);
    if (command !== null && !retain) handlers.request(command, payload, null);
    next();
  }

  function acknowledgeWhen(stored: Promise<void>, packet: IPublishPacket, next: () => void): void {
    if (packet.qos > 0 && packet.messageId !== undefined) acknowledgements?.hold(packet.messageId, stored);
    unstored++;
    const settled = stored
      .catch((error: unknown) => {
        log.warn({ reason: String(error) }, "faces could not be stored; the broker will send them again");
        // Only a new connection makes it send them again; `onClose` sees to that, later and later.
        client?.stream.destroy();
      })
      .finally(() => {
        unstored--;
      });
    if (unstored < MOST_UNSTORED) next();
    else void settled.then(next);
  }

  /**
   * While the daemon is away the broker keeps faces for it, but no requests, as an undo must not be done days later, and no
   * pictures.
   */
  async function publishOffline(broker: MqttClient): Promise<void> {
    await Promise.allSettled([
      broker.unsubscribeAsync([topics.requestFilter, ...topics.pictureFilters]),
      broker.publishAsync(topics.bridgeState, OFFLINE, { retain: true, qos: 1 }),
    ]);
  }

  return {
    get state() {
      return state;
    },
    get dropped() {
      return dropped;
    },
    description,
    url: description,
    get attempts() {
      return attempts;
    },
    retryNow,

    async start(handlers) {
      client = mqtt.connect(deps.url, toClientOptions(deps));
      acknowledgements = holdAcknowledgements(client);
      client.handleMessage = (packet, done) => onMessage(handlers, packet as IPublishPacket, done);
      client.on("connect", onConnect);
      client.on("close", onClose);
      client.on("error", (error) => {
        // Errors of several addresses at once (localhost) have no message of their own.
        const { code } = error as { code?: unknown };
        lastError = { reason: error.message || String(code), returnCode: code };
      });
    },

    async stop() {
      if (!client) return;
      cancelRetry?.();
      problem.stop();
      stopWatching();
      const offline = state === "connected" ? publishOffline(client) : Promise.resolve();
      await Promise.race([offline, new Promise((done) => setTimeout(done, STOP_MS).unref())]);
      state = "stopped";
      await client.endAsync(true);
    },

    publish: (message) => send({ ...message, retain: false }),
    async publishFromOutside({ topic, payload }) {
      const lost = `there is no connection to the broker ${description}`;
      if (!client || state !== "connected") throw new FacesError("BROKER_UNREACHABLE", lost);
      await client.publishAsync(topic, payload, { qos: 1 }).catch((cause: unknown) => {
        throw new FacesError("BROKER_UNREACHABLE", lost, { cause });
      });
    },
    publishRetained: (topic, payload, onTaken) => send({ topic, payload, retain: true }, onTaken),

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

/** Without its query, which may hold a token. */
function describeUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}
