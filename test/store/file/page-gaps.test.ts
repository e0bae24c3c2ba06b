import { readFileSync, writeFileSync } from "node:fs";
import type Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../../src/store/file/database.ts";
import { openPageGaps } from "../../../src/store/file/page-gaps.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeRandom } from "../../make/encoding.ts";

/** Rows of many sizes that come and go in the middle of a table, for which SQLite splits pages. Answers the deleted. */
function churn(db: Database.Database, rounds: number): Set<string> {
  db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, row BLOB)");
  const random = makeRandom(7);
  const add = db.prepare("INSERT OR IGNORE INTO t (id, row) VALUES (?, ?)");
  const drop = db.prepare("DELETE FROM t WHERE id = ?");
  const live: { id: number; mark: string }[] = [];
  const gone = new Set<string>();
  db.transaction(() => {
    for (let i = 0; i < rounds; i++) {
      const id = Math.floor(random() * 1e9);
      const mark = `<row ${i}>`;
      add.run(id, Buffer.from(mark.padEnd(20, ".").repeat(1 + Math.floor(random() * 60))));
      live.push({ id, mark });
      if (random() > 0.55) continue;
      const [one] = live.splice(Math.floor(random() * live.length), 1);
      drop.run(one?.id);
      gone.add(one?.mark as string);
    }
  })();
  return gone;
}

/** SQLite as the store runs it, with a table that was churned and no other. */
function openChurned(rounds: number) {
  const { db, file } = openDatabase(tempFolder(), new Date(), []);
  const gone = churn(db, rounds);
  db.pragma("wal_checkpoint(TRUNCATE)");
  const left = () =>
    readFileSync(file, "latin1")
      .match(/<row \d+>/g)
      ?.filter((mark) => gone.has(mark)) ?? [];
  return { file, db, left };
}

describe("free space in the database", () => {
  test("holds nothing in a new file", async () => {
    const { file, db } = openChurned(3);
    const freeSpace = openPageGaps(file);
    expect(await freeSpace.findDirty()).toEqual([]);
    db.close();
    freeSpace.close();
  });

  test("holds all that SQLite leaves of deleted rows, and is cleared for good", async () => {
    const { file, db, left } = openChurned(6_000);
    expect(left()).not.toEqual([]);
    const rows = db.prepare<[], Buffer>("SELECT row FROM t ORDER BY id").pluck();
    const before = Buffer.concat(rows.all());
    const freeSpace = openPageGaps(file);
    const dirty = await freeSpace.findDirty();
    freeSpace.clear(dirty);
    db.pragma("shrink_memory");
    expect(await freeSpace.findDirty()).toEqual([]);
    expect(left()).toEqual([]);

    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(Buffer.concat(rows.all()).equals(before)).toBe(true);
    // Every page is written once more, from what SQLite has of it in memory.
    db.exec("UPDATE t SET row = zeroblob(length(row))");
    db.pragma("wal_checkpoint(TRUNCATE)");
    expect(left()).toEqual([]);
    db.close();
    freeSpace.close();
  });

  test("of a malformed page is left alone", async () => {
    const { file, db } = openChurned(200);
    db.close();
    const bytes = readFileSync(file);
    // The first cell's pointer leads into the gap.
    bytes.writeUInt16BE(bytes.readUInt16BE(105) - 40, 108);
    bytes.fill(7, bytes.readUInt16BE(105) - 60, bytes.readUInt16BE(105) - 20);
    writeFileSync(file, bytes);
    const freeSpace = openPageGaps(file);
    expect(await freeSpace.findDirty()).not.toContain(0);
    freeSpace.clear([0]);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    freeSpace.close();
  });
});
