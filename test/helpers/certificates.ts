import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { tempFolder } from "./temp-folder.ts";

/** Whether `openssl` is on this machine. */
export const hasOpenssl = !spawnSync("openssl", ["version"]).error;

/** PEM files of an authority, and of a server on 127.0.0.1 and a client that it vouches for. */
export interface Certificates {
  readonly ca: string;
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
}

/** Valid for a day. */
export function makeCertificates(): Certificates {
  const folder = tempFolder();
  const path = (name: string): string => join(folder, name);
  const ca = make("ca", ["-x509", "-days", "1"]);

  function make(name: string, more: readonly string[]): { cert: string; key: string } {
    const [cert, key] = [path(`${name}.crt`), path(`${name}.key`)];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    openssl(["req", "-new", ...curve, "-subj", `/CN=${name}`, "-keyout", key, "-out", cert, ...more]);
    return { cert, key };
  }
  const issue = (name: string): { cert: string; key: string } =>
    make(name, ["-x509", "-days", "1", "-CA", ca.cert, "-CAkey", ca.key, "-addext", "subjectAltName=IP:127.0.0.1"]);

  return { ca: ca.cert, server: issue("server"), client: issue("client") };
}

function openssl(args: readonly string[]): void {
  const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args.join(" ")}: ${stderr}`);
}
