import type { Encodings } from "./linkage.ts";

/** Faces with exactly the same encoding as one point. */
export interface Distinct {
  /** Per point its lowest face, ascending. */
  readonly faces: Int32Array;
  /** Per face its point. */
  readonly pointOf: Int32Array;
}

/**
 * Finds faces with equal encodings. They lie at distance 0, so average linkage merges them before anything else, in any
 * order. As one point they cost nothing, where a thousand equal faces would make a million ties.
 *
 * A face that has a frame (`frames` of 0 or more) is a point of its own, since what it must not be linked with is its
 * own. O(n × dimension), by hashing the bits (with -0 read as 0).
 */
export function findDistinct({ data, count, dimension }: Encodings, frames: Int32Array | undefined): Distinct {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 2))).fill(-1);
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const first = new Int32Array(count);

  for (let face = 0; face < count; face++) {
    let slot = hashRow(bits, face * dimension, dimension) & (slots.length - 1);
    if (frames && frames[face]! >= 0) {
      first[face] = face;
      continue;
    }
    while (slots[slot] !== -1 && !equalRows(data, slots[slot]! * dimension, face * dimension, dimension)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    const lowest = slots[slot] === -1 ? face : slots[slot]!;
    slots[slot] = lowest;
    first[face] = lowest;
  }

  const pointOf = new Int32Array(count);
  const faces: number[] = [];
  for (let face = 0; face < count; face++) {
    if (first[face] === face) {
      pointOf[face] = faces.length;
      faces.push(face);
    } else {
      pointOf[face] = pointOf[first[face]!]!;
    }
  }
  return { faces: Int32Array.from(faces), pointOf };
}

/** FNV-1a over the row's 32-bit words, then mixed. */
function hashRow(bits: Uint32Array, from: number, dimension: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < from + dimension; i++) {
    const word = bits[i]!;
    hash = Math.imul(hash ^ (word === 0x80000000 ? 0 : word), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function equalRows(data: Float32Array, a: number, b: number, dimension: number): boolean {
  for (let i = 0; i < dimension; i++) {
    if (data[a + i] !== data[b + i]) return false;
  }
  return true;
}
