import { closeSync, fsyncSync, openSync, read, readSync, writeSync } from "node:fs";
import { promisify } from "node:util";

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
 * The free space inside the pages of an SQLite file: the gap between the cell pointers and the cells, and freed blocks
 * (SQLite's file format, "B-tree Pages"). `secure_delete` overwrites deleted rows in place, but a page that was split or
 * joined keeps copies of its rows in the gap, where only a reader of raw bytes finds them.
 */
export interface PageGaps {
  /** Numbers of the pages whose free space is not all zeros. Yields between chunks. */
  findDirty(): Promise<number[]>;
  /**
   * Zeroes it in these pages and syncs the file, synchronously. Nothing that SQLite reads is changed. The caller holds
   * SQLite's write lock, with an empty log (a page in the log is the one that counts), and makes SQLite forget the pages
   * that it has in memory before the lock is released.
   */
  clear(pages: readonly number[]): void;
  /** Only when the last connection of this process to the file is closed. */
  close(): void;
}

/**
 * Keeps the file open: POSIX drops all locks of a process on a file when it closes any descriptor of it. Without SQLite's
 * locks, another program that closes the database deletes the log under the one that writes.
 */
export function openPageGaps(file: string): PageGaps {
  const descriptor = openSync(file, "r+");
  const readSome = promisify(read);

  function pageSize(): number {
    const header = Buffer.alloc(HEADER_BYTES);
    readSync(descriptor, header, 0, HEADER_BYTES, 0);
    const size = header.readUInt16BE(16);
    return size === 1 ? 65_536 : size;
  }

  return {
    async findDirty() {
      const size = pageSize();
      const chunk = Buffer.alloc(size * PAGES_AT_ONCE);
      const dirty: number[] = [];
      for (let first = 0; ; first += PAGES_AT_ONCE) {
        const { bytesRead } = await readSome(descriptor, chunk, 0, chunk.length, first * size);
        for (let at = 0; at + size <= bytesRead; at += size) {
          const number = first + at / size;
          if (findStale(chunk.subarray(at, at + size), number).length > 0) dirty.push(number);
        }
        if (bytesRead < chunk.length) return dirty;
      }
    },

    clear(pages) {
      const page = Buffer.alloc(pageSize());
      for (const number of pages) {
        if (readSync(descriptor, page, 0, page.length, number * page.length) < page.length) continue;
        const stale = findStale(page, number);
        for (const bytes of stale) bytes.fill(0);
        if (stale.length > 0) writeSync(descriptor, page, 0, page.length, number * page.length);
      }
      fsyncSync(descriptor);
    },

    close: () => closeSync(descriptor),
  };
}

/** Views of the parts of the page's free space that are not all zeros. A malformed page has none. */
function findStale(page: Buffer, number: number): Buffer[] {
  const at = number === 0 ? HEADER_BYTES : 0;
  const headerBytes = BTREE_HEADERS.get(page[at] as number);
  if (headerBytes === undefined) return [];
  const cells = page.readUInt16BE(at + 3);
  const content = page.readUInt16BE(at + 5) || 65_536;
  const pointers = at + headerBytes;
  const start = pointers + 2 * cells;
  if (start > content || content > page.length) return [];
  for (let pointer = pointers; pointer < start; pointer += 2) {
    if (page.readUInt16BE(pointer) < content) return [];
  }
  const stale: Buffer[] = [];
  const keep = (bytes: Buffer): void => {
    if (!isZero(bytes)) stale.push(bytes);
  };
  keep(page.subarray(start, content));
  // A freed block begins with the offset of the next one, which is larger, and its own size.
  for (let block = page.readUInt16BE(at + 1), end = content; block !== 0; ) {
    if (block < end || block + 4 > page.length) return [];
    end = block + page.readUInt16BE(block + 2);
    if (end > page.length) return [];
    keep(page.subarray(block + 4, end));
    block = page.readUInt16BE(block);
  }
  return stale;
}

const ZEROS = Buffer.alloc(65_536);

function isZero(bytes: Buffer): boolean {
  return bytes.equals(ZEROS.subarray(0, bytes.length));
}
