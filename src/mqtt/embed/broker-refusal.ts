import { StartRefused } from "../../domain/errors.ts";

/** MQTT 5, section 2.4: what is of use here. */
export const REASON = {
  noSubscribers: 0x10,
  notAuthorized: 0x87,
  takenOver: 0x8e,
  sharedNotSupported: 0x9e,
} as const;

/** A broker that says one of these may take the connection later. */
const PASSING = new Set([0x03, 0x80, 0x83, 0x88, 0x89, 0x8b, 0x8d, 0x97, 0x98, 0x9c, 0x9f]);
/** Refusals of the protocol version: MQTT 3.1.1, section 3.2.2.3, and MQTT 5. */
const OTHER_VERSION = new Set([0x01, 0x84]);
const LOGIN = new Set([0x04, 0x05, 0x86, 0x87, 0x8c]);

const NEEDED = "workers need a broker with shared subscriptions of MQTT 5, such as Mosquitto, EMQX or HiveMQ";

/** What the broker cannot do, in a sentence; `what` it lacks. */
export function toLackRefusal(what: string): StartRefused {
  return new StartRefused(`the broker cannot share pictures out: it has no ${what}; ${NEEDED}`);
}

/** The command was started without an external broker. */
export function toEmbeddedRefusal(): StartRefused {
  return new StartRefused(
    `the embedded broker cannot share pictures out; ${NEEDED}. Name it with --url, and in the daemon's mqtt.url`,
  );
}

/** Why the broker refused a connection for good; null: it may take the next one. */
export function toConnectRefusal(code: number, reason: string, username: string | null): StartRefused | null {
  if (PASSING.has(code)) return null;
  if (OTHER_VERSION.has(code)) {
    return new StartRefused(
      `this broker has no MQTT 5, as the embedded broker of faces2mqtt has none, and cannot share pictures out; ${NEEDED}`,
    );
  }
  if (LOGIN.has(code)) {
    const who = username === null ? "without a login" : `as ${username}`;
    return new StartRefused(
      `the broker does not let this worker in ${who}: wrong name or password, or its access rules`,
    );
  }
  return new StartRefused(`the broker refuses the connection: ${reason}`);
}

/** The broker ends every connection at once. */
export function toKickedRefusal(clientId: string): StartRefused {
  return new StartRefused(
    `the broker ends every connection of ${clientId} at once: is there another worker of the same --id? This one ends`,
  );
}

/** Why the broker ended a connection for good, by its DISCONNECT; null: it may take the next one. */
export function toDisconnectRefusal(code: number, clientId: string): StartRefused | null {
  if (code === REASON.takenOver) {
    return new StartRefused(
      `another client has connected as ${clientId}: each worker needs an --id of its own, and this one ends`,
    );
  }
  if (code === REASON.notAuthorized) {
    return new StartRefused("the broker ended the connection: its access rules do not let this worker publish faces");
  }
  return code === REASON.sharedNotSupported ? toLackRefusal("shared subscriptions") : null;
}

/** Why a subscription was refused; null: it was not. `granted` is the code of the SUBACK, `filter` the shared one. */
export function toSubscribeRefusal(granted: number, filter: string): StartRefused | null {
  if (granted === 1 || granted === 2) return null;
  if (granted === 0) return toLackRefusal("subscriptions of QoS 1");
  if (granted === REASON.sharedNotSupported) return toLackRefusal("shared subscriptions");
  const code = `0x${granted.toString(16)}`;
  const why = granted === REASON.notAuthorized ? "see its access rules" : `reason code ${code}`;
  return new StartRefused(`the broker does not let this worker listen to ${filter}: ${why}`);
}

/** Why a message with faces was refused for good; null: it may be taken another time. */
export function toPublishRefusal(error: Error, topic: string): StartRefused | null {
  if ((error as Error & { readonly code?: unknown }).code !== REASON.notAuthorized) return null;
  return new StartRefused(`the broker does not let this worker publish to ${topic}: see its access rules`);
}
