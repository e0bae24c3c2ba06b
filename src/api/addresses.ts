import { isIP } from "node:net";

/** An address of a socket without the IPv6 wrapping of an IPv4 one (`::ffff:172.30.32.2`). */
export function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

/** Whether only this machine reaches a name or address. `host` may be in brackets (`[::1]`). */
export function isLoopback(host: string): boolean {
  const name = unbracket(host).toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost") || name === "::1") return true;
  return isIP(plainAddress(name) ?? "") === 4 && (plainAddress(name) ?? "").startsWith("127.");
}

/** Host name of a `Host` header or of an address with a port, lower case and without brackets; null if it is none. */
export function hostnameOf(host: string): string | null {
  // Parsed like a browser would, so that odd spellings (0x7f.1, a trailing dot) come out as what they mean.
  if (!URL.canParse(`http://${host}`)) return null;
  const url = new URL(`http://${host}`);
  if (url.username !== "" || url.pathname !== "/" || url.search !== "" || url.hash !== "") return null;
  return unbracket(url.hostname).replace(/\.$/, "");
}

/** Host with port, as `Host` headers have it; null for what is no URL (such as the origin `null`). */
export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}

/**
 * Whether a name cannot belong to a stranger's domain: an IP address, a name without dots, or one of the endings that
 * public DNS never serves (RFC 6762, RFC 8375, ICANN's `.internal`; routers' `.lan`).
 */
export function isLocalName(name: string): boolean {
  return isIP(name) !== 0 || !name.includes(".") || /\.(local|lan|internal|home\.arpa)$/.test(name);
}

function unbracket(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}
