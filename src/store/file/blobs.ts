import { crc32 } from "node:zlib";

/** float32 little-endian, as every platform that Node runs better-sqlite3 on keeps them in memory. */
export function toBlob(encoding: Float32Array): Buffer {
  return Buffer.from(new Uint8Array(encoding.buffer, encoding.byteOffset, encoding.byteLength));
}

/** A copy: it outlives the row's buffer, and is aligned. */
export function fromBlob(blob: Uint8Array): Float32Array {
  const encoding = new Float32Array(blob.byteLength / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(encoding.buffer).set(blob);
  return encoding;
}

/** Checksum kept beside an encoding: a flipped bit in a blob passes SQLite's own integrity checks. */
export function checksum(blob: Uint8Array): number {
  return crc32(blob);
}
