import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { StartRefused } from "../../../src/domain/errors.ts";
import { buildModels } from "../../../src/domain/model.ts";
import { findDatabaseProblem } from "../../../src/store/file/copy.ts";
import { openDatabase } from "../../../src/store/file/database.ts";
import { openFile } from "../../../src/store/file/open-file.ts";
import { MIGRATIONS } from "../../../src/store/file/schema/migrations.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeClock } from "../../make/clock.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { listsLocks, locksOn } from "../locks-on.ts";
import { lookInto, openSqlite } from "../open-sqlite.ts";
import { makeScene } from "../scene.ts";

const NOW = new Date("2026-02-18T10:00:00Z");
const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe("the database", () => {
  test("is written so that a commit survives a power cut, and what is deleted is overwritten", () => {
    const { db } = openDatabase(tempFolder(), NOW, MIGRATIONS);
    const read = (pragma: string): unknown => db.pragma(pragma, { simple: true });
    expect({
      journal: read("journal_mode"),
      synchronous: read("synchronous"),
      foreignKeys: read("foreign_keys"),
      secureDelete: read("secure_delete"),
      pageSize: read("page_size"),
      busyTimeout: read("busy_timeout"),
      journalLimit: read("journal_size_limit"),
      trustedSchema: read("trusted_schema"),
    }).toEqual({
      journal: "wal",
      synchronous: 2,
      foreignKeys: 1,
      secureDelete: 1,
      pageSize: 16_384,
      busyTimeout: 2_000,
      journalLimit: 16 * 1024 * 1024,
      trustedSchema: 0,
    });
    db.close();
  });

  test("and its folder are the owner's alone, also when they were not", async () => {
    const folder = join(tempFolder(), "data");
    const before = process.umask(0);
    const scene = await openStore({ folder, clock: makeClock() });
    await scene.saveRegistryRecord({ mergeBase: "x" });
    process.umask(before);
    expect(mode(folder)).toBe("700");
    for (const name of readdirSync(folder)) expect([name, mode(join(folder, name))]).toEqual([name, "600"]);
    await scene.close();
    chmodSync(join(folder, "faces2mqtt.db"), 0o644);
    const again = await openStore({ folder, clock: makeClock() });
    expect(mode(join(folder, "faces2mqtt.db"))).toBe("600");
    await again.close();
  });

  test("has the columns that other programs read", async () => {
    const scene = await makeScene(openSqlite);
    await scene.enrol("Anna", {
      uid: "u1",
      source: "f",
      capturedAt: NOW,
      receivedAt: new Date(NOW.getTime() + 5),
      box: { x: 412, y: 96.5, width: 118, height: 141 },
      encoding: Float32Array.from({ length: 128 }, (_, i) => i / 1000),
    });
    const row = lookInto(scene.folder, (db) =>
      db
        .prepare<[], Record<string, unknown> & { encoding: Buffer }>(
          `SELECT id, uid, camera, source, captured_at, received_at, box_x, box_y, box_width, box_height, encoding,
             person_name, matched_name, matched_distance, typeof(box_x) AS box_type FROM face_embeddings`,
        )
        .get(),
    );
    expect(row).toMatchObject({
      uid: "u1",
      camera: "front_door",
      source: "f",
      captured_at: "2026-02-18T10:00:00.000Z",
      received_at: "2026-02-18T10:00:00.005Z",
      box_x: 412,
      box_y: 96.5,
      box_width: 118,
      box_height: 141,
      box_type: "integer",
      person_name: "Anna",
      matched_name: null,
      matched_distance: null,
    });
    expect(row?.encoding.length).toBe(512);
    expect(row?.encoding.readFloatLE(4 * 100)).toBeCloseTo(0.1, 6);
  });

  test("of a newer version is refused, and left as it is", async () => {
    const folder = tempFolder();
    await (await openStore({ folder, clock: makeClock() })).close();
    lookInto(folder, (db) => db.pragma("user_version = 99"));
    await expect(openStore({ folder, clock: makeClock() })).rejects.toMatchObject({
      name: "StartRefused",
      message: expect.stringContaining("newer version"),
    });
    expect(lookInto(folder, (db) => db.pragma("user_version", { simple: true }))).toBe(99);
  });

  test("is copied before it is migrated, and comes out whole or not at all", () => {
    const folder = tempFolder();
    openDatabase(folder, NOW, MIGRATIONS).db.close();
    const failing = [
      ...MIGRATIONS,
      (db: Database.Database) => {
        db.exec("CREATE TABLE more (x)");
        throw new Error("no");
      },
    ];
    expect(() => openDatabase(folder, NOW, failing)).toThrow("no");
    expect(lookInto(folder, (db) => db.pragma("user_version", { simple: true }))).toBe(MIGRATIONS.length);
    const working = [...MIGRATIONS, (db: Database.Database) => void db.exec("CREATE TABLE more (x)")];
    const { db } = openDatabase(folder, new Date(NOW.getTime() + 1_000), working);
    expect(db.prepare("SELECT * FROM more").all()).toEqual([]);
    db.close();
    const copies = readdirSync(folder).filter((name) => name.includes(`.before-v${MIGRATIONS.length + 1}.`));
    expect(copies).toHaveLength(2);
    for (const name of copies) {
      expect(mode(join(folder, name))).toBe("600");
      const copy = openFile(join(folder, name), { readonly: true });
      expect(copy.pragma("user_version", { simple: true })).toBe(MIGRATIONS.length);
      copy.close();
    }
  });

  // Without its lock, another program that closes the database last deletes the log with what was committed since.
  test.skipIf(!listsLocks)("is still locked when it was copied and migrated", () => {
    const folder = tempFolder();
    openDatabase(folder, NOW, MIGRATIONS).db.close();
    const { db, file } = openDatabase(folder, NOW, [...MIGRATIONS, (db) => void db.exec("CREATE TABLE more (x)")]);
    expect(locksOn(file)).toHaveLength(1);
    db.close();
  });

  const DAMAGES: readonly [string, (file: string) => void][] = [
    ["is empty", (file) => truncateSync(file, 0)],
    ["has a broken header", (file) => overwrite(file, 0, 100)],
    ["has lost its end", (file) => truncateSync(file, statSync(file).size - 16_384 * 3)],
    ["has broken pages", (file) => overwrite(file, 16_384, 16_384 * 4)],
    ["is no database", (file) => writeFileSync(file, "hello")],
    ["is of another program", (file) => replaceByOther(file)],
  ];

  test.each(DAMAGES)("that %s is quarantined and reported, and an empty one is begun", async (_, damage) => {
    const scene = await makeScene(openSqlite);
    await scene.enrol("Anna", {}, {});
    await scene.store.close();
    const file = join(scene.folder, "faces2mqtt.db");
    damage(file);
    const bytes = readFileSync(file);
    const problems: (string | null)[] = [];
    const store = await openStore({
      folder: scene.folder,
      clock: scene.clock,
      onProblem: (problem) => problems.push(problem),
    });
    expect(await store.counts()).toMatchObject({ faces: 0, people: 0 });
    await store.close();
    const quarantined = readdirSync(scene.folder).find((name) => /^faces2mqtt\.db\.corrupt\.[^.]*\.\d+Z$/.test(name));
    expect(problems).toEqual([expect.stringContaining(quarantined as string)]);
    expect(readFileSync(join(scene.folder, quarantined as string)).equals(bytes)).toBe(true);
  });

  test("that is missing while its log is there is reported; the log is not replayed", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "faces2mqtt.db-wal"), "old");
    const problems: (string | null)[] = [];
    const store = await openStore({ folder, clock: makeClock(), onProblem: (problem) => problems.push(problem) });
    expect(problems).toHaveLength(1);
    expect(readdirSync(folder).some((name) => name.includes(".corrupt.") && name.endsWith("-wal"))).toBe(true);
    await store.close();
  });

  test("with a flipped bit in an encoding leaves it out and reports it until no read finds damage", async () => {
    const problems: (string | null)[] = [];
    const open: typeof openSqlite = (folder, clock) =>
      openStore({ folder, clock, onProblem: (problem) => problems.push(problem) });
    const scene = await makeScene(open);
    const ids = await scene.add({}, {}, {});
    const { ids: annas } = await scene.enrol("Anna", {});
    const flipBits = () =>
      lookInto(scene.folder, (db) => {
        db.function("flip", (blob) => {
          const encoding = Buffer.from(blob as Buffer);
          encoding[17] = (encoding[17] as number) ^ 4;
          return encoding;
        });
        db.prepare("UPDATE face_embeddings SET encoding = flip(encoding) WHERE id = ?").run(ids[1]);
        db.prepare("UPDATE enrolled_encodings SET encoding = flip(encoding)").run();
      });
    flipBits();
    expect((await scene.store.collectUnassigned({ includeRecognized: true }))[0]?.faceIds).toEqual([ids[0], ids[2]]);
    expect((await scene.store.gallery()).people).toMatchObject([{ name: "Anna", encodings: [] }]);
    expect(await scene.store.encodingOf(ids[1] as number)).toBeNull();
    expect(await scene.store.encodingOf(annas[0] as number)).not.toBeNull();
    expect(problems).toEqual([
      expect.stringMatching(/^1 stored encodings? /),
      expect.stringMatching(/^1 stored .*; 1 enrolled /),
    ]);
    // A read of other faces says nothing of the damaged one.
    await scene.store.encodings(["assigned"], "dlib");
    expect(problems).toHaveLength(2);
    flipBits();
    await scene.store.gallery();
    expect(problems.slice(2)).toEqual([expect.stringMatching(/^1 stored encodings? [^;]*$/)]);
    await scene.store.encodings(["assigned"], "dlib");
    expect(problems.slice(3)).toEqual([null]);
    await scene.store.close();
  });

  test.each(["face_embeddings", "enrolled_encodings"])("with other lengths in %s is refused", async (table) => {
    const scene = await makeScene(openSqlite);
    await scene.enrol("Anna", {});
    await scene.store.close();
    // As version 0.1.0 left it, where ingest.dimension was set.
    lookInto(scene.folder, (db) => {
      db.exec("DELETE FROM notes WHERE key = 'dimension'");
      db.exec(`UPDATE ${table} SET encoding = zeroblob(2048)`);
    });
    const refused = scene.reopen();
    await expect(refused).rejects.toThrow(StartRefused);
    await expect(refused).rejects.toThrow(/has encodings of 512 numbers, this version of faces2mqtt works with 128$/);
  });

  test("keeps how long its encodings are, and is refused when that is another length", async () => {
    const scene = await makeScene(openSqlite);
    expect(scene.store.models().get("dlib")?.dimension).toBe(128);
    const dimension = "FROM notes WHERE key = 'dimension'";
    await scene.store.close();
    lookInto(scene.folder, (db) => db.exec(`DELETE ${dimension}`));
    await scene.reopen();
    await scene.store.close();
    const kept = lookInto(scene.folder, (db) => db.prepare(`SELECT value ${dimension}`).pluck().get());
    expect(kept).toBe("128");
    lookInto(scene.folder, (db) => db.exec("UPDATE notes SET value = '512' WHERE key = 'dimension'"));
    await expect(scene.reopen()).rejects.toThrow("has encodings of 512 numbers");
    expect(findDatabaseProblem(join(scene.folder, "faces2mqtt.db"))).toContain("has encodings of 512 numbers");
  });

  test("is refused when a model of the configuration has another length than its encodings here; any other model stays", async () => {
    const folder = tempFolder();
    const open = (dimension: number | null) => {
      const configured = dimension === null ? {} : { wide: { dimension, threshold: 1.2 } };
      return openStore({ folder, clock: makeClock(), models: buildModels(configured) });
    };
    const store = await open(512);
    const encoding = Float32Array.from({ length: 512 }, (_, i) => i);
    await store.saveFaces([makeFaceToSave({ encoding, model: "wide" })]);
    await store.close();
    await expect(open(256)).rejects.toThrow(
      /encodings of the model wide have 512 numbers, not 256: another model needs/,
    );
    const without = await open(null);
    expect((await without.collectUnassigned({ includeRecognized: true })).map((one) => [...one.data])).toEqual([
      [...encoding],
    ]);
    await without.close();
  });

  test("is refused when a model of the configuration has another threshold than its encodings were scaled for", async () => {
    const folder = tempFolder();
    const open = (threshold: number) =>
      openStore({ folder, clock: makeClock(), models: buildModels({ wide: { dimension: 4, threshold } }) });
    const store = await open(1.2);
    await store.saveFaces([makeFaceToSave({ encoding: new Float32Array([0.5, 0, 0, 0]), model: "wide" })]);
    await store.close();
    await expect(open(1.24)).rejects.toThrow(
      "encodings of the model wide were stored with the threshold 1.2, not 1.24: another threshold needs another name",
    );
    await (await open(1.2)).close();
  });

  test("is backed up whole while faces go on coming in", async () => {
    const scene = await makeScene(openSqlite);
    for (let i = 0; i < 20; i++) await scene.add(...Array.from({ length: 100 }, () => ({})));
    const target = join(tempFolder(), "copy.db");
    let coming = true;
    let during = 0;
    const stream = (async () => {
      while (coming) {
        await scene.add({});
        during++;
        await new Promise(setImmediate);
      }
    })();
    await scene.store.backup(target);
    coming = false;
    await stream;
    expect(during).toBeGreaterThan(0);
    expect(mode(target)).toBe("600");
    const folder = tempFolder();
    copyFileSync(target, join(folder, "faces2mqtt.db"));
    const copy = await openStore({ folder, clock: makeClock() });
    expect(copy.instance).toBe(scene.store.instance);
    expect((await copy.counts()).faces).toBeGreaterThanOrEqual(2_000);
    expect(existsSync(`${target}-wal`)).toBe(false);
    await copy.close();
    await expect(scene.store.backup(target)).rejects.toThrow("EEXIST");
  });
});

function overwrite(file: string, from: number, to: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, to);
  writeFileSync(file, bytes);
}

function replaceByOther(file: string): void {
  truncateSync(file, 0);
  const db = openFile(file);
  db.exec("CREATE TABLE photos (id)");
  db.close();
}
