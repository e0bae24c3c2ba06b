import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import { FacesError } from "../../domain/errors.ts";
import { DATABASE_FILE } from "../../store/file/copy.ts";

export const MANIFEST = "manifest.json";
export const REGISTRY = "face_registry.json";
/** The files that an archive may hold. */
export const ARCHIVED: readonly string[] = [MANIFEST, DATABASE_FILE, REGISTRY];

const ManifestSchema = Type.Object({
  format: Type.Literal("faces2mqtt-backup-1"),
  version: Type.String(),
  instance: Type.String(),
  created_at: Type.String(),
  files: Type.Array(
    Type.Object({
      name: Type.Union([Type.Literal(DATABASE_FILE), Type.Literal(REGISTRY)]),
      bytes: Type.Integer({ minimum: 0 }),
      sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    }),
  ),
});

/** An archive's description of itself: by whom and when it was made, and its files with their checksums. */
export type Manifest = Static<typeof ManifestSchema>;

/** Hexadecimal SHA-256 of a file. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/**
 * Reads the manifest of an unpacked archive and checks every file against it.
 * @throws {FacesError} `INVALID_INPUT`, saying what is missing or differs.
 */
export async function checkUnpacked(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (!manifest.files.some((file) => file.name === DATABASE_FILE)) throw bad("it holds no database");
  for (const { name, sha256: expected } of manifest.files) {
    const found = await sha256(join(folder, name)).catch(() => null);
    if (found === null) throw bad(`${name} is missing`);
    if (found !== expected) throw bad(`${name} is damaged: its checksum is another than when the backup was made`);
  }
  return manifest;
}

async function readManifest(folder: string): Promise<Manifest> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, MANIFEST), "utf8"));
    if (Value.Check(ManifestSchema, manifest) && !Number.isNaN(Date.parse(manifest.created_at))) return manifest;
  } catch (cause) {
    throw bad(`it has no ${MANIFEST} that can be read`, cause);
  }
  throw bad(`its ${MANIFEST} is not that of a backup that this version knows`);
}

function bad(reason: string, cause?: unknown): FacesError {
  return new FacesError("INVALID_INPUT", `this is no whole backup: ${reason}`, { cause });
}
