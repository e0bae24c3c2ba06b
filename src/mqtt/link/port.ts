import type { FaceMessage } from "../../wire/in/message.ts";

/** A message from the broker. */
export interface InMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
}

/** A message on an ingest topic. */
export interface IngestMessage extends InMessage, FaceMessage {
  /** The last will of a client that has gone; only the embedded broker can know. */
  readonly will: boolean;
}

export interface OutMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  /** Retained messages are states: they are kept here and sent again whenever the broker may have lost them. */
  readonly retain: boolean;
  readonly qos: 0 | 1;
}

export type LinkState = "connecting" | "connected" | "stopped";

/** What the daemon does with the messages that arrive. Neither may throw synchronously. */
export interface LinkHandlers {
  /**
   * A message on an ingest topic. The broker gets its acknowledgement when this resolves (stored, or refused for good);
   * a rejection (the disk is full) withholds it, so that it comes again.
   */
  ingest(message: IngestMessage): Promise<void>;
  /** A message on `<base>/bridge/request/<command>`; retained ones never get here. */
  request(command: string, payload: Uint8Array): void;
}

/** For topics that are neither faces nor requests: Home Assistant's birth message, config topics. */
export type TopicListener = (message: InMessage) => void;

/**
 * The connection to the broker: the embedded one, or a client of an external one. Emits `connected` and `disconnected`.
 * Messages without retain are dropped while there is no connection, and those under way are not sent again after one
 * was lost: a late event must never open a door.
 */
export interface MqttLink {
  readonly state: LinkState;
  /** For logs and status, without credentials: `embedded mqtt://127.0.0.1:1883` or `mqtts://broker:8883`. */
  readonly description: string;
  /** Resolves when the embedded broker listens, or while the first attempt to connect is under way; there is no last. */
  start(handlers: LinkHandlers): Promise<void>;
  /** Publishes `offline`, lets what is under way finish (2 s at most), closes. */
  stop(): Promise<void>;
  /** Never throws. An empty retained payload clears the topic and forgets it. */
  publish(message: OutMessage): void;
  /**
   * Returns how to stop. What the broker has retained comes first, at every connection, with `retain`; later messages never
   * have it (MQTT 3.1.1, section 3.3.1.3).
   */
  subscribe(filter: string, listener: TopicListener): () => void;
  /** Messages without retain that were dropped for want of a connection. */
  readonly dropped: number;
}
