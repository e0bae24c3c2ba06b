/**
 * The version of a set of faces: the same for the same set, in whatever order, and one face more or less changes it.
 * Two 32-bit halves, each the exclusive or of mixed ids, so that a face that joins costs one step.
 */
export function versionOf(faceIds: Iterable<number>, from = "0000000000000000"): string {
  let high = Number.parseInt(from.slice(0, 8), 16) | 0;
  let low = Number.parseInt(from.slice(8), 16) | 0;
  for (const id of faceIds) {
    high ^= mix(id, 0x9e3779b9);
    low ^= mix(id, 0x85ebca6b);
  }
  return hex(high) + hex(low);
}

/** The finalizer of MurmurHash3, over both halves of the id. */
function mix(id: number, seed: number): number {
  let h = seed ^ (id >>> 0) ^ Math.imul(Math.floor(id / 0x1_0000_0000), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}
