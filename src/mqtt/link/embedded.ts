import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { callbackify } from "node:util";
import { Aedes, type AedesPublishPacket, type Client, type PublishPacket } from "aedes";
import { FacesError, StartRefused } from "../../domain/errors.ts";
import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import { brokerExposure } from "../../domain/network/exposure.ts";
import { toReachableHost } from "../../domain/network/loopback.ts";
import { OFFLINE } from "../topics.ts";
import { watchSubscriptions } from "../watch-subscriptions.ts";
import { ACCESS, type AccessRules, type Identity } from "./access.ts";
import { guardPacketSize } from "./packet-size.ts";
import { type BrokerUser, createVerify } from "./passwords.ts";
import type { LinkHandlers, LinkState, MqttLink, OutMessage } from "./port.ts";
import { type Login, publishOnce } from "./publish-once.ts";

/** A subscriber that reads nothing holds up the others no longer than this. */
const DRAIN_MS = 4_000;
const CONNECT_MS = 5_000;
const KEEP_ALIVE_MS = 60_000;
const MOST_LEVELS = 8;
const MOST_CONNECTIONS = 200;
const STOP_MS = 2_000;
const OFFLINE_MS = 1_000;
const FLUSH_MS = 50;

export interface EmbeddedDeps extends AccessRules {
  readonly host: string;
  readonly port: number;
  /** Empty: every client that reaches the port is an admin. */
  readonly users: readonly BrokerUser[];
  /** A client that sends a larger packet is cut off. */
  readonly maxPacketBytes: number;
  readonly bus: Bus;
  readonly log: Pick<Log, "info" | "warn">;
}

/**
 * The broker in this very process. A face is acknowledged after `handlers.ingest` resolves: Aedes sends the
 * acknowledgement before it publishes, so only `authorizePublish` can wait.
 */
export function createEmbeddedBroker(deps: EmbeddedDeps): MqttLink & { readonly port: number } {
  const { host, users, topics, bus, log } = deps;
  const admin: Identity = { username: null, role: "admin" };
  /** Of the client that the daemon itself is, for what has to come from outside. */
  const own: Login = { username: `own ${randomUUID()}`, password: randomUUID() };
  const identities = new WeakMap<Client, Identity>();
  const cutOff = new WeakSet<Client>();
  const listeners = new Set<{ filter: string; deliver: (packet: AedesPublishPacket, done: () => void) => void }>();
  let state: LinkState = "connecting";
  let broker: Aedes | null = null;
  let isHeard: (topic: string) => boolean = () => true;
  let server: Server | null = null;

  const identityOf = (client: Client): Identity => identities.get(client) ?? admin;

  async function open(handlers: LinkHandlers): Promise<Aedes> {
    const verify = users.length === 0 ? null : await createVerify(users);
    return await Aedes.createBroker({
      drainTimeout: DRAIN_MS,
      connectTimeout: CONNECT_MS,
      maxTopicLevels: MOST_LEVELS,
      maxClientsIdLength: 256,
      // A session ends with its connection, whatever the client wants: no client gets late what it missed, least of all an
      // event, and nothing piles up for clients that never come back. It could not outlive this process anyway.
      preConnect(_client, packet, done) {
        packet.clean = true;
        done(null, true);
      },
      authenticate(client, username, password, done) {
        if (!verify) return done(null, true);
        if (username === own.username && password?.toString() === own.password) {
          identities.set(client, admin);
          return done(null, true);
        }
        verify(username ?? "", password ?? Buffer.alloc(0)).then(
          (identity) => {
            if (identity) identities.set(client, identity);
            else log.warn({ client: client.id, user: username }, "a login at the broker was refused");
            done(null, identity !== null);
          },
          (error: unknown) => {
            log.warn({ err: error }, "a login at the broker could not be checked");
            done(null, false);
          },
        );
      },
      authorizePublish: callbackify((client: Client | null, packet: PublishPacket) =>
        authorizePublish(handlers, client, packet),
      ),
      authorizeSubscribe(client, subscription, done) {
        const allowed = ACCESS[identityOf(client).role].subscribe;
        if (!allowed) log.warn({ client: client.id, filter: subscription.topic }, "a subscription was refused");
        done(null, allowed ? subscription : null);
      },
      authorizeForward(client, packet) {
        return ACCESS[identityOf(client).role].receive(packet.topic, deps) ? packet : null;
      },
    });
  }

  /** A rejection closes the sender's connection: it may not publish this, or it has to send it again. */
  async function authorizePublish(handlers: LinkHandlers, client: Client | null, packet: PublishPacket): Promise<void> {
    const { topic } = packet;
    const who = client ? identityOf(client) : admin;
    const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
    if (!ACCESS[who.role].publish(who, { topic, empty: payload.length === 0 }, deps)) {
      log.warn({ client: client?.id, user: who.username, topic }, "a publication was refused");
      throw new Error("not authorized");
    }
    const [ingest, picture] = [topics.toIngest(topic), topics.toPicture(topic)];
    if (!ingest && !picture) return;
    const { retain } = packet;
    // A rejected one is acknowledged and reported, but no client gets it now or later.
    packet.retain = false;
    // A will has no command: it was part of its client's CONNECT.
    const will = (packet as { cmd?: string }).cmd !== "publish";
    const message = { topic, payload, retain, will };
    const onlyCamera = who.role === "camera" ? who.username : null;
    if (ingest) await handlers.ingest({ ...message, ...ingest, onlyCamera });
    else if (picture) handlers.picture({ ...message, ...picture, waited: false });
  }

  function onPublish(handlers: LinkHandlers, packet: AedesPublishPacket, client: Client | null): void {
    if (!client || packet.retain) return;
    const command = topics.toCommand(packet.topic);
    if (command !== null) handlers.request(command, Buffer.from(packet.payload), identityOf(client).username);
  }

  /** Logged once per client, as each packet under way is one more error; not while stopping. */
  function onClientError(client: Client, { message }: Error): void {
    if (cutOff.has(client) || state === "stopped") return;
    cutOff.add(client);
    log.warn({ client: client.id, reason: message }, "a client was cut off");
  }

  function onConnection(socket: Socket): void {
    const client = broker?.handle(socket);
    if (client) {
      guardPacketSize(client, socket, deps.maxPacketBytes, (bytes) =>
        log.warn({ address: socket.remoteAddress, bytes }, "a packet was too large; its connection was closed"),
      );
    }
  }

  function send({ topic, payload, retain, qos = 1 }: OutMessage & { retain: boolean }, onTaken?: () => void): void {
    if (!broker || state === "stopped") return;
    // Only who listens now gets what is not retained: sessions end with their connections.
    if (!retain && !isHeard(topic)) return;
    const bytes = typeof payload === "string" ? Buffer.from(payload) : toBuffer(payload);
    broker.publish({ cmd: "publish", topic, payload: bytes, retain, qos, dup: false }, (error) => {
      if (error) log.warn({ topic, reason: error.message }, "the broker did not take a publication");
      else onTaken?.();
    });
  }

  /** Subscribers have `offline` in their sockets before these are closed; one that reads nothing is not waited for. */
  async function publishOffline(): Promise<void> {
    const published = new Promise<void>((done) => {
      send({ topic: topics.bridgeState, payload: OFFLINE, retain: true }, done);
    });
    await Promise.race([published, pause(OFFLINE_MS)]);
    await pause(FLUSH_MS);
  }

  return {
    get state() {
      return state;
    },
    get port() {
      const address = server?.address();
      return typeof address === "object" && address ? address.port : deps.port;
    },
    get description() {
      return `embedded ${this.url}`;
    },
    get url() {
      return `mqtt://${host}:${this.port}`;
    },
    attempts: { failures: 0, lastError: null, nextAt: null },
    retryNow: () => undefined,
    dropped: 0,

    async start(handlers) {
      const exposure = brokerExposure(deps);
      if (exposure !== null) throw new StartRefused(`mqtt.embedded.host: ${exposure}`);
      broker = await open(handlers);
      isHeard = watchSubscriptions(broker);
      broker.on("publish", (packet, client) => onPublish(handlers, packet, client));
      broker.on("clientError", onClientError);
      broker.on("connectionError", (_, error) => log.warn({ reason: error.message }, "a connection was cut off"));
      for (const { filter, deliver } of listeners) broker.subscribe(filter, deliver, () => undefined);
      // An event is small and must not wait for the acknowledgement of the packet before it. A client may have no keep-alive
      // of MQTT: then the operating system finds out that it is gone.
      const sockets = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS };
      server = createServer(sockets, onConnection);
      server.maxConnections = MOST_CONNECTIONS;
      server.listen(deps.port, host);
      try {
        await once(server, "listening");
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new StartRefused(`the broker cannot listen on ${host}:${deps.port}: ${code}`, { cause: error });
      }
      state = "connected";
      bus.emit("connected", { broker: this.description });
    },

    async stop() {
      if (!broker || !server) return;
      const [ending, listening] = [broker, server];
      await publishOffline();
      state = "stopped";
      const closed = new Promise<void>((done) => listening.close(() => done()));
      await Promise.race([new Promise<void>((done) => ending.close(done)), pause(STOP_MS)]);
      await closed;
    },

    publish: (message) => send({ ...message, retain: false }),
    async publishFromOutside(message) {
      try {
        await publishOnce(`mqtt://${toReachableHost(host)}:${this.port}`, own, message);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new FacesError("BROKER_UNREACHABLE", `the embedded broker cannot be reached: ${why}`, { cause });
      }
    },
    publishRetained: (topic, payload, onTaken) => send({ topic, payload, retain: true }, onTaken),

    subscribe(filter, listener) {
      const entry = {
        filter,
        deliver(packet: AedesPublishPacket, done: () => void) {
          listener({
            topic: packet.topic,
            payload: Buffer.from(packet.payload),
            // This broker starts with nothing, so that no message was retained before its listeners subscribed.
            retain: false,
          });
          done();
        },
      };
      listeners.add(entry);
      broker?.subscribe(filter, entry.deliver, () => undefined);
      return () => {
        listeners.delete(entry);
        broker?.unsubscribe(filter, entry.deliver, () => undefined);
      };
    },
  };
}

/** The same memory. */
const toBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const pause = (ms: number): Promise<unknown> => new Promise((done) => setTimeout(done, ms).unref());
