import { createHmac } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { toBlob } from "../../src/store/file/blobs.ts";
import { openDatabase } from "../../src/store/file/database.ts";
import { openFreeSpace } from "../../src/store/file/free-space.ts";
import { MIGRATIONS } from "../../src/store/file/migrations.ts";
import { openFile } from "../../src/store/file/open-file.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeEncoding, makeRandom } from "../make/encoding.ts";
import { locksOn, tellsLocks } from "./locks-on.ts";
import { lookInto, openSqlite } from "./open-sqlite.ts";
import { assignment, makeScene, PAGE, type Scene } from "./scene.ts";

/** How many of the pieces are found in any file of the folder. */
function countFound(folder: string, pieces: readonly Uint8Array[]): number {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return pieces.filter((piece) => files.some((file) => file.includes(Buffer.from(piece)))).length;
}

const text = (value: string): Buffer => Buffer.from(value, "utf8");

/** Bytes that occur nowhere else, of the size of a thumbnail: a page and more. */
function makePicture(seed: number): Uint8Array {
  const random = makeRandom(seed);
  return Uint8Array.from({ length: 9_000 + (seed % 7) * 2_000 }, () => Math.floor(random() * 256));
}

/** Forty faces of Xanthippe, with pictures made and waiting, changes to undo, and a registry text. */
async function makeVictim(scene: Scene) {
  const { store } = scene;
  const seeds = Array.from({ length: 40 }, (_, i) => 5_000 + i);
  const ids = await scene.add(
    ...seeds.map((seed) => ({ encoding: makeEncoding(seed), thumbnail: makePicture(seed), wantsThumbnail: true })),
  );
  for (const [i, id] of ids.entries()) {
    if (i % 2 === 0) await store.saveThumbnail(id, makePicture(9_000 + i));
    await scene.add({ wantsThumbnail: true, thumbnail: makePicture(20_000 + i) });
  }
  await scene.discover({ c1: ids.slice(0, 20), c2: ids.slice(20, 39), c3: ids.slice(39) });
  for (const cluster of ["c1", "c2", "c3"]) await store.assign(assignment(cluster, "Xanthippe"));
  await scene.add({ matched: { person: "Xanthippe", personId: "xanthippe", distance: 0.1, score: 0.9 } });
  await store.unassign([ids[3] as number, ids[39] as number]);
  await store.undo();
  await store.rename("xanthippe", "Xanthippe von Athen", false);
  await store.rememberRegistry(
    JSON.stringify({ written: JSON.stringify({ people: { "Xanthippe von Athen": { id: "xanthippe" } } }) }),
  );
  const encodings = (await store.registry()).flatMap((one) => one.encodings.map(({ encoding }) => toBlob(encoding)));
  const pieces = [
    text("Xanthippe"),
    text("xanthippe"),
    ...encodings,
    ...seeds.map((seed) => toBlob(makeEncoding(seed))),
    ...seeds.map((seed) => makePicture(seed).slice(0, 64)),
    ...seeds.map((_, i) => makePicture(9_000 + i).slice(0, 64)).filter((_, i) => i % 2 === 0),
    ...seeds.map((_, i) => makePicture(9_000 + i).slice(-64)).filter((_, i) => i % 2 === 0),
  ];
  return { ids, pieces };
}

describe("erasing", () => {
  test("somebody leaves no byte of encodings, pictures or names in the folder, the plain way does", async () => {
    const scene = await makeScene(openSqlite);
    const { pieces } = await makeVictim(scene);
    expect(countFound(scene.folder, pieces)).toBeGreaterThan(pieces.length - 25);

    // The control: the same rows deleted as anybody would, in a copy of the same file.
    const plain = tempFolder();
    await scene.store.backup(join(plain, "faces2mqtt.db"));
    const db = openFile(join(plain, "faces2mqtt.db"));
    db.pragma("foreign_keys = ON");
    db.exec(`UPDATE face_embeddings SET encoding_ref = NULL; DELETE FROM rejections; DELETE FROM enrolled_encodings;
      DELETE FROM face_embeddings; DELETE FROM changes; DELETE FROM people; DELETE FROM notes`);
    db.close();
    expect(countFound(plain, pieces)).toBeGreaterThan(40);

    await scene.store.remove("xanthippe", "erase");
    expect(countFound(scene.folder, pieces)).toBe(0);
    await scene.store.close();
    expect(countFound(scene.folder, pieces)).toBe(0);
  });

  test("by retention leaves no byte either, nor in the changes that could be undone", async () => {
    const scene = await makeScene(openSqlite);
    const { ids, pieces } = await makeVictim(scene);
    await scene.store.remove("xanthippe", "unassign");
    await scene.discover({ c9: ids.slice(0, 5) });
    expect(countFound(scene.folder, pieces)).toBeGreaterThan(60);
    expect(await scene.store.purge(ids)).toEqual(ids);
    const names = new Set([text("Xanthippe"), text("xanthippe")].map(String));
    expect(
      countFound(
        scene.folder,
        pieces.filter((piece) => !names.has(Buffer.from(piece).toString())),
      ),
    ).toBe(0);
    await scene.store.rememberRegistry("{}");
    await scene.store.purge([]);
    await scene.store.close();
    expect(countFound(scene.folder, pieces)).toBe(0);
  });

  test("keeps of the name only what tells that it was erased to who knows it", async () => {
    const scene = await makeScene(openSqlite);
    await scene.enrol("Anna", {});
    await scene.store.remove("anna", "erase");
    const rows = lookInto(scene.folder, (db) => db.prepare("SELECT hash FROM erasures").pluck().all());
    const salt = lookInto(scene.folder, (db) =>
      db.prepare<[], string>("SELECT value FROM notes WHERE key = 'erasure_salt'").pluck().get(),
    );
    expect(rows).toEqual([
      createHmac("sha256", salt as string)
        .update("anna")
        .digest("hex"),
    ]);
  });

  test("goes on when another program reads the database for a moment", async () => {
    const scene = await makeScene(openSqlite);
    const { pieces } = await makeVictim(scene);
    const reader = openFile(join(scene.folder, "faces2mqtt.db"), { readonly: true });
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM people").get();
    setTimeout(() => reader.close(), 200);
    await scene.store.remove("xanthippe", "erase");
    expect(countFound(scene.folder, pieces)).toBe(0);
  });

  test("takes older copies of the data with it; retention only those from before an update", async () => {
    const scene = await makeScene(openSqlite);
    await scene.enrol("Anna", {});
    const [old] = await scene.add({});
    const time = "2026-01-01T00-00-00.000Z";
    const [migrated, corrupt, restored] = [
      `faces2mqtt.db.before-v2.${time}`,
      `faces2mqtt.db.corrupt.${time}`,
      `before-restore-${time}`,
    ];
    const copies = () => readdirSync(scene.folder).filter((name) => name.endsWith(time));
    mkdirSync(join(scene.folder, restored));
    for (const name of [migrated, corrupt, join(restored, "faces2mqtt.db")]) {
      writeFileSync(join(scene.folder, name), "Anna");
    }
    await scene.store.purge([old as number]);
    expect(copies()).toEqual([restored, corrupt]);
    await scene.store.remove("anna", "erase");
    expect(copies()).toEqual([]);
  });
});

/** Rows of many sizes that come and go in the middle of a table: what SQLite splits pages for. Answers who is gone. */
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

/** SQLite as the store runs it, with a table that was churned. */
function openChurned(rounds: number) {
  const { db, file } = openDatabase(tempFolder(), new Date(), MIGRATIONS);
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
    const freeSpace = openFreeSpace(file);
    expect(await freeSpace.findDirty()).toEqual([]);
    db.close();
    freeSpace.close();
  });

  test("is where all is that SQLite leaves of deleted rows, and is cleared for good", async () => {
    const { file, db, left } = openChurned(6_000);
    expect(left()).not.toEqual([]);
    const rows = db.prepare<[], Buffer>("SELECT row FROM t ORDER BY id").pluck();
    const before = Buffer.concat(rows.all());
    const freeSpace = openFreeSpace(file);
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

  test("of a page that is not as it should be is left alone", async () => {
    const { file, db } = openChurned(200);
    db.close();
    const bytes = readFileSync(file);
    // The first cell's pointer leads into the gap.
    bytes.writeUInt16BE(bytes.readUInt16BE(105) - 40, 108);
    bytes.fill(7, bytes.readUInt16BE(105) - 60, bytes.readUInt16BE(105) - 20);
    writeFileSync(file, bytes);
    const freeSpace = openFreeSpace(file);
    expect(await freeSpace.findDirty()).not.toContain(0);
    freeSpace.clear([0]);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    freeSpace.close();
  });
});

describe("after an erasure", () => {
  // Without its lock, any other program that closes the database last takes the log with what was committed since away.
  test.skipIf(!tellsLocks)("SQLite still has its lock on the database", async () => {
    const scene = await makeScene(openSqlite);
    const file = join(scene.folder, "faces2mqtt.db");
    await scene.enrol("Anna", {}, {});
    expect(locksOn(file)).toHaveLength(1);
    await scene.store.remove("anna", "erase");
    expect(locksOn(file)).toHaveLength(1);

    // The control: what reading the file as any other does.
    readFileSync(file);
    expect(locksOn(file)).toEqual([]);
  });

  test("that a crash cut off, the next start leaves no byte", async () => {
    const scene = await makeScene(openSqlite);
    const { pieces } = await makeVictim(scene);
    const reader = openFile(join(scene.folder, "faces2mqtt.db"), { readonly: true });
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM people").get();
    const killed = tempFolder();
    const erasing = scene.store.remove("xanthippe", "erase");
    // As the files are when the process is killed at this instant: committed, not yet wiped.
    for (const name of ["faces2mqtt.db", "faces2mqtt.db-wal"])
      copyFileSync(join(scene.folder, name), join(killed, name));
    expect(countFound(killed, pieces)).toBeGreaterThan(0);
    reader.close();
    await erasing;

    const store = await openSqlite(killed, scene.clock);
    await store.scrub();
    expect((await store.people(PAGE)).items).toEqual([]);
    expect(countFound(killed, pieces)).toBe(0);
    await store.close();
  });
});
