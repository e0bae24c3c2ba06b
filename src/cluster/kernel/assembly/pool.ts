import { pool, poolNext } from "./run";

/** Bytes of a chunk: next chunk, number of entries, then up to 20 entries of a cluster's number and its distance (float64). */
export const CHUNK_BYTES: usize = 256;
export const CHUNK_ENTRIES: i32 = 20;
/** Bytes of an entry. */
export const ENTRY: usize = 12;
/** Chunks that a thread takes from the shared memory at once. */
const TAKE: i32 = 512;

let fresh: i32 = 0, freshEnd: i32 = 0, free: i32 = 0;
/** Set when there is no room for another chunk. */
export let full: bool = false;

/** Forgets the chunks of the stage before. */
export function emptyPool(): void {
  fresh = 0; freshEnd = 0; free = 0; full = false;
}

/** Address of a chunk. */
@inline
export function chunkAt(chunk: i32): usize {
  return pool + <usize>chunk * CHUNK_BYTES;
}

/** A chunk from those freed, else from the shared memory, growing it; 0 when there is no more. @param most chunks in all */
export function takeChunk(most: i32): i32 {
  if (free != 0) {
    const chunk = free;
    free = load<i32>(chunkAt(chunk));
    return chunk;
  }
  if (fresh == freshEnd) {
    const first = atomic.add<i32>(poolNext, TAKE);
    const end = <u64>pool + <u64>(first + TAKE) * <u64>CHUNK_BYTES;
    if (first + TAKE > most) {
      full = true;
      return 0;
    }
    while ((<u64>memory.size() << 16) < end) {
      if (memory.grow(64) < 0 && (<u64>memory.size() << 16) < end) {
        full = true;
        return 0;
      }
    }
    fresh = first;
    freshEnd = first + TAKE;
  }
  return fresh++;
}

/** Frees the chunks of a list. */
export function freeChunks(head: i32, tail: i32): void {
  if (head == 0) return;
  store<i32>(chunkAt(tail), free);
  free = head;
}

/** Adds an entry to list `row`; nothing when there is no room, see {@link full}. */
@inline
export function append(heads: usize, tails: usize, row: i32, id: i32, distance: f64, most: i32): void {
  const slot = heads + (<usize>row << 2);
  let head = load<i32>(slot);
  let chunk = chunkAt(head);
  if (head == 0 || load<i32>(chunk, 4) == CHUNK_ENTRIES) {
    const next = takeChunk(most);
    if (next == 0) return;
    if (head == 0) store<i32>(tails + (<usize>row << 2), next);
    chunk = chunkAt(next);
    store<i32>(chunk, head);
    store<i32>(chunk, 0, 4);
    store<i32>(slot, next);
  }
  const used = load<i32>(chunk, 4);
  const at = chunk + 8 + <usize>used * ENTRY;
  store<i32>(at, id);
  store<f64>(at, distance, 4);
  store<i32>(chunk, used + 1, 4);
}
