import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { FacesError } from "../../src/domain/errors.ts";
import type { WriteSome } from "../../src/registry/write-atomic.ts";
import { makeEncoding } from "../make/encoding.ts";
import { makeMemoryStore } from "./memory-store.ts";
import { comesTrue, openRegistry, toEmbedding } from "./open-registry.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(2);

async function started(...args: Parameters<typeof openRegistry>) {
  const one = openRegistry(...args);
  one.store.add("Anna", anna);
  await one.registry.start();
  return one;
}

describe("the registry file while the daemon runs", () => {
  it("gets our ids after an edit, and keeps the keys of others", async () => {
    const { read, save, store } = await started();
    const json = read();
    json.theme = "dark";
    json.people.Bob = { since: 2019, embeddings: [{ ...toEmbedding(bob), blur: 0.1 }] };
    save(json);
    expect(await comesTrue(() => read().people.Bob?.embeddings[0]?.id !== undefined)).toBe(true);
    expect(read().theme).toBe("dark");
    expect(read().people.Bob).toMatchObject({ since: 2019, embeddings: [{ blur: 0.1, count: 1 }] });
    store.rename("Bob", "Robert");
    expect(store.names()).toEqual(["Anna", "Robert"]);
  });

  it("keeps the keys of others through a rename here", async () => {
    const { read, save, store, registry } = await started();
    const json = read();
    Object.assign(json.people.Anna ?? {}, { color: "red" });
    save(json);
    store.rename("Anna", "Anne");
    await registry.write();
    expect(read().people.Anne).toMatchObject({ color: "red" });
  });

  it("is left alone when a program prints it its own way, however often", async () => {
    const { read, save, file, store } = await started();
    for (let n = 0; n < 3; n++) {
      const { people } = read();
      const [embedding] = people.Anna?.embeddings ?? [];
      const encoding = embedding?.encoding.map((value) => Number(value.toFixed(6))) ?? [];
      save({ people: { Anna: { embeddings: [{ source: "", encoding }] } }, n });
      const { mtimeMs } = statSync(file);
      await pause(900);
      expect(statSync(file).mtimeMs).toBe(mtimeMs);
    }
    expect(store.edits).toEqual([]);
  });

  it("renamed in its keys, renames people", async () => {
    const { read, save, store } = await started();
    const { Anna } = read().people;
    save({ people: { Anne: Anna } }, "rename");
    expect(await comesTrue(() => store.names().join() === "Anne")).toBe(true);
    expect((await store.registry())[0]?.personId).toBe("anna");
  });

  it("removed, is written again", async () => {
    const { file, folder, store, read } = await started();
    rmSync(file);
    expect(await comesTrue(() => readdirSync(folder).includes("face_registry.json"))).toBe(true);
    expect(Object.keys(read().people)).toEqual(["Anna"]);
    expect(store.names()).toEqual(["Anna"]);
  });

  it("not valid for good, is set aside once, told, and is well again after the next good edit", async () => {
    const { file, save, read, rejected, problems, store } = await started();
    writeFileSync(file, '{"people": {"Bob": ');
    expect(await comesTrue(() => rejected().length === 1 && readFileSync(file, "utf8").includes("Anna"), 4_000)).toBe(
      true,
    );
    expect(problems).toEqual([expect.stringContaining("not JSON")]);
    const json = read();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    save(json);
    expect(await comesTrue(() => store.names().includes("Bob") && problems.at(-1) === null)).toBe(true);
    expect(rejected()).toHaveLength(1);
  });

  it("with a name that the database will not have, is set aside", async () => {
    const { save, read, rejected, problems, store } = await started();
    const json = read();
    json.people.anna_2 = { embeddings: [] };
    store.applyRegistryEdit = async () => {
      throw new FacesError("INVALID_NAME", '"anna_2" is somebody\'s id');
    };
    save(json);
    expect(await comesTrue(() => problems.at(-1)?.includes("somebody's id") === true, 4_000)).toBe(true);
    expect(rejected()).toHaveLength(1);
    expect(await comesTrue(() => Object.keys(read().people).join() === "Anna")).toBe(true);
  });

  it("takes in a save that ends only after we have replaced the file under it", async () => {
    const { file, folder, store, registry, read } = await started();
    const json = read();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    const text = JSON.stringify(json);
    const descriptor = openSync(file, "w");
    writeSync(descriptor, text.slice(0, 100));
    store.add("Carl", makeEncoding(3));
    await registry.write();
    expect(Object.keys(read().people)).toEqual(["Anna", "Carl"]);
    writeSync(descriptor, text.slice(100));
    closeSync(descriptor);
    expect(await comesTrue(() => store.names().join() === "Anna,Bob,Carl")).toBe(true);
    expect(await comesTrue(() => Object.keys(read().people).join() === "Anna,Bob,Carl")).toBe(true);
    expect(await comesTrue(() => readdirSync(folder).length === 1)).toBe(true);
  });

  it("saved from what it said before our last write, keeps our change too", async () => {
    const { store, registry, read, save } = await started();
    const json = read();
    store.add("Carl", makeEncoding(3));
    await registry.write();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    save(json);
    expect(await comesTrue(() => Object.keys(read().people).join() === "Anna,Bob,Carl")).toBe(true);
    expect(store.names()).toEqual(["Anna", "Bob", "Carl"]);
  });

  it("saved without a person who was only just added, removes them", async () => {
    const { store, registry, read, save } = await started();
    store.add("Carl", makeEncoding(3));
    await registry.write();
    const json = read();
    delete json.people.Carl;
    save(json);
    expect(await comesTrue(() => store.names().join() === "Anna")).toBe(true);
  });

  it("gives in to a program that insists on its state, instead of quarrelling for ever", async () => {
    const { store, registry, file, save, read } = await started();
    const json = read();
    store.add("Carl", makeEncoding(3));
    await registry.write();
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
    expect(store.names()).toEqual(["Anna"]);
  });

  it("shares one write among those who ask while one is waiting", async () => {
    const store = makeMemoryStore();
    let notes = 0;
    const { rememberRegistry } = store;
    store.rememberRegistry = (text) => {
      notes++;
      return rememberRegistry(text);
    };
    const { registry, read } = await started({ store });
    notes = 0;
    store.add("Bob", bob);
    await Promise.all(Array.from({ length: 50 }, () => registry.write()));
    expect(Object.keys(read().people)).toEqual(["Anna", "Bob"]);
    expect(notes).toBe(2);
  });

  it("does not wait in a circle with changes that wait for it", async () => {
    const store = makeMemoryStore();
    let changes: Promise<unknown> = Promise.resolve();
    const inTurn = (work: () => Promise<unknown>) => {
      changes = changes.then(work);
      return changes;
    };
    const { registry, save, read } = await started({
      store,
      // As the flow does it: one change after another, each ends with a write.
      applyEdit: (edit) => inTurn(() => store.applyRegistryEdit(edit).then(() => registry.write())),
    });
    const json = read();
    json.people.Bob = { embeddings: [toEmbedding(bob)] };
    save(json);
    let added = 0;
    while (!store.names().includes("Bob")) {
      const name = `Carl ${++added}`;
      await inTurn(async () => {
        store.add(name, makeEncoding(100 + added));
        await registry.write();
      });
      await pause(5);
    }
    expect(await comesTrue(() => Object.keys(read().people).length === added + 2)).toBe(true);
  }, 10_000);

  it("stays as it was on a full disk, which is told, and is written when there is room again", async () => {
    let full = false;
    const writeSome: WriteSome = async (handle, bytes, offset) => {
      if (full && offset > 0) throw new Error("ENOSPC: no space left on device");
      return (await handle.write(bytes, offset, Math.min(50, bytes.length - offset))).bytesWritten;
    };
    const { registry, store, read, problems, folder } = await started({ writeSome });
    full = true;
    store.add("Bob", bob);
    await registry.write();
    expect(Object.keys(read().people)).toEqual(["Anna"]);
    expect(readdirSync(folder)).toEqual(["face_registry.json"]);
    expect(problems.at(-1)).toContain("ENOSPC");
    full = false;
    expect(await comesTrue(() => Object.keys(read().people).length === 2, 8_000)).toBe(true);
    expect(await comesTrue(() => problems.at(-1) === null)).toBe(true);
  });
});
