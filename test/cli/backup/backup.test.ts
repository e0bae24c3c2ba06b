import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { create, extract } from "tar";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../src/cli/program.ts";
import { systemClock } from "../../../src/domain/clock.ts";
import { lockDataFolder } from "../../../src/store/file/lock.ts";
import type { Store } from "../../../src/store/port.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeEncoding, makeSface } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { lookInto } from "../../store/open-sqlite.ts";
import { makeTerminal } from "../make-terminal.ts";

async function withStore<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ folder, clock: systemClock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function enrol(store: Store, ...names: string[]): Promise<void> {
  await store.applyRegistryEdit({
    addedPeople: names.map((name, at) => ({
      name,
      encodings: [{ encoding: makeEncoding(at), source: "a.jpg", sources: ["a.jpg"], count: 1, model: "dlib" }],
    })),
    removedPeople: [],
    renamedPeople: [],
    addedEncodings: [],
    removedEncodings: [],
  });
}

const peopleIn = (folder: string) =>
  withStore(folder, async (store) => (await store.registry()).map((person) => person.name).sort());

/** A data folder with three faces and the people. */
async function makeData(...names: string[]): Promise<string> {
  const folder = join(tempFolder(), "data");
  await withStore(folder, async (store) => {
    await store.saveFaces([makeFaceToSave(), makeFaceToSave(), makeFaceToSave()]);
    await enrol(store, ...names);
  });
  return folder;
}

async function run(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = makeTerminal({ FACES2MQTT_DATA_DIR: folder });
  const code = await runCommandLine(args, terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

describe("backup and restore", () => {
  it.each(["backup.tar", "backup.tar.gz"])("bring everything to another folder (%s)", async (name) => {
    const folder = await makeData("Anna", "Łukasz");
    writeFileSync(join(folder, "face_registry.json"), '{ "people": {} }\n');
    const file = join(tempFolder(), name);
    expect(await run(folder, "backup", file)).toMatchObject({ code: 0, err: "" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file).readUInt16BE() === 0x1f8b).toBe(name.endsWith(".gz"));

    const target = join(tempFolder(), "new");
    expect(await run(target, "restore", file)).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(join(target, "face_registry.json"), "utf8")).toBe('{ "people": {} }\n');
    expect(await peopleIn(target)).toEqual(["Anna", "Łukasz"]);
    const [before, after] = [await withStore(folder, describeStore), await withStore(target, describeStore)];
    expect(after).toEqual(before);
    expect(after.faces).toHaveLength(3);
    for (const entry of readdirSync(target)) expect(statSync(join(target, entry)).mode & 0o077).toBe(0);
  });

  async function describeStore(store: Store) {
    const { items } = await store.faces({}, { limit: 10, cursor: null });
    return { instance: store.instance, faces: items };
  }

  it("bring what a further model made of faces, without that of a person who was erased since", async () => {
    const folder = await makeData("Anna");
    const looksIn = (data: string) => withStore(data, async (store) => (await store.registry())[0]?.encodings ?? []);
    const kept = (data: string) =>
      lookInto(data, (db) => db.prepare("SELECT count(*) FROM further_encodings").pluck().get());
    await withStore(folder, async (store) => {
      await store.claim("anna", [1, 2]);
      for (const faceId of [1, 2]) {
        await store.saveFurtherEncoding({ faceId, model: "sface", encoding: makeSface(faceId), quality: 11 });
      }
      await store.enrolAgain("sface");
    });
    const file = join(tempFolder(), "a.tar");
    await run(folder, "backup", file);
    const [before, target] = [await looksIn(folder), join(tempFolder(), "new")];
    expect(before.map(({ model, count }) => `${count} ${model}`)).toEqual(["1 dlib", "2 sface"]);
    expect(await run(target, "restore", file)).toMatchObject({ code: 0 });
    expect(await looksIn(target)).toEqual(before);
    await withStore(target, (store) => store.undo());
    expect(await looksIn(target)).toEqual(before.slice(0, 1));
    await withStore(target, (store) => store.redo());
    expect([await looksIn(target), kept(target)]).toEqual([before, 2]);

    await withStore(target, (store) => store.remove("anna", "erase"));
    expect(await run(target, "restore", file, "--force")).toMatchObject({ code: 0 });
    expect([await looksIn(target), kept(target)]).toEqual([[], 0]);
  });

  it("work while a daemon writes, and leave nothing else beside the archive", async () => {
    const folder = await makeData("Anna");
    const lock = lockDataFolder(folder);
    const target = tempFolder();
    await withStore(folder, async (store) => {
      let writing = true;
      const writer = (async () => {
        while (writing) {
          await store.saveFaces([makeFaceToSave()]);
          await new Promise((done) => setImmediate(done));
        }
      })();
      expect(await run(folder, "backup", join(target, "a.tar"))).toMatchObject({ code: 0 });
      writing = false;
      await writer;
    });
    lock.release();
    expect(readdirSync(target)).toEqual(["a.tar"]);
    expect(await run(join(target, "new"), "restore", join(target, "a.tar"))).toMatchObject({ code: 0 });
    expect(await peopleIn(join(target, "new"))).toEqual(["Anna"]);
  });

  it("refuse where there is nothing to back up", async () => {
    const folder = join(tempFolder(), "data");
    expect(await run(folder, "backup", join(tempFolder(), "a.tar"))).toMatchObject({
      code: 1,
      err: expect.stringContaining("no database"),
    });
    expect(existsSync(folder)).toBe(false);
  });

  it("refuse a folder that a daemon is running on, whatever is asked", async () => {
    const folder = await makeData("Anna");
    const file = join(tempFolder(), "a.tar");
    await run(folder, "backup", file);
    const lock = lockDataFolder(folder);
    expect(await run(folder, "restore", file, "--force")).toMatchObject({
      code: 2,
      err: expect.stringContaining("another faces2mqtt is running"),
    });
    lock.release();
    expect(await peopleIn(folder)).toEqual(["Anna"]);
  });

  it("keep what was there in a subfolder, with --force only", async () => {
    const folder = await makeData("Anna");
    const file = join(tempFolder(), "a.tar");
    await run(folder, "backup", file);
    await withStore(folder, (store) => enrol(store, "Bob"));
    expect(await run(folder, "restore", file)).toMatchObject({ code: 2, err: expect.stringContaining("not empty") });
    expect(await peopleIn(folder)).toEqual(["Anna", "Bob"]);
    expect(await run(folder, "restore", file, "--force")).toMatchObject({ code: 0 });
    expect(await peopleIn(folder)).toEqual(["Anna"]);
    const former = readdirSync(folder).find((name) => name.startsWith("before-restore-"));
    expect(await peopleIn(join(folder, former ?? "nowhere"))).toEqual(["Anna", "Bob"]);
  });
});

describe("a data folder whose database is broken", () => {
  it("can be restored over what a killed daemon left, log and all", async () => {
    const folder = await makeData("Anna");
    const file = join(tempFolder(), "a.tar");
    await run(folder, "backup", file);
    const killed = join(tempFolder(), "killed");
    mkdirSync(killed);
    await withStore(folder, async (store) => {
      await enrol(store, "Bob");
      for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(killed, name));
    });
    expect(readdirSync(killed)).toContain("faces2mqtt.db-wal");
    expect(await run(killed, "restore", file, "--force")).toMatchObject({ code: 0, err: "" });
    expect(await peopleIn(killed)).toEqual(["Anna"]);
    const former = readdirSync(killed).find((name) => name.startsWith("before-restore-"));
    expect(await peopleIn(join(killed, former ?? ""))).toEqual(["Anna", "Bob"]);
  });

  it("can be restored over, with a warning that erasures are not known", async () => {
    const folder = await makeData("Anna");
    const file = join(tempFolder(), "a.tar");
    await run(folder, "backup", file);
    writeFileSync(join(folder, "faces2mqtt.db"), "no database ".repeat(1000));
    expect(await run(folder, "restore", file, "--force")).toMatchObject({
      code: 0,
      err: expect.stringContaining("who was erased since this backup was made is not known"),
    });
    expect(await peopleIn(folder)).toEqual(["Anna"]);
  });
});

describe("people erased after the backup", () => {
  async function makeErased(): Promise<{ folder: string; file: string }> {
    const folder = await makeData("Anna", "Bob", "Carol");
    const file = join(tempFolder(), "a.tar");
    await withStore(folder, (store) => store.remove("carol", "erase"));
    await withStore(folder, (store) => enrol(store, "Carol"));
    await run(folder, "backup", file);
    await new Promise((done) => setTimeout(done, 5));
    await withStore(folder, (store) => store.remove("anna", "erase"));
    await withStore(folder, (store) => store.remove("bob", "unassign"));
    return { folder, file };
  }

  it("are left out and listed; people who were only deleted come back, and those erased before it and named again", async () => {
    const { folder, file } = await makeErased();
    const { code, out } = await run(folder, "restore", file, "--force");
    expect(code).toBe(0);
    expect(out).toMatch(/Anna was erased on .*left out/);
    expect(await peopleIn(folder)).toEqual(["Bob", "Carol"]);
    // And a second time, from the restored folder.
    expect((await run(folder, "restore", file, "--force")).out).toMatch(/Anna was erased/);
    expect(await peopleIn(folder)).toEqual(["Bob", "Carol"]);
  });

  it("come back with --with-erased", async () => {
    const { folder, file } = await makeErased();
    expect((await run(folder, "restore", file, "--force", "--with-erased")).out).toMatch(
      /Anna was erased.*brought back/,
    );
    expect(await peopleIn(folder)).toEqual(["Anna", "Bob", "Carol"]);
  });
});

describe("an archive that is not what it should be", () => {
  /** A good backup, unpacked, to be packed again with changes. */
  async function unpacked(): Promise<string> {
    const folder = await makeData("Anna");
    const target = tempFolder();
    await run(folder, "backup", join(target, "a.tar"));
    const inside = join(target, "inside");
    mkdirSync(inside);
    await extract({ file: join(target, "a.tar"), cwd: inside });
    return inside;
  }

  it.each<[string, (inside: string) => void, string[], string]>([
    [
      "a changed database",
      (inside) => appendFileSync(join(inside, "faces2mqtt.db"), "x"),
      ["manifest.json", "faces2mqtt.db"],
      "checksum",
    ],
    ["no database", () => undefined, ["manifest.json"], "faces2mqtt.db is missing"],
    ["no manifest", () => undefined, ["faces2mqtt.db"], "manifest.json"],
    [
      "a manifest of something else",
      (inside) => writeFileSync(join(inside, "manifest.json"), "{}"),
      ["manifest.json", "faces2mqtt.db"],
      "manifest.json",
    ],
  ])("is refused: %s", async (_, change, names, reason) => {
    const inside = await unpacked();
    change(inside);
    const file = join(tempFolder(), "b.tar");
    await create({ file, cwd: inside }, names);
    const target = join(tempFolder(), "new");
    expect(await run(target, "restore", file)).toMatchObject({ code: 1, err: expect.stringContaining(reason) });
    expect(readdirSync(target).filter((name) => !name.startsWith("faces2mqtt.lock"))).toEqual([]);
  });

  it("is refused when it is no archive at all", async () => {
    const file = join(tempFolder(), "b.tar");
    writeFileSync(file, "not a tar file, ".repeat(100));
    expect(await run(join(tempFolder(), "new"), "restore", file)).toMatchObject({ code: 1 });
  });

  it("writes nothing outside the data folder, and no links", async () => {
    const inside = await unpacked();
    const outside = join(tempFolder(), "outside.txt");
    writeFileSync(outside, "evil");
    const file = join(tempFolder(), "b.tar");
    await create({ file, cwd: inside, preservePaths: true }, ["manifest.json", "faces2mqtt.db", outside]);
    writeFileSync(outside, "good");
    const target = join(tempFolder(), "new");
    expect(await run(target, "restore", file)).toMatchObject({ code: 0 });
    expect(readFileSync(outside, "utf8")).toBe("good");
    expect(
      readdirSync(target)
        .sort()
        .filter((name) => !name.startsWith("faces2mqtt.lock")),
    ).toEqual(["faces2mqtt.db"]);
  });
});
