import { createHash, randomBytes } from "node:crypto";

/** User name and password for a server. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Logs in as the server asks: basic (RFC 7617) or digest (RFC 7616; MD5 or SHA-256, as IP cameras have it). */
export interface Authorizer {
  /** Value of the header `authorization` for the next request; null until the server has asked. */
  authorize(method: string, path: string): string | null;
  /**
   * Takes in the header `www-authenticate` of a 401.
   * @returns whether the request is worth another try: the login was not sent as the server now asks for it.
   */
  challenge(header: string | null): boolean;
  /** After a login that was refused: the next request waits for a challenge, so that it counts as one failed login only. */
  forget(): void;
}

type Challenge = ReadonlyMap<string, string>;

/** Names of the algorithms as Node has them, by their names in a challenge. */
const HASHES: Readonly<Record<string, string>> = { md5: "md5", "sha-256": "sha256" };

/** @param makeNonce The client's part of the digest, so that tests can repeat it. */
export function createAuthorizer(login: Login, makeNonce = (): string => randomBytes(12).toString("hex")): Authorizer {
  let asked: Challenge | "basic" | null = null;
  let uses = 0;

  return {
    authorize(method, path) {
      if (asked === null) return null;
      if (asked === "basic") {
        return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
      }
      uses += 1;
      return toDigest(asked, login, { method, path, uses, clientNonce: makeNonce() });
    },

    challenge(header) {
      const challenges = header === null ? [] : parseChallenges(header);
      const digest = challenges.find(({ scheme, values }) => scheme === "digest" && isSupported(values))?.values;
      const isBasic = asked !== "basic" && challenges.some(({ scheme }) => scheme === "basic");
      asked = digest ?? (isBasic ? "basic" : null);
      uses = 0;
      return asked !== null;
    },

    forget() {
      asked = null;
    },
  };
}

function isSupported(values: Challenge): boolean {
  const qop = values.get("qop");
  return (
    values.has("nonce") &&
    toHashName(values) !== undefined &&
    (qop === undefined || qop.split(",").some((one) => one.trim().toLowerCase() === "auth"))
  );
}

const toHashName = (values: Challenge): string | undefined => HASHES[(values.get("algorithm") ?? "MD5").toLowerCase()];

interface DigestUse {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** How often the server's nonce has been used, with this time. */
  readonly uses: number;
  readonly clientNonce: string;
}

/** RFC 7616, section 3.4; without `qop` as in RFC 2069, which old cameras still ask for. */
function toDigest(
  challenge: Challenge,
  { username, password }: Login,
  { method, path, uses, clientNonce }: DigestUse,
): string {
  const hash = (text: string): string =>
    createHash(toHashName(challenge) ?? "md5")
      .update(text)
      .digest("hex");
  const realm = challenge.get("realm") ?? "";
  const nonce = challenge.get("nonce") ?? "";
  const count = uses.toString(16).padStart(8, "0");
  const user = hash(`${username}:${realm}:${password}`);
  const request = hash(`${method}:${path}`);
  const hasQop = challenge.has("qop");
  const response = hasQop
    ? hash(`${user}:${nonce}:${count}:${clientNonce}:auth:${request}`)
    : hash(`${user}:${nonce}:${request}`);
  const quoted = { username, realm, nonce, uri: path, response };
  const parts = Object.entries(quoted).map(([name, value]) => `${name}=${quote(value)}`);
  const opaque = challenge.get("opaque");
  if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
  const algorithm = challenge.get("algorithm");
  if (algorithm !== undefined) parts.push(`algorithm=${algorithm}`);
  if (hasQop) parts.push("qop=auth", `nc=${count}`, `cnonce=${quote(clientNonce)}`);
  return `Digest ${parts.join(", ")}`;
}

const quote = (value: string): string => `"${value.replace(/["\\]/g, "\\$&")}"`;

/** A word, alone (a scheme) or with a value in quotes or without. */
const WORD = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;

/** The challenges of a header `www-authenticate`, names in small letters (RFC 9110, section 11.6.1). */
function parseChallenges(header: string): { readonly scheme: string; readonly values: Challenge }[] {
  const challenges: { scheme: string; values: Map<string, string> }[] = [];
  for (const [text, word = "", quoted, plain] of header.matchAll(WORD)) {
    if (!text.includes("=")) challenges.push({ scheme: word.toLowerCase(), values: new Map() });
    else challenges.at(-1)?.values.set(word.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
  }
  return challenges;
}
