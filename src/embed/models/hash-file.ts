import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** Digest of a file. */
export async function hashFile(file: string, algorithm: "sha256" | "sha512"): Promise<Buffer> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest();
}

/** Whether a file is the one that `sha256-…` or `sha512-…` (base64) stands for. */
export async function hasIntegrity(file: string, integrity: string): Promise<boolean> {
  const algorithm = integrity.startsWith("sha512-") ? "sha512" : "sha256";
  const digest = await hashFile(file, algorithm);
  return integrity === `${algorithm}-${digest.toString("base64")}`;
}
