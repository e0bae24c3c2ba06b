import { isLoopback } from "./loopback.ts";

/**
 * The rule for every listener: an address that others reach needs a login. Each function returns what is wrong and what
 * to do about it, as the rest of a sentence about the listener's `host` key; null if nothing is wrong.
 */
export function httpExposure(http: {
  readonly host: string;
  readonly auth: "token" | "none";
  readonly token: string | null;
}): string | null {
  if (isLoopback(http.host) || http.auth === "none" || (http.token ?? "") !== "") return null;
  return `${http.host} can be reached by others and http.token is not set: set it, or http.host to 127.0.0.1, or write out http.auth: none`;
}

/** The same for the embedded broker. */
export function brokerExposure(broker: { readonly host: string; readonly users: readonly unknown[] }): string | null {
  if (isLoopback(broker.host) || broker.users.length > 0) return null;
  return `${broker.host} can be reached by others and mqtt.embedded.users is empty: add users, or set mqtt.embedded.host to 127.0.0.1`;
}
