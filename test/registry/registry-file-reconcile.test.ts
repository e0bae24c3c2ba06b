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
import { digestOf } from "../../src/registry/own-texts.ts";
import { makeEncoding } from "../make/encoding.ts";
import { GARBAGE } from "./garbage.ts";
import { comesTrue, type OpenRegistry, openRegistry, toEmbedding } from "./open-registry.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(2);

/** As if it had been saved long ago. */
function age(file: string): void {
  utimesSync(file, 1_700_000_000, 1_700_000_000);
}

/** The same folder and database, after a restart. */
async function restarted(before: OpenRegistry, meanwhile: () => unknown): Promise<OpenRegistry> {
  await before.registry.stop();
  await meanwhile();
  if (existsSync(before.file)) age(before.file);
  const after = await openRegistry({ folder: before.folder, people: before });
  await after.registry.start();
  return after;
}

async function started() {
  const one = await openRegistry();
  await one.add("Anna", anna);
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
    const { names, save, file, registry, read } = await openRegistry();
    save({ people: { Anna: { embeddings: [toEmbedding(anna)] } } });
    age(file);
    await registry.start();
    expect(await names()).toEqual(["Anna"]);
    expect(read().people.Anna?.embeddings[0]).toMatchObject({ source: "frames/theirs.jpg", count: 1 });
  });

  it("missing, is written again: no person is removed", async () => {
    const { file, ...before } = await started();
    const { names, read } = await restarted({ file, ...before }, () => rmSync(file));
    expect(await names()).toEqual(["Anna"]);
    expect(Object.keys(read().people)).toEqual(["Anna"]);
  });

  it("equal to what was written, is written from the database", async () => {
    const before = await started();
    const { read, edits } = await restarted(before, () => before.add("Bob", bob));
    expect(Object.keys(read().people)).toEqual(["Anna", "Bob"]);
    expect(edits).toEqual([]);
  });

  it("edited while nothing ran, is merged with what the database got since", async () => {
    const before = await started();
    const { names, read } = await restarted(before, async () => {
      await before.add("Bob", bob);
      const json = before.read();
      json.people.Carl = { embeddings: [toEmbedding(makeEncoding(3))] };
      delete json.people.Anna;
      before.save(json);
    });
    expect(await names()).toEqual(["Bob", "Carl"]);
    expect(Object.keys(read().people)).toEqual(["Bob", "Carl"]);
  });

  it("keeps keys that are not ours, also when the file was lost", async () => {
    const before = await started();
    const json = before.read();
    json.version = 3;
    Object.assign(json.people.Anna ?? {}, { color: "red" });
    Object.assign(json.people.Anna?.embeddings[0] ?? {}, { quality: 0.9 });
    const second = await restarted(before, () => before.save(json));
    const third = await restarted(second, async () => {
      await second.rename("Anna", "Anne");
      rmSync(second.file);
    });
    const { version, people } = third.read();
    expect(version).toBe(3);
    expect(people.Anne).toMatchObject({ color: "red", embeddings: [{ quality: 0.9 }] });
  });

  it.each(GARBAGE)(
    "holding %s, goes into quarantine and is reported, and the people stay",
    async (_what, bytes, message) => {
      const before = await started();
      const after = await restarted(before, () => writeFileSync(before.file, bytes));
      expect(await after.names()).toEqual(["Anna"]);
      expect(Object.keys(after.read().people)).toEqual(["Anna"]);
      const [kept] = after.rejected();
      expect(readFileSync(`${after.folder}/${kept}`)).toEqual(Buffer.from(bytes));
      expect(after.problems.at(-1)).toMatch(message);
      expect(after.problems.at(-1)).toContain(kept);
    },
  );

  it("far too large, or no file at all, goes into quarantine without being read", async () => {
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

  it("leaves nothing in quarantine when a person is erased", async () => {
    const before = await started();
    const after = await restarted(before, () => before.save("nonsense about Anna"));
    expect(after.rejected()).toHaveLength(1);
    await after.registry.dropQuarantine();
    expect(after.rejected()).toEqual([]);
    expect(after.problems.at(-1)).toBeNull();
  });

  it("is no problem any more once the file in quarantine has been removed", async () => {
    const before = await started();
    const after = await restarted(before, () => before.save("nonsense"));
    for (const name of after.rejected()) rmSync(`${after.folder}/${name}`);
    expect(await comesTrue(() => after.problems.at(-1) === null)).toBe(true);
  });

  it("with a text that was being written says nothing, whatever the database got since; the same text of another program does", async () => {
    const before = await started();
    await before.add("Bob", bob);
    await before.write();
    const text = readFileSync(before.file, "utf8");
    // As after a power cut that took the rename back: the later text was begun, and never settled.
    const after = await restarted(before, async () => {
      await before.remove("Bob");
      const { digests } = await before.store.registryRecord();
      await before.store.saveRegistryRecord({ digests: [...digests, digestOf("the later text")] });
    });
    expect(await after.names()).toEqual(["Anna"]);
    expect(Object.keys(after.read().people)).toEqual(["Anna"]);
    expect(after.edits).toEqual([]);
    // The control: printed by another program it is an edit.
    const control = await restarted(after, () => after.save(JSON.parse(text)));
    expect(await control.names()).toEqual(["Anna", "Bob"]);
  });

  it("with an older text of ours, put back while nothing ran, is an edit", async () => {
    const before = await started();
    const text = readFileSync(before.file, "utf8");
    await before.add("Bob", bob);
    await before.write();
    const after = await restarted(before, () => before.save(text));
    expect(await after.names()).toEqual(["Anna"]);
  });

  it("with an older text of ours, put back while we run, is an edit", async () => {
    const open = await started();
    const text = readFileSync(open.file, "utf8");
    await open.add("Bob", bob);
    await open.write();
    open.save(text);
    expect(await comesTrue(async () => (await open.names()).join() === "Anna")).toBe(true);
  });

  it("is recognized by the note of version 0.1.0, and by neither note when that is lost", async () => {
    const before = await started();
    const written = readFileSync(before.file, "utf8");
    const note = JSON.stringify({ written: "{}", pending: written });
    const after = await restarted(before, async () => {
      await before.store.saveRegistryRecord({ digests: [], mergeBase: note });
      await before.remove("Anna");
    });
    expect(await after.names()).toEqual([]);
    expect(after.read().people).toEqual({});
    // The control: without a note it is an edit that adds all who are in it.
    const control = await restarted(after, async () => {
      await after.store.saveRegistryRecord({ digests: [], mergeBase: null });
      after.save(written);
    });
    expect(await control.names()).toEqual(["Anna"]);
  });

  it("from before a person was erased does not bring them back; saved since, it does, and that is reported", async () => {
    const before = await started();
    // Killed right after the erasure: gone from the database, still in the file; and that saved by another program.
    const after = await restarted(before, async () => {
      await before.remove("Anna", "erase");
      before.save(before.read());
    });
    expect(await after.names()).toEqual([]);
    expect(Object.keys(after.read().people)).toEqual([]);
    expect(after.problems).toEqual([]);

    after.save({ people: { Anna: { embeddings: [toEmbedding(anna)] } } });
    expect(await comesTrue(async () => (await after.names()).includes("Anna"))).toBe(true);
    expect(await comesTrue(() => after.problems.at(-1)?.includes("Anna") === true)).toBe(true);
    await after.registry.dropQuarantine();
    expect(after.problems.at(-1)).toBeNull();
  });

  it("takes in what another program had saved into a replaced copy that a crash left, and clears up", async () => {
    const before = await started();
    const json = before.read();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    const after = await restarted(before, () => {
      writeFileSync(`${before.file}.replaced.0a1b.${digestOf("what it had")}`, JSON.stringify(json));
      writeFileSync(`${before.file}.tmp.0a1b`, "half");
      // Of version 0.1.0: nothing says whether it is an edit or a text of ours.
      writeFileSync(`${before.file}.aside.0a1b`, JSON.stringify({ people: {} }));
    });
    expect(await after.names()).toEqual(["Anna", "Bob"]);
    expect(readdirSync(after.folder)).toEqual(["face_registry.json"]);
    expect(Object.keys(after.read().people)).toEqual(["Anna", "Bob"]);
  });

  it("finds nothing in a replaced copy with the text that its name says", async () => {
    const before = await started();
    const text = JSON.stringify({ people: {} });
    const after = await restarted(before, () => {
      writeFileSync(`${before.file}.replaced.0a1b.${digestOf(text)}`, text);
    });
    expect(await after.names()).toEqual(["Anna"]);
    expect(readdirSync(after.folder)).toEqual(["face_registry.json"]);
  });
});
