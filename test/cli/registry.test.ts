import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import { systemClock } from "../../src/domain/clock.ts";
import { lockDataFolder } from "../../src/store/file/lock.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeEncoding } from "../make/encoding.ts";
import { makeTerminal } from "./make-terminal.ts";

async function run(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = makeTerminal({ FACES2MQTT_DATA_DIR: folder });
  const code = await runCommandLine(args, terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

/** A registry file with, for each person, encodings made from the seeds. */
function writeRegistry(people: Record<string, number[]>): string {
  const file = join(tempFolder(), "registry.json");
  const toPerson = ([name, seeds]: [string, number[]]) => [
    name,
    { embeddings: seeds.map((seed) => ({ source: `${seed}.jpg`, encoding: [...makeEncoding(seed)] })) },
  ];
  writeFileSync(file, JSON.stringify({ people: Object.fromEntries(Object.entries(people).map(toPerson)) }));
  return file;
}

/** Encodings by person, as the database has them. */
async function enrolled(folder: string): Promise<Record<string, number>> {
  const store = await openStore({ folder, clock: systemClock });
  const people = await store.registry();
  await store.close();
  return Object.fromEntries(people.map((person) => [person.name, person.encodings.length]));
}

describe("import-registry", () => {
  it("adds people and encodings, keeps who is there, and does nothing twice", async () => {
    const folder = join(tempFolder(), "data");
    expect(await run(folder, "import-registry", writeRegistry({ Łukasz: [1, 2], Anna: [3] }))).toMatchObject({
      code: 0,
    });
    const more = writeRegistry({ Anna: [3, 4], Bob: [5] });
    const first = await run(folder, "import-registry", more, "--merge");
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toBe("Bob: new, 1 encoding\nAnna: 1 encoding added\n");
    expect(await enrolled(folder)).toEqual({ Łukasz: 2, Anna: 2, Bob: 1 });
    expect((await run(folder, "import-registry", more)).out).toBe("nothing to change\n");
    const written: unknown = JSON.parse(readFileSync(join(folder, "face_registry.json"), "utf8"));
    expect(Object.keys((written as { people: object }).people).sort()).toEqual(["Anna", "Bob", "Łukasz"]);
  });

  it("makes the registry equal to the file with --replace", async () => {
    const folder = join(tempFolder(), "data");
    await run(folder, "import-registry", writeRegistry({ Łukasz: [1, 2], Anna: [3] }));
    expect(await run(folder, "import-registry", writeRegistry({ Łukasz: [1], Bob: [5] }), "--replace")).toMatchObject({
      code: 0,
    });
    expect(await enrolled(folder)).toEqual({ Łukasz: 1, Bob: 1 });
  });

  it("changes nothing in a dry run, and says what it would", async () => {
    const folder = join(tempFolder(), "data");
    await run(folder, "import-registry", writeRegistry({ Anna: [3] }));
    const { code, out } = await run(folder, "import-registry", writeRegistry({ Bob: [5] }), "--replace", "--dry-run");
    expect(code).toBe(0);
    expect(out).toBe("Bob: new, 1 encoding\nAnna: removed, the faces become unassigned\n");
    expect(await enrolled(folder)).toEqual({ Anna: 1 });
  });

  it("refuses a bad file whole, and a folder that a daemon is running on", async () => {
    const folder = join(tempFolder(), "data");
    const bad = join(tempFolder(), "bad.json");
    writeFileSync(bad, '{"people": {"Anna": {"embeddings": [{"encoding": [1, 2]}]}}}');
    expect(await run(folder, "import-registry", bad)).toMatchObject({
      code: 1,
      err: `faces2mqtt: ${bad} is wrong at people["Anna"].embeddings[0]: it must have 128 numbers, has 2\n`,
    });
    expect(existsSync(folder)).toBe(false);
    const lock = lockDataFolder(folder);
    expect(await run(folder, "import-registry", writeRegistry({ Anna: [1] }))).toMatchObject({ code: 2 });
    lock.release();
  });
});

describe("export-registry", () => {
  it("writes what import-registry reads, while a daemon is running", async () => {
    const folder = join(tempFolder(), "data");
    await run(folder, "import-registry", writeRegistry({ Łukasz: [1, 2], Anna: [3] }));
    const lock = lockDataFolder(folder);
    const file = join(tempFolder(), "out.json");
    expect(await run(folder, "export-registry", file)).toMatchObject({ code: 0, err: "" });
    lock.release();
    expect(statSync(file).mode & 0o077).toBe(0);
    const other = join(tempFolder(), "other");
    await run(other, "import-registry", file);
    expect(await enrolled(other)).toEqual({ Łukasz: 2, Anna: 1 });
    const first = JSON.parse(readFileSync(file, "utf8")) as {
      people: Record<string, { embeddings: { encoding: number[] }[] }>;
    };
    expect(Float32Array.from(first.people.Anna?.embeddings[0]?.encoding ?? [])).toEqual(makeEncoding(3));
  });

  it("says where nothing was ever kept", async () => {
    const folder = join(tempFolder(), "data");
    expect(await run(folder, "export-registry", join(tempFolder(), "a.json"))).toMatchObject({ code: 1 });
    expect(existsSync(folder)).toBe(false);
  });
});
