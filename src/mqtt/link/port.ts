/** A message from the broker. */
export interface InMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  /** The will of a client that went (the embedded broker knows). */
  readonly will: boolean;
  /** The only camera that its sender may speak for; null: any. */
  readonly onlyCamera: string | null;
}

export interface OutMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  /** Retained messages are states: they are kept here and sent again whenever the broker may have lost them. */
  readonly retain: boolean;
  readonly qos: 0 | 1;
}

export type LinkState = "connecting" | "connected" | "stopped";

/** What the daemon does with what comes; handed in by the composition root. None of them may throw synchronously. */
export interface LinkHandlers {
  /**
   * A message on an ingest topic. The broker gets its acknowledgement when this resolves (stored, or refused for good);
   * a rejection (the disk is full) withholds it, so that it comes again.
   */
  ingest(message: InMessage): Promise<void>;
  /** A message on `<base>/bridge/request/<command>`; retained ones never get here. */
  request(command: string, payload: Uint8Array): void;
  /** Connected, for the first time or again; sessions and retained messages may have been lost. */
  connected(): void;
  disconnected(reason: string): void;
  /** Connected, but something is wrong that a person should know of; null: no more. */
  problem(message: string | null): void;
}

/** Other topics somebody listens to (Home Assistant's birth message, the own config topics). */
export type TopicListener = (message: InMessage) => void;

/**
 * The way to the broker: embedded, or a client of an external one.
 * Messages without retain are dropped while there is no connection, and those under way are not sent again after one
 * was lost: a late event must never open a door.
 */
export interface MqttLink {
  readonly state: LinkState;
  /** For logs and status, without credentials: `embedded mqtt://127.0.0.1:1883` or `mqtts://broker:8883`. */
  readonly description: string;
  /** Embedded: listening. External: the first try is under way; it goes on trying for ever. */
  start(): Promise<void>;
  /** Says offline, lets what is under way finish (2 s at most), closes. */
  stop(): Promise<void>;
  /** Never throws. An empty retained payload clears the topic and forgets it. */
  publish(message: OutMessage): void;
  /** Answers how to stop. What the broker has retained comes first, with `retain`; news never has it, as MQTT wants it. */
  subscribe(filter: string, listener: TopicListener): () => void;
  /** Messages without retain that were dropped for want of a connection. */
  readonly dropped: number;
}
