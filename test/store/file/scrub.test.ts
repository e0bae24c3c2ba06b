import { createHmac } from "node:crypto";
import fs, { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { silentLog } from "../../../src/domain/log.ts";
import { toBlob } from "../../../src/store/file/blobs.ts";
import { openDatabase } from "../../../src/store/file/database.ts";
import { createNotes } from "../../../src/store/file/notes.ts";
import { openFile } from "../../../src/store/file/open-file.ts";
import { openPageGaps } from "../../../src/store/file/page-gaps.ts";
import { MIGRATIONS } from "../../../src/store/file/schema/migrations.ts";
import { createScrub } from "../../../src/store/file/scrub.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeEncoding, makeRandom, makeSface } from "../../make/encoding.ts";
import { listsLocks, locksOn } from "../locks-on.ts";
import { lookInto, openSqlite } from "../open-sqlite.ts";
import { assignment, makeScene, PAGE, type Scene } from "../scene.ts";

const PAGE_BYTES = 16_384;

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
  const further = ids.map((faceId) => ({ faceId, model: "sface", encoding: makeSface(7_000 + faceId), quality: 10 }));
  for (const one of further) await store.saveFurtherEncoding(one);
  await store.enrolAgain("sface");
  await store.unassign([ids[3] as number, ids[39] as number]);
  await store.undo();
  await store.rename("xanthippe", "Xanthippe von Athen", false);
  await store.saveRegistryRecord({
    mergeBase: JSON.stringify({ people: { "Xanthippe von Athen": { id: "xanthippe" } } }),
  });
  const encodings = (await store.registry()).flatMap((one) => one.encodings.map(({ encoding }) => toBlob(encoding)));
  const pieces = [
    text("Xanthippe"),
    text("xanthippe"),
    ...encodings,
    ...seeds.map((seed) => toBlob(makeEncoding(seed))),
    ...further.map(({ encoding }) => toBlob(encoding)),
    ...seeds.map((seed) => makePicture(seed).slice(0, 64)),
    ...seeds.map((_, i) => makePicture(9_000 + i).slice(0, 64)).filter((_, i) => i % 2 === 0),
    ...seeds.map((_, i) => makePicture(9_000 + i).slice(-64)).filter((_, i) => i % 2 === 0),
  ];
  return { ids, pieces };
}

describe("erasing", () => {
  test("a person leaves no byte of encodings, pictures or names in the folder; plain deleting does", async () => {
    const scene = await makeScene(openSqlite);
    const { pieces } = await makeVictim(scene);
    expect(countFound(scene.folder, pieces)).toBeGreaterThan(pieces.length - 25);

    // The control: the same rows deleted by plain SQL, in a copy of the same file.
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
    await scene.store.saveRegistryRecord({ mergeBase: "{}" });
    await scene.store.purge([]);
    // The history says for a while yet what was done.
    expect(countFound(scene.folder, [text("Xanthippe")])).toBe(1);
    scene.clock.advance(1_000);
    await scene.store.trimChanges(scene.clock.now());
    const [other] = await scene.add({});
    await scene.store.purge([other as number]);
    await scene.store.close();
    expect(countFound(scene.folder, pieces)).toBe(0);
  });

  test("keeps of the name only a hash, by which it can be recognized", async () => {
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

/** Runs `meddle` once, while a page is cleared: after it was read, before it is written. */
function whilePageIsCleared(meddle: () => void): void {
  const { readSync } = fs;
  let isDone = false;
  fs.readSync = ((...args: Parameters<typeof readSync>) => {
    const bytes = readSync(...args);
    if (!isDone && bytes === PAGE_BYTES) {
      isDone = true;
      meddle();
    }
    return bytes;
  }) as typeof readSync;
  syncBuiltinESMExports();
  onTestFinished(() => {
    fs.readSync = readSync;
    syncBuiltinESMExports();
  });
}

describe("another program that writes during a scrub", () => {
  /** Faces whose pages have free space to clear, a connection of another program, and what it writes: a score each. */
  async function open() {
    const scene = await makeScene(openSqlite);
    await makeVictim(scene);
    await scene.add(...Array.from({ length: 200 }, () => ({ detectionScore: 0.5 })));
    const other = openFile(join(scene.folder, "faces2mqtt.db"), { timeout: 0 });
    onTestFinished(() => void other.close());
    return {
      scene,
      other,
      /** How many rows have what it wrote, for a third program. */
      written: () =>
        lookInto(scene.folder, (db) => ({
          rows: db.prepare("SELECT count(*) FROM face_embeddings WHERE detection_score = 0.25").pluck().get() as number,
          whole: db.pragma("integrity_check", { simple: true }),
        })),
      writeAll(): number {
        const { changes } = other.prepare("UPDATE face_embeddings SET detection_score = 0.25").run();
        other.pragma("wal_checkpoint(TRUNCATE)");
        return changes;
      },
    };
  }

  test("is refused for a moment and loses nothing", async () => {
    const { scene, written, writeAll } = await open();
    const answers: string[] = [];
    whilePageIsCleared(() => {
      try {
        writeAll();
      } catch (error) {
        answers.push((error as Error).message);
      }
    });
    await scene.store.remove("xanthippe", "erase");
    expect(answers).toEqual(["database is locked"]);
    const rows = writeAll();
    expect(written()).toEqual({ rows, whole: "ok" });
  });

  test("would lose its page without SQLite's lock: the control", async () => {
    const { scene, written, writeAll } = await open();
    const { db } = openDatabase(scene.folder, new Date(), MIGRATIONS);
    onTestFinished(() => void db.close());
    const freeSpace = openPageGaps(join(scene.folder, "faces2mqtt.db"));
    db.pragma("wal_checkpoint(TRUNCATE)");
    const dirty = await freeSpace.findDirty();
    let rows = 0;
    whilePageIsCleared(() => {
      rows = writeAll();
    });
    const faces = db.prepare<[], number>("SELECT pageno - 1 FROM dbstat WHERE name = 'face_embeddings'").pluck().all();
    freeSpace.clear(dirty.filter((page) => faces.includes(page)));
    expect(rows).toBeGreaterThan(0);
    expect(written().rows).toBeLessThan(rows);
  });

  test("between the emptying of the log and the lock loses nothing, and brings nothing back", async () => {
    const { folder, clock, store, ...scene } = await makeScene(openSqlite);
    const { pieces } = await makeVictim({ folder, clock, store, ...scene });
    await store.saveRegistryRecord({ mergeBase: "{}" });
    const other = openFile(join(folder, "faces2mqtt.db"), { timeout: 0 });
    const connection = openDatabase(folder, clock.now(), MIGRATIONS);
    other.pragma("secure_delete = ON");
    other.exec(`
      DELETE FROM rejections; DELETE FROM changes; DELETE FROM discoveries; DELETE FROM cluster_rows;
      UPDATE face_embeddings SET encoding_ref = NULL, matched_ref = NULL, matched_name = NULL, matched_distance = NULL;
      DELETE FROM enrolled_encodings; DELETE FROM face_embeddings WHERE person_ref IS NOT NULL; DELETE FROM people;
      INSERT INTO notes VALUES ('bytes_left', 'erasure')`);
    // Pages that are to be cleared, as the other program has them in memory.
    const writeAll = other.prepare("UPDATE face_embeddings SET detection_score = 0.25");
    let times = 0;
    const scrub = createScrub(
      {
        ...connection,
        write(run) {
          if (++times <= 2) writeAll.run();
          return connection.write(run);
        },
      },
      createNotes(connection),
      clock,
      silentLog,
    );
    await scrub.finish();
    expect(times).toBeGreaterThan(2);
    const left = other.prepare("SELECT count(*), sum(detection_score) FROM face_embeddings").raw().get();
    expect(left).toEqual([41, 41 * 0.25]);
    connection.db.pragma("wal_checkpoint(TRUNCATE)");
    expect(countFound(folder, pieces)).toBe(0);
    for (const end of [other, connection.db, scrub]) end.close();
  });
});

describe("after an erasure", () => {
  // Without its lock, another program that closes the database last deletes the log with what was committed since.
  test.skipIf(!listsLocks)("SQLite still has its lock on the database", async () => {
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
