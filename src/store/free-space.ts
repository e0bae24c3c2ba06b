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
 * Whether free space inside the pages of an SQLite file holds anything but zeros: the gap between the cell pointers
 * and the cells, and freed blocks (SQLite's file format, "B-tree Pages"). The file must be checkpointed.
 */
export async function hasStaleBytes(file: string): Promise<boolean> {
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
        if (isStale(page, offset + start === 0 ? HEADER_BYTES : 0)) return true;
      }
      if (bytesRead < chunk.length) return false;
    }
  } finally {
    await handle.close();
  }
}

function isStale(page: Buffer, at: number): boolean {
  const headerBytes = BTREE_HEADERS.get(page[at] as number);
  if (headerBytes === undefined) return false;
  const cells = page.readUInt16BE(at + 3);
  const content = page.readUInt16BE(at + 5) || 65_536;
  if (!isZero(page.subarray(at + headerBytes + 2 * cells, content))) return true;
  // A freed block begins with where the next one is, and its own size.
  for (let block = page.readUInt16BE(at + 1), steps = 0; block !== 0 && steps < page.length; steps++) {
    const size = page.readUInt16BE(block + 2);
    if (!isZero(page.subarray(block + 4, block + size))) return true;
    block = page.readUInt16BE(block);
  }
  return false;
}

const ZEROS = Buffer.alloc(65_536);

function isZero(bytes: Buffer): boolean {
  return bytes.equals(ZEROS.subarray(0, bytes.length));
}
