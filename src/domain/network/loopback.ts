import { isIP } from "node:net";

/** Whether a host name or address is reachable from this machine only. `host` may be in brackets (`[::1]`). */
export function isLoopback(host: string): boolean {
  const name = unbracket(host).toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost") || name === "::1") return true;
  const address = plainAddress(name) ?? "";
  return isIP(address) === 4 && address.startsWith("127.");
}

/** A socket's address; an IPv4 address mapped to IPv6 (`::ffff:172.30.32.2`) is unwrapped. */
export function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

/** A host without the brackets that URLs put around IPv6 addresses. */
export function unbracket(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}

/**
 * The host of a URL that reaches from this machine what listens on `host`: "any address" becomes 127.0.0.1, an IPv6
 * address stands in brackets. `host` may be in brackets already.
 */
export function toReachableHost(host: string): string {
  const name = unbracket(host);
  if (name === "0.0.0.0" || name === "::") return "127.0.0.1";
  return name.includes(":") ? `[${name}]` : name;
}
