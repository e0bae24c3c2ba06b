import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { toBlob } from "../../src/store/blobs.ts";
import { openDatabase } from "../../src/store/database.ts";
import { readStaleBytes } from "../../src/store/free-space.ts";
import { createLeaveNoByte } from "../../src/store/leave-no-byte.ts";
import { MIGRATIONS } from "../../src/store/migrations.ts";
import { createStartTraces } from "../../src/store/traces.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeEncoding, makeRandom } from "../make/encoding.ts";
import { lookInto, openSqlite } from "./open-sqlite.ts";
import { assignment, makeScene, type Scene } from "./scene.ts";

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
    const db = new Database(join(plain, "faces2mqtt.db"));
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
    const reader = new Database(join(scene.folder, "faces2mqtt.db"), { readonly: true });
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM people").get();
    setTimeout(() => reader.close(), 200);
    await scene.store.remove("xanthippe", "erase");
    expect(countFound(scene.folder, pieces)).toBe(0);
  });

  test("takes the copy from before an update with it", async () => {
    const scene = await makeScene(openSqlite);
    await scene.enrol("Anna", {});
    const copy = join(scene.folder, "faces2mqtt.db.before-v2.2026-01-01T00-00-00.000Z");
    writeFileSync(copy, "Anna");
    await scene.store.remove("anna", "erase");
    expect(readdirSync(scene.folder)).not.toContain(copy.split("/").at(-1));
  });
});

/** Rows of many sizes that come and go in the middle of a table: what SQLite splits pages for. Answers who is gone. */
function churn(db: Database.Database, rounds: number): Buffer[] {
  db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, row BLOB)");
  const random = makeRandom(7);
  const add = db.prepare("INSERT OR IGNORE INTO t (id, row) VALUES (?, ?)");
  const drop = db.prepare("DELETE FROM t WHERE id = ?");
  const live: { id: number; mark: string }[] = [];
  const gone: Buffer[] = [];
  db.transaction(() => {
    for (let i = 0; i < rounds; i++) {
      const id = Math.floor(random() * 1e9);
      const mark = `<row ${i}>`.padEnd(20, ".");
      add.run(id, Buffer.from(mark.repeat(1 + Math.floor(random() * 60))));
      live.push({ id, mark });
      if (random() > 0.55) continue;
      const [one] = live.splice(Math.floor(random() * live.length), 1);
      drop.run(one?.id);
      gone.push(Buffer.from(one?.mark as string));
    }
  })();
  return gone;
}

function churnIn(file: string, secure: boolean, rounds: number): Buffer[] {
  const db = new Database(file);
  db.pragma("page_size = 4096");
  db.pragma(`secure_delete = ${secure ? "ON" : "OFF"}`);
  const gone = churn(db, rounds);
  db.close();
  return gone;
}

async function leftIn(file: string, pieces: readonly Buffer[]): Promise<number> {
  const stale: Buffer[] = [];
  for await (const bytes of readStaleBytes(file)) stale.push(Buffer.from(bytes));
  return pieces.filter((piece) => stale.some((bytes) => bytes.includes(piece))).length;
}

describe("free space in the database", () => {
  test("holds nothing in a new file, and deleted rows where they are not overwritten", async () => {
    const clean = join(tempFolder(), "clean.db");
    expect(await leftIn(clean, churnIn(clean, true, 3))).toBe(0);
    const plain = join(tempFolder(), "plain.db");
    expect(await leftIn(plain, churnIn(plain, false, 500))).toBeGreaterThan(20);
  });

  test("holds deleted rows even where SQLite overwrites them, all that the file does", async () => {
    const file = join(tempFolder(), "churned.db");
    const gone = churnIn(file, true, 3_000);
    expect(await leftIn(file, gone)).toBeGreaterThan(0);
    expect(await leftIn(file, gone)).toBe(countFound(join(file, ".."), gone));
  });

  test("is cleared of what was deleted", async () => {
    const folder = tempFolder();
    const connection = openDatabase(folder, new Date(), MIGRATIONS);
    const gone = churn(connection.db, 6_000);
    connection.db.pragma("wal_checkpoint(TRUNCATE)");
    expect(countFound(folder, gone)).toBeGreaterThan(0);
    const traces = createStartTraces(connection)();
    for (const mark of gone) traces.addBytes(mark);
    const said: string[] = [];
    const say = (_: object, message: string) => void said.push(message);
    await createLeaveNoByte(connection, makeClock(), { info: say, warn: say, error: say })(traces);
    expect(countFound(folder, gone)).toBe(0);
    expect(said).toEqual([expect.stringContaining("made anew")]);
    connection.db.close();
  });
});

describe("traces of deleted rows", () => {
  const trace = () => createStartTraces(openDatabase(tempFolder(), new Date(), MIGRATIONS))();

  test("are found by any longer part of them, at any place, and nothing else is", () => {
    const traces = trace();
    const encoding = toBlob(makeEncoding(1));
    traces.addBytes(encoding);
    traces.addText("Xanthippe");
    for (const [from, to] of [
      [0, 31],
      [100, 131],
      [481, 512],
      [7, 300],
    ] as const) {
      const around = Buffer.concat([Buffer.alloc(from % 5, 7), encoding.subarray(from, to), Buffer.alloc(3)]);
      expect(traces.isIn(around)).toBe(true);
    }
    expect(traces.isIn(text("a Xanthippe b"))).toBe(true);
    expect(traces.isIn(toBlob(makeEncoding(2)))).toBe(false);
    expect(traces.isIn(Buffer.alloc(500))).toBe(false);
  });

  test("of more faces than are worth looking for are everywhere", () => {
    const traces = trace();
    traces.addFaces(Array.from({ length: 1_001 }, (_, i) => i));
    expect(traces.isIn(Buffer.alloc(1))).toBe(true);
  });
});
