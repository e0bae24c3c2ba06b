import { isIP } from "node:net";

/** Whether only this machine reaches a name or address. `host` may be in brackets (`[::1]`). */
export function isLoopback(host: string): boolean {
  const name = unbracket(host).toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost") || name === "::1") return true;
  const address = plainAddress(name) ?? "";
  return isIP(address) === 4 && address.startsWith("127.");
}

/** An address of a socket without the IPv6 wrapping of an IPv4 one (`::ffff:172.30.32.2`). */
export function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

/** A host without the brackets that URLs put around IPv6 addresses. */
export function unbracket(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}
