import { isIP } from "node:net";
import { unbracket } from "../domain/network/loopback.ts";

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
