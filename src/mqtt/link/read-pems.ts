import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { Config } from "../../config/schema.ts";
import { StartRefused } from "../../domain/errors.ts";

/** Certificates and keys, as TLS takes them (PEM); null: none is configured. */
export interface Pems {
  readonly ca: Buffer | null;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
}

/**
 * The files of the configuration. Invalid certificates are found here, not at the first connection.
 * @throws {StartRefused} when one cannot be read or used.
 */
export function readPems(mqtt: Pick<Config["mqtt"], keyof Pems>): Pems {
  const read = (name: keyof Pems): Buffer | null => {
    const path = mqtt[name];
    if (path === null) return null;
    try {
      const pem = readFileSync(path);
      // TLS itself would trust no certificate, without an error.
      if (name === "ca") new X509Certificate(pem);
      return pem;
    } catch (error) {
      throw new StartRefused(`mqtt.${name}: ${path}: ${(error as Error).message}`, { cause: error });
    }
  };
  const pems = { ca: read("ca"), cert: read("cert"), key: read("key") };
  try {
    if (pems.cert && pems.key) createSecureContext({ cert: pems.cert, key: pems.key });
  } catch (error) {
    throw new StartRefused(`mqtt.cert and mqtt.key: ${(error as Error).message}`, { cause: error });
  }
  return pems;
}
