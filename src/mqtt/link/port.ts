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

/** A message that is not retained. */
export interface OutMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  /** Defaults to 1. */
  readonly qos?: 0 | 1;
}

/** A message on a picture topic. */
export interface PictureMessage extends InMessage {
  /** The camera that the topic names; null: none. */
  readonly topicCamera: string | null;
  /** The last will of a client that has gone; only the embedded broker can know. */
  readonly will: boolean;
  /** It was kept by an external broker until there was a connection: when it was published is not known. */
  readonly waited: boolean;
}

export type LinkState = "connecting" | "connected" | "stopped";

/** How connecting goes. */
export interface BrokerAttempts {
  /** Since there was a connection. */
  readonly failures: number;
  /** What the broker or the operating system said, without credentials. */
  readonly lastError: string | null;
  /** null: there is a connection, or one is being made. */
  readonly nextAt: Date | null;
}

/** What the daemon does with the messages that arrive. None may throw synchronously. */
export interface LinkHandlers {
  /**
   * A message on an ingest topic. The broker gets its acknowledgement when this resolves (stored, or rejected for good);
   * a rejected promise (the disk is full) withholds it, so that the message comes again.
   */
  ingest(message: IngestMessage): Promise<void>;
  /** A message on a picture topic. The broker gets its acknowledgement when this returns. */
  picture(message: PictureMessage): void;
  /**
   * A message on `<base>/bridge/request/<command>`; retained ones never get here. `user` is the login of its sender; null:
   * there is none, or an external broker knows it.
   */
  request(command: string, payload: Uint8Array, user: string | null): void;
}

/** For topics that are neither faces nor requests: Home Assistant's birth message, retained topics. */
export type TopicListener = (message: InMessage) => void;

/**
 * The connection to the broker: the embedded one, or a client of an external one. Emits `connected` and `disconnected`,
 * and its last will is `offline`.
 */
export interface MqttLink {
  readonly state: LinkState;
  /** For logs and status, without credentials: `embedded mqtt://127.0.0.1:1883` or `mqtts://broker:8883`. */
  readonly description: string;
  /** What clients connect to, without credentials: `mqtt://127.0.0.1:1883`. */
  readonly url: string;
  /** Of connecting, since there was a connection; the embedded broker needs none. */
  readonly attempts: BrokerAttempts;
  /** Tries to connect now, where that is waited for. */
  retryNow(): void;
  /** Resolves when the embedded broker listens, or once the first attempt to connect is under way; it retries without limit. */
  start(handlers: LinkHandlers): Promise<void>;
  /** Publishes `offline`, lets what is under way finish (2 s at most), closes. */
  stop(): Promise<void>;
  /**
   * Never throws. Without a connection the message is dropped, and if the connection is lost while it is under way, it is
   * not sent again: a late event must never open a door.
   */
  publish(message: OutMessage): void;
  /**
   * Publishes as a client does from outside, so that the broker brings it back, and resolves when the broker has acknowledged it.
   * @throws `BROKER_UNREACHABLE`
   */
  publishFromOutside(message: { readonly topic: string; readonly payload: string }): Promise<void>;
  /**
   * Only for the owner of retained topics, which publishes them again at each connection. Never throws. QoS 1; `onTaken` is
   * called when the broker has acknowledged it. An empty payload clears the topic.
   */
  publishRetained(topic: string, payload: string | Uint8Array, onTaken: () => void): void;
  /**
   * Returns how to stop. What the broker has retained comes first, at every connection, with `retain`; later messages never
   * have it (MQTT 3.1.1, section 3.3.1.3).
   */
  subscribe(filter: string, listener: TopicListener): () => void;
  /** Messages without retain that were dropped for want of a connection. */
  readonly dropped: number;
}
