import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Identity, Role } from "./access.ts";

/** A user of the embedded broker. */
export interface BrokerUser {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
}

/** Resolves to who logs in, or null; an unknown user takes as long as a wrong password. */
export type Verify = (username: string, password: Uint8Array) => Promise<Identity | null>;

const derive = promisify(scrypt) as (password: Uint8Array, salt: Uint8Array, length: number) => Promise<Buffer>;

interface Kept {
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly role: Role;
}

/** Keeps only salted scrypt hashes of the passwords. A login that was right once is verified quickly from then on. */
export async function createVerify(users: readonly BrokerUser[]): Promise<Verify> {
  const keep = async (password: string, role: Role): Promise<Kept> => {
    const salt = randomBytes(16);
    return { salt, hash: await derive(Buffer.from(password), salt, 32), role };
  };
  const kept = new Map<string, Kept>();
  for (const user of users) kept.set(user.username, await keep(user.password, user.role));
  const unknown = await keep(randomBytes(16).toString("hex"), "camera");
  /** Quick hashes of passwords that were right, by user; keyed, so that they are of no use elsewhere. */
  const verified = new Map<string, Buffer>();
  const pepper = randomBytes(16);

  return async (username, password) => {
    const quick = createHash("sha256").update(pepper).update(password).digest();
    const known = verified.get(username);
    const user = kept.get(username) ?? unknown;
    const identity = { username, role: user.role };
    if (known && timingSafeEqual(known, quick)) return identity;
    const matches = timingSafeEqual(await derive(password, user.salt, 32), user.hash);
    if (!matches || user === unknown) return null;
    verified.set(username, quick);
    return identity;
  };
}
