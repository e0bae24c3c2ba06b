import { createHash } from "node:crypto";

/** Names a picture of a camera: the first 16 hex digits of SHA-256 over camera and bytes. */
export function toSnapshotId(camera: string, picture: Uint8Array): string {
  return createHash("sha256").update(camera).update(picture).digest("hex").slice(0, 16);
}
