import type { FastifyRequest } from "fastify";
import { FacesError } from "../../domain/errors.ts";
import { isLoopback, plainAddress } from "../../domain/network/loopback.ts";
import { hostnameOf, hostOf, isLocalName } from "../addresses.ts";
import type { HttpConfig } from "../http-config.ts";
import { toIngressUser } from "./ingress-user.ts";
import { isSameSecret, type Sessions } from "./sessions.ts";

/** Name of the login cookie. */
export const SESSION_COOKIE = "faces2mqtt_session";

/** Decides who comes in. */
export interface Gate {
  /** Before anything else, on every route: is this connection welcome at all? Throws `FORBIDDEN`. */
  admitConnection(request: FastifyRequest): void;
  /** On every route that is not open to all. Throws `UNAUTHORIZED` or `FORBIDDEN`. */
  admit(request: FastifyRequest): void;
  /** The user, where the way in names one. */
  userOf?(request: FastifyRequest): string | null;
}

const READS = new Set(["GET", "HEAD", "OPTIONS"]);
const isWrite = (request: FastifyRequest) => !READS.has(request.method);

/**
 * With a token: the header `Authorization: Bearer`, or the login cookie, which on writes wants `x-requested-with` beside
 * it (a form of another site cannot send that). Other `Authorization` schemes are left to a reverse proxy.
 */
export function createLoginGate(token: string, sessions: Sessions): Gate {
  return {
    admitConnection: () => {},
    admit(request) {
      const [, bearer] = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? "") ?? [];
      if (bearer !== undefined) {
        if (isSameSecret(bearer.trim(), token)) return;
        throw new FacesError("UNAUTHORIZED", "this is not the token");
      }
      const cookie = request.cookies[SESSION_COOKIE];
      if (cookie === undefined) throw new FacesError("UNAUTHORIZED", "log in, or send Authorization: Bearer <token>");
      if (!sessions.isValid(cookie)) throw new FacesError("UNAUTHORIZED", "the login has ended, log in again");
      if (isWrite(request) && !request.headers["x-requested-with"]) {
        throw new FacesError("FORBIDDEN", "with the login cookie, writes want the header x-requested-with");
      }
    },
  };
}

/**
 * Without a token there is no login, so what protects is where a request comes from. A page on the internet may make its
 * own name point to this machine (DNS rebinding): only names are answered that are ours, that is loopback, `http.host` and
 * `http.public_url`; with `auth: none` on an open address also IP addresses and names that public DNS does not serve.
 * Writes from pages of another origin are refused. Behind a reverse proxy that keeps its own name in `Host`, or has
 * another origin, `http.public_url` must say so.
 */
export function createOpenGate(config: Pick<HttpConfig, "host" | "publicUrl">): Gate {
  const publicHost = config.publicUrl === null ? null : hostOf(config.publicUrl);
  const own = new Set(
    [config.host, publicHost].flatMap((host) => (host === null ? [] : (hostnameOf(bracket(host)) ?? []))),
  );
  const isOpenAddress = !isLoopback(config.host);
  return {
    admitConnection: () => {},
    admit(request) {
      const host = request.headers.host ?? "";
      const name = hostnameOf(host);
      const isOurs =
        name !== null && (isLoopback(name) || own.has(name) || (isOpenAddress && name !== "" && isLocalName(name)));
      if (!isOurs) {
        throw new FacesError("FORBIDDEN", "unknown host name in the request; if it is right, set http.public_url");
      }
      if (isWrite(request) && isForeign(request, host, publicHost)) {
        throw new FacesError("FORBIDDEN", "writes from pages of another origin are refused; see http.public_url");
      }
    },
  };
}

/**
 * Home Assistant's ingress has authenticated its user. It is recognized by the address of its socket alone; no header lets
 * anyone in, and once in, those that name the user are believed.
 */
export function createIngressGate(trustedAddress: string): Gate {
  return {
    admitConnection(request) {
      if (plainAddress(request.socket.remoteAddress) === trustedAddress) return;
      throw new FacesError("FORBIDDEN", "this port is for Home Assistant's ingress only");
    },
    admit(request) {
      if (isWrite(request) && request.headers["sec-fetch-site"] === "cross-site") {
        throw new FacesError("FORBIDDEN", "writes from pages of another origin are refused");
      }
    },
    userOf: toIngressUser,
  };
}

/** Browsers send `Origin` with every write, and `Sec-Fetch-Site` which no page can forge; other programs neither. */
function isForeign(request: FastifyRequest, host: string, publicHost: string | null): boolean {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (site === "same-origin") return false;
  if (origin === undefined) return site === "cross-site" || site === "same-site";
  const originHost = hostOf(origin);
  return originHost === null || (originHost !== host.toLowerCase() && originHost !== publicHost);
}

/** An IPv6 address as it stands in a URL. */
function bracket(host: string): string {
  return host.includes(":") && !host.includes("]") && !/^[^:]*:\d+$/.test(host) ? `[${host}]` : host;
}
