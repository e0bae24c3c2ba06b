import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const LIFETIME_MS = 30 * 24 * 3_600_000;

/** Logins by cookie. */
export interface Sessions {
  readonly lifetimeSeconds: number;
  /** A new cookie value: `<expiry>.<nonce>.<signature>`, which says nothing about the token. */
  issue(): string;
  isValid(value: string): boolean;
  /** The value is not taken any more, though its time has not come. Forgotten when the daemon stops. */
  end(value: string): void;
}

/**
 * Sessions that need no storage: values are signed with a key made from the token, so they outlive a restart, and a
 * new token ends all of them.
 */
export function createSessions(token: string, now: () => number = Date.now): Sessions {
  const key = createHmac("sha256", token).update("faces2mqtt session").digest();
  const ended = new Map<string, number>();
  const sign = (text: string) => createHmac("sha256", key).update(text).digest("base64url");

  function read(value: string): { nonce: string; expires: number } | null {
    const [time, nonce, signature, ...rest] = value.split(".");
    if (!time || !nonce || !signature || rest.length > 0) return null;
    if (!isSameSecret(signature, sign(`${time}.${nonce}`))) return null;
    return { nonce, expires: Number.parseInt(time, 36) };
  }

  return {
    lifetimeSeconds: LIFETIME_MS / 1000,
    issue() {
      const text = `${(now() + LIFETIME_MS).toString(36)}.${randomBytes(16).toString("base64url")}`;
      return `${text}.${sign(text)}`;
    },
    isValid(value) {
      const session = read(value);
      return session !== null && session.expires > now() && !ended.has(session.nonce);
    },
    end(value) {
      const session = read(value);
      if (!session) return;
      for (const [nonce, expires] of ended) if (expires <= now()) ended.delete(nonce);
      ended.set(session.nonce, session.expires);
    },
  };
}

/** Compares secrets of any length in constant time, by their SHA-256 digests. */
export function isSameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
