import type { Clock } from "../../domain/clock.ts";
import { StartRefused } from "../../domain/errors.ts";
import type { Log } from "../../domain/log.ts";
import { toKickedRefusal } from "./broker-refusal.ts";
import { type Connection, type ConnectionOptions, openConnection } from "./connection.ts";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;
/** A connection shorter than this did not hold. */
const HELD_MS = 2_500;
/**
 * So many in a row that did not hold: another client has the same id. MQTT 5 has a DISCONNECT for it, which Mosquitto 2.0
 * does not send; each of the two then connects anew, waiting longer each time.
 */
const KICKED_TIMES = 3;
/** The same trouble is logged once in this time: a broker may be away for days. */
const LOG_MS = 60_000;

export interface SessionDeps extends ConnectionOptions {
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warn">;
}

/** A worker's session at the broker, over as many connections as it takes. */
export interface Session {
  /** Connects without limit, until it is ended. @throws {StartRefused} when there is no use in going on. */
  run(): Promise<void>;
  /** Resolves when the broker has taken it and someone listens there; waits for a connection, and tries again. */
  publish(topic: string, payload: string): Promise<void>;
  /** Publishes once, with QoS 0. */
  mention(topic: string, payload: string): void;
  /** Resolves when the first connection is there, with whether the broker had the session. */
  readonly opened: Promise<boolean>;
  end(options: { readonly keepSession: boolean }): Promise<void>;
}

/** See {@link Session}. Nothing happens before `run`. */
export function createSession(deps: SessionDeps): Session {
  const { clock, log } = deps;
  const loggedAt = new Map<string, number>();
  const waiting = new Set<(connection: Connection) => void>();
  const pauses = new Set<() => void>();
  let connection: Connection | null = null;
  let ended = false;
  let fail: (error: unknown) => void = () => undefined;
  let open: (resumed: boolean) => void = () => undefined;
  const opened = new Promise<boolean>((resolve) => {
    open = resolve;
  });

  function warn(fields: object, message: string): void {
    if (clock.monotonicMs() - (loggedAt.get(message) ?? Number.NEGATIVE_INFINITY) < LOG_MS) return;
    loggedAt.set(message, clock.monotonicMs());
    log.warn(fields, message);
  }

  /** Ends early when the session ends. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        pauses.delete(wake);
        resolve();
      };
      const cancel = clock.after(ms / 2 + (Math.random() * ms) / 2, wake);
      pauses.add(wake);
    });
  }

  function connected(): Promise<Connection> {
    if (connection) return Promise.resolve(connection);
    return new Promise((resolve) => waiting.add(resolve));
  }

  /** One connection from its start to its end: why it ended, and how long it held; null: there was none. */
  async function connect(): Promise<{ readonly reason: string; readonly heldMs: number | null }> {
    let current: Connection;
    try {
      current = await openConnection(deps);
    } catch (error) {
      if (error instanceof StartRefused) throw error;
      return { reason: (error as Error).message, heldMs: null };
    }
    if (ended) {
      await current.end({ keepSession: true });
      return { reason: "ended", heldMs: 0 };
    }
    const openedMs = clock.monotonicMs();
    connection = current;
    loggedAt.clear();
    log.info({ resumed: current.resumed }, "connected to the broker");
    open(current.resumed);
    for (const resolve of waiting) resolve(current);
    waiting.clear();
    try {
      const reason = await current.closed;
      return { reason, heldMs: clock.monotonicMs() - openedMs };
    } finally {
      connection = null;
    }
  }

  async function stayConnected(): Promise<void> {
    let waitMs = FIRST_RETRY_MS;
    let kicked = 0;
    while (!ended) {
      const { reason, heldMs } = await connect();
      if (ended) return;
      if (heldMs !== null) kicked = heldMs < HELD_MS ? kicked + 1 : 0;
      if (kicked === KICKED_TIMES) throw toKickedRefusal(deps.broker.clientId);
      warn({ reason }, "no connection to the broker; trying again");
      if (heldMs !== null && heldMs >= HELD_MS) waitMs = FIRST_RETRY_MS;
      await pause(waitMs);
      waitMs = Math.min(LAST_RETRY_MS, waitMs * 2);
    }
  }

  return {
    opened,

    async run() {
      const failure = new Promise<never>((_, reject) => {
        fail = reject;
      });
      try {
        await Promise.race([stayConnected(), failure]);
      } finally {
        ended = true;
      }
    },

    async publish(topic, payload) {
      for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(LAST_RETRY_MS, waitMs * 2)) {
        const current = await connected();
        try {
          if (await current.publish(topic, payload)) return;
          warn({ topic }, "no one listens to faces: is the daemon connected to this broker? Pictures wait meanwhile");
        } catch (error) {
          if (error instanceof StartRefused) fail(error);
          else if (connection === current) warn({ topic, reason: (error as Error).message }, "faces were not taken");
        }
        await pause(waitMs);
      }
    },

    // What comes with the answer of the broker comes before the connection is ready.
    mention: (topic, payload) => void connected().then((current) => current.mention(topic, payload)),

    async end(options) {
      ended = true;
      for (const wake of [...pauses]) wake();
      await connection?.end(options);
    },
  };
}
