import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { describe, expect, it } from "vitest";
import { makeEncoding } from "../make/encoding.ts";
import { GARBAGE } from "./garbage.ts";
import { comesTrue, openRegistry, toEmbedding } from "./open-registry.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(2);

/** As if it had been saved long ago. */
function age(file: string): void {
  utimesSync(file, 1_700_000_000, 1_700_000_000);
}

/** The same folder and database, after a restart. */
async function restarted(before: ReturnType<typeof openRegistry>, meanwhile: () => unknown) {
  await before.registry.stop();
  await meanwhile();
  if (existsSync(before.file)) age(before.file);
  const after = openRegistry({ folder: before.folder, store: before.store });
  await after.registry.start();
  return after;
}

async function started() {
  const one = openRegistry();
  one.store.add("Anna", anna);
  await one.registry.start();
  return one;
}

describe("the registry file at start", () => {
  it("is written where there is none", async () => {
    const { read, file, folder } = await started();
    expect(Object.keys(read().people)).toEqual(["Anna"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["face_registry.json"]);
  });

  it("gives its people to an empty database", async () => {
    const { store, save, file, registry, read } = openRegistry();
    save({ people: { Anna: { embeddings: [toEmbedding(anna)] } } });
    age(file);
    await registry.start();
    expect(store.names()).toEqual(["Anna"]);
    expect(read().people.Anna?.embeddings[0]).toMatchObject({ source: "frames/theirs.jpg", count: 1 });
  });

  it("missing, is written again: nobody is removed", async () => {
    const { file, ...before } = await started();
    const { store, read } = await restarted({ file, ...before }, () => rmSync(file));
    expect(store.names()).toEqual(["Anna"]);
    expect(Object.keys(read().people)).toEqual(["Anna"]);
  });

  it("equal to what was written, is written from the database", async () => {
    const before = await started();
    const { read, store } = await restarted(before, () => before.store.add("Bob", bob));
    expect(Object.keys(read().people)).toEqual(["Anna", "Bob"]);
    expect(store.edits).toEqual([]);
  });

  it("edited while nothing ran, is merged with what the database got since", async () => {
    const before = await started();
    const { store, read } = await restarted(before, () => {
      before.store.add("Bob", bob);
      const json = before.read();
      json.people.Carl = { embeddings: [toEmbedding(makeEncoding(3))] };
      delete json.people.Anna;
      before.save(json);
    });
    expect(store.names()).toEqual(["Bob", "Carl"]);
    expect(Object.keys(read().people)).toEqual(["Bob", "Carl"]);
  });

  it("keeps keys that are not ours, also when the file was lost", async () => {
    const before = await started();
    const json = before.read();
    json.version = 3;
    Object.assign(json.people.Anna ?? {}, { color: "red" });
    Object.assign(json.people.Anna?.embeddings[0] ?? {}, { quality: 0.9 });
    const second = await restarted(before, () => before.save(json));
    const third = await restarted(second, () => {
      second.store.rename("Anna", "Anne");
      rmSync(second.file);
    });
    const { version, people } = third.read();
    expect(version).toBe(3);
    expect(people.Anne).toMatchObject({ color: "red", embeddings: [{ quality: 0.9 }] });
  });

  it.each(GARBAGE)("holding %s, is set aside and told, and the people stay", async (_what, bytes, told) => {
    const before = await started();
    const after = await restarted(before, () => writeFileSync(before.file, bytes));
    expect(after.store.names()).toEqual(["Anna"]);
    expect(Object.keys(after.read().people)).toEqual(["Anna"]);
    const [kept] = after.rejected();
    expect(readFileSync(`${after.folder}/${kept}`)).toEqual(Buffer.from(bytes));
    expect(after.problems.at(-1)).toMatch(told);
    expect(after.problems.at(-1)).toContain(kept);
  });

  it("far too large, or no file at all, is set aside without being read", async () => {
    const before = await started();
    const second = await restarted(before, () => truncateSync(before.file, 3e9));
    expect(second.problems.at(-1)).toMatch(/too large/);
    const third = await restarted(second, () => {
      rmSync(second.file);
      mkdirSync(second.file);
    });
    expect(third.problems.at(-1)).toMatch(/not a regular file/);
    expect(Object.keys(third.read().people)).toEqual(["Anna"]);
  });

  it("leaves nothing set aside when somebody is erased", async () => {
    const before = await started();
    const after = await restarted(before, () => before.save("nonsense about Anna"));
    expect(after.rejected()).toHaveLength(1);
    await after.registry.dropRejected();
    expect(after.rejected()).toEqual([]);
    expect(after.problems.at(-1)).toBeNull();
  });

  it("is no problem any more once what was set aside has been looked at and removed", async () => {
    const before = await started();
    const after = await restarted(before, () => before.save("nonsense"));
    for (const name of after.rejected()) rmSync(`${after.folder}/${name}`);
    expect(await comesTrue(() => after.problems.at(-1) === null)).toBe(true);
  });

  it("is recognized as ours after a crash between writing it and noting that it was written", async () => {
    const before = await started();
    const noted = await before.store.rememberedRegistry();
    before.store.add("Bob", bob);
    // Dies right before the second note: the database still has the first.
    let notes: string[] = [];
    const { rememberRegistry } = before.store;
    before.store.rememberRegistry = async (text) => {
      notes = [...notes, text];
    };
    await before.registry.write();
    before.store.rememberRegistry = rememberRegistry;
    expect(notes).toHaveLength(2);
    await rememberRegistry(String(notes[0]));
    // Somebody erased Bob in the database meanwhile; the file must not bring him back.
    const after = await restarted(before, () => before.store.remove("Bob"));
    expect(after.store.names()).toEqual(["Anna"]);
    expect(Object.keys(after.read().people)).toEqual(["Anna"]);
    // The control: with only the older note the file looks like somebody's edit.
    await before.store.rememberRegistry(String(noted));
    const control = await restarted(after, () => after.save(JSON.parse(JSON.parse(String(notes[0])).pending)));
    expect(control.store.names()).toEqual(["Anna", "Bob"]);
  });

  it("from before somebody was erased does not bring them back; saved since, it does, and that is told", async () => {
    const before = await started();
    // Killed right after the erasure: gone from the database and its notes, still in the file.
    const after = await restarted(before, () => {
      before.store.erase("Anna", new Date());
      return before.store.rememberRegistry("{}");
    });
    expect(after.store.names()).toEqual([]);
    expect(Object.keys(after.read().people)).toEqual([]);
    expect(after.problems).toEqual([]);

    after.save({ people: { Anna: { embeddings: [toEmbedding(anna)] } } });
    expect(await comesTrue(() => after.store.names().includes("Anna"))).toBe(true);
    expect(await comesTrue(() => after.problems.at(-1)?.includes("Anna") === true)).toBe(true);
    await after.registry.dropRejected();
    expect(after.problems.at(-1)).toBeNull();
  });

  it("takes in what a crash left in a replaced file, and clears up", async () => {
    const before = await started();
    const json = before.read();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    const after = await restarted(before, () => {
      writeFileSync(`${before.file}.aside.0a1b`, JSON.stringify(json));
      writeFileSync(`${before.file}.tmp.0a1b`, "half");
    });
    expect(after.store.names()).toEqual(["Anna", "Bob"]);
    expect(readdirSync(after.folder)).toEqual(["face_registry.json"]);
    expect(Object.keys(after.read().people)).toEqual(["Anna", "Bob"]);
  });
});
