import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import PQueue from "p-queue";
import { describe, expect, it } from "vitest";
import type { WriteSome } from "../../src/registry/write-atomic.ts";
import type { RegistryEdit } from "../../src/store/port.ts";
import { makeEncoding } from "../make/encoding.ts";
import { comesTrue, openPeople, openRegistry, toEmbedding } from "./open-registry.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(2);

async function started(...args: Parameters<typeof openRegistry>) {
  const one = await openRegistry(...args);
  await one.add("Anna", anna);
  await one.registry.start();
  return one;
}

describe("the registry file while the daemon runs", () => {
  it("gets our ids after an edit, and keeps the keys of others", async () => {
    const { read, save, rename, names } = await started();
    const json = read();
    json.theme = "dark";
    json.people.Bob = { since: 2019, embeddings: [{ ...toEmbedding(bob), blur: 0.1 }] };
    save(json);
    expect(await comesTrue(() => read().people.Bob?.embeddings[0]?.id !== undefined)).toBe(true);
    expect(read().theme).toBe("dark");
    expect(read().people.Bob).toMatchObject({ since: 2019, embeddings: [{ blur: 0.1, count: 1 }] });
    await rename("Bob", "Robert");
    expect(await names()).toEqual(["Anna", "Robert"]);
  });

  it("keeps the keys of others through a rename here", async () => {
    const { read, save, rename, write } = await started();
    const json = read();
    Object.assign(json.people.Anna ?? {}, { color: "red" });
    save(json);
    await rename("Anna", "Anne");
    await write();
    expect(read().people.Anne).toMatchObject({ color: "red" });
  });

  it("is left alone when a program prints it its own way, however often", async () => {
    const { read, save, file, edits } = await started();
    for (let n = 0; n < 3; n++) {
      const { people } = read();
      const [embedding] = people.Anna?.embeddings ?? [];
      const encoding = embedding?.encoding.map((value) => Number(value.toFixed(6))) ?? [];
      save({ people: { Anna: { embeddings: [{ source: "", encoding }] } }, n });
      const { mtimeMs } = statSync(file);
      await pause(900);
      expect(statSync(file).mtimeMs).toBe(mtimeMs);
    }
    expect(edits).toEqual([]);
  });

  it("renamed in its keys, renames people", async () => {
    const { read, save, store, names } = await started();
    const { Anna } = read().people;
    save({ people: { Anne: Anna } }, "rename");
    expect(await comesTrue(async () => (await names()).join() === "Anne")).toBe(true);
    expect((await store.registry())[0]?.personId).toBe("anna");
  });

  it("removed, is written again", async () => {
    const { file, folder, names, read } = await started();
    rmSync(file);
    expect(await comesTrue(() => readdirSync(folder).includes("face_registry.json"))).toBe(true);
    expect(Object.keys(read().people)).toEqual(["Anna"]);
    expect(await names()).toEqual(["Anna"]);
  });

  it("not valid for good, goes into quarantine once, is reported, and is well again after the next good edit", async () => {
    const { file, save, read, rejected, problems, names } = await started();
    writeFileSync(file, '{"people": {"Bob": ');
    expect(await comesTrue(() => rejected().length === 1 && readFileSync(file, "utf8").includes("Anna"), 4_000)).toBe(
      true,
    );
    expect(problems).toEqual([expect.stringContaining("not JSON")]);
    const json = read();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    save(json);
    expect(await comesTrue(async () => (await names()).includes("Bob") && problems.at(-1) === null)).toBe(true);
    expect(rejected()).toHaveLength(1);
  });

  it("with a name that the database rejects, goes into quarantine", async () => {
    const { add, rename, save, read, rejected, problems } = await started();
    // A person keeps the id when renamed, and an id is no name.
    await add("Zoe", bob);
    await rename("Zoe", "Bob");
    save({ people: { ...read().people, zoe: { embeddings: [] } } });
    expect(await comesTrue(() => problems.at(-1)?.includes("is the id of Bob") === true, 4_000)).toBe(true);
    expect(rejected()).toHaveLength(1);
    expect(await comesTrue(() => Object.keys(read().people).join() === "Anna,Bob")).toBe(true);
  });

  it("takes in a save that ends only after we have replaced the file under it", async () => {
    const { file, folder, add, names, write, read } = await started();
    const json = read();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    const text = JSON.stringify(json);
    const descriptor = openSync(file, "w");
    writeSync(descriptor, text.slice(0, 100));
    await add("Carl", makeEncoding(3));
    await write();
    expect(Object.keys(read().people)).toEqual(["Anna", "Carl"]);
    writeSync(descriptor, text.slice(100));
    closeSync(descriptor);
    expect(await comesTrue(async () => (await names()).join() === "Anna,Bob,Carl")).toBe(true);
    expect(await comesTrue(() => Object.keys(read().people).join() === "Anna,Bob,Carl")).toBe(true);
    expect(await comesTrue(() => readdirSync(folder).length === 1)).toBe(true);
  });

  it("saved from what it said before our last write, keeps our change too", async () => {
    const { add, names, write, read, save } = await started();
    const json = read();
    await add("Carl", makeEncoding(3));
    await write();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    save(json);
    expect(await comesTrue(() => Object.keys(read().people).join() === "Anna,Bob,Carl")).toBe(true);
    expect(await names()).toEqual(["Anna", "Bob", "Carl"]);
  });

  it("saved without a person who was only just added, removes that person", async () => {
    const { add, names, write, read, save } = await started();
    await add("Carl", makeEncoding(3));
    await write();
    const json = read();
    delete json.people.Carl;
    save(json);
    expect(await comesTrue(async () => (await names()).join() === "Anna")).toBe(true);
  });

  it("gives in to a program that insists on its state", async () => {
    const { add, names, write, file, save, read } = await started();
    const json = read();
    await add("Carl", makeEncoding(3));
    await write();
    const text = JSON.stringify(json);
    let saves = 0;
    for (const end = performance.now() + 6_000; performance.now() < end; await pause(50)) {
      if (readFileSync(file, "utf8") === text) continue;
      const { people } = read();
      if (Object.keys(people).join() === "Anna") continue;
      save(text);
      saves++;
    }
    expect(saves).toBeLessThan(8);
    expect(await names()).toEqual(["Anna"]);
  });

  it("is not written again by changes that leave people as they are", async () => {
    const { file, write } = await started();
    const { ino } = statSync(file);
    await Promise.all(Array.from({ length: 50 }, write));
    expect(statSync(file).ino).toBe(ino);
  });

  it("takes an edit in during a change that writes the file, both in one slot of the queue", async () => {
    const queue = new PQueue({ concurrency: 1 });
    const people = await openPeople();
    let running = 0;
    const applyEdit = async (edit: RegistryEdit) => {
      running = queue.pending;
      await people.store.applyRegistryEdit(edit);
    };
    const { registry, save, read } = await started({ people, queue, applyEdit });
    save({ people: { ...read().people, Bob: { embeddings: [toEmbedding(bob)] } } });
    await queue.add(async () => {
      await people.add("Carl", makeEncoding(3));
      await registry.write();
    });
    expect(running).toBe(1);
    expect(Object.keys(read().people)).toEqual(["Anna", "Bob", "Carl"]);
  });

  it("follows an undo, with the keys of others", async () => {
    const { store, write, names, read, save } = await started();
    save({ people: {}, ours: true });
    expect(await comesTrue(async () => (await names()).length === 0)).toBe(true);
    await store.undo();
    await write();
    expect(read()).toMatchObject({ ours: true, people: { Anna: { embeddings: [{ source: "frames/a.jpg" }] } } });
    expect((await store.registry())[0]?.encodings[0]?.encoding).toEqual(anna);
  });

  it("stays as it was on a full disk, which is reported, and is written when there is room again", async () => {
    let full = false;
    const writeSome: WriteSome = async (handle, bytes, offset) => {
      if (full && offset > 0) throw new Error("ENOSPC: no space left on device");
      return (await handle.write(bytes, offset, Math.min(50, bytes.length - offset))).bytesWritten;
    };
    const { write, add, read, problems, folder } = await started({ writeSome });
    full = true;
    await add("Bob", bob);
    await write();
    expect(Object.keys(read().people)).toEqual(["Anna"]);
    expect(readdirSync(folder)).toEqual(["face_registry.json"]);
    expect(problems.at(-1)).toContain("ENOSPC");
    full = false;
    expect(await comesTrue(() => Object.keys(read().people).length === 2, 8_000)).toBe(true);
    expect(await comesTrue(() => problems.at(-1) === null)).toBe(true);
  });
});
