import { open } from "node:fs/promises";

const PAGES_AT_ONCE = 64;
const HEADER_BYTES = 100;
const LEAF = 8;
const INTERIOR = 12;
/** First byte of b-tree pages; pages of any other kind begin with the high byte of a page number, which is 0. */
const BTREE_HEADERS: ReadonlyMap<number, number> = new Map([
  [2, INTERIOR],
  [5, INTERIOR],
  [10, LEAF],
  [13, LEAF],
]);

/**
 * What is left in the free space inside the pages of an SQLite file: in the gap between the cell pointers and the
 * cells, and in freed blocks (SQLite's file format, "B-tree Pages"). Pointers that a shorter list of cells left behind
 * are places within the page, not data. The file must be checkpointed.
 */
export async function* readStaleBytes(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file, "r");
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    await handle.read(header, 0, HEADER_BYTES, 0);
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
    const chunk = Buffer.alloc(pageSize * PAGES_AT_ONCE);
    for (let offset = 0; ; offset += chunk.length) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, offset);
      for (let start = 0; start + pageSize <= bytesRead; start += pageSize) {
        const page = chunk.subarray(start, start + pageSize);
        yield* findStale(page, offset + start === 0 ? HEADER_BYTES : 0);
      }
      if (bytesRead < chunk.length) return;
    }
  } finally {
    await handle.close();
  }
}

function* findStale(page: Buffer, at: number): Generator<Buffer> {
  const headerBytes = BTREE_HEADERS.get(page[at] as number);
  if (headerBytes === undefined) return;
  const cells = page.readUInt16BE(at + 3);
  const content = page.readUInt16BE(at + 5) || 65_536;
  let start = at + headerBytes + 2 * cells;
  while (start + 2 <= content && isPlace(page.readUInt16BE(start), page.length)) start += 2;
  const gap = page.subarray(start, content);
  if (!isZero(gap)) yield gap;
  // A freed block begins with where the next one is, and its own size.
  for (let block = page.readUInt16BE(at + 1), steps = 0; block !== 0 && steps < page.length; steps++) {
    const freed = page.subarray(block + 4, block + page.readUInt16BE(block + 2));
    if (!isZero(freed)) yield freed;
    block = page.readUInt16BE(block);
  }
}

function isPlace(pointer: number, pageSize: number): boolean {
  return pointer > 0 && pointer < pageSize;
}

const ZEROS = Buffer.alloc(65_536);

function isZero(bytes: Buffer): boolean {
  return bytes.equals(ZEROS.subarray(0, bytes.length));
}
