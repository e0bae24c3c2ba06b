import { describe, expect, it } from "vitest";
import { exportRegistry, planImport } from "../../src/registry/import-export.ts";
import { makeEncoding } from "../make/encoding.ts";
import { makeMemoryStore } from "./memory-store.ts";

const [anna, bob, carl] = [1, 2, 3].map(makeEncoding) as [Float32Array, Float32Array, Float32Array];

async function exported(people: Record<string, Float32Array[]>): Promise<string> {
  const store = makeMemoryStore();
  for (const [name, encodings] of Object.entries(people)) store.add(name, ...encodings);
  return await exportRegistry(store);
}

describe("the registry, out and in again", () => {
  it("gives the same people on a fresh database", async () => {
    const text = await exported({ Anna: [anna, bob], Łukasz: [carl] });
    const store = makeMemoryStore();
    const { edit, preview } = await planImport(text, store, "merge");
    await store.applyRegistryEdit(edit);
    expect(preview).toEqual(["Anna: new, 2 encodings", "Łukasz: new, 1 encoding"]);
    expect(await exportRegistry(store)).toBe(text);
  });

  it("merged only adds; replaced also removes, and says so", async () => {
    const store = makeMemoryStore();
    store.add("Anna", anna, bob);
    store.add("Bob", bob);
    const text = await exported({ Anna: [anna, carl] });
    const merged = await planImport(text, store, "merge");
    expect(merged.preview).toEqual(["Anna: 1 encoding added"]);
    const replaced = await planImport(text, store, "replace");
    expect(replaced.preview).toEqual([
      "Anna: 1 encoding added, 1 encoding removed",
      "Bob: removed, the faces become unassigned",
    ]);
    await store.applyRegistryEdit(replaced.edit);
    expect(store.names()).toEqual(["Anna"]);
    expect((await planImport(text, store, "replace")).preview).toEqual([]);
  });

  it("says what is wrong with a text that is no registry", async () => {
    await expect(planImport('{"people":{"A":{}}}', makeMemoryStore(), "merge")).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining('"embeddings"'),
    });
  });

  it("says of whom it would bring back that they were erased", async () => {
    const store = makeMemoryStore();
    store.add("Anna", anna);
    const text = await exportRegistry(store);
    store.erase("Anna", new Date("2026-02-18T10:00:00Z"));
    expect((await planImport(text, store, "merge")).preview).toEqual([
      "Anna: new, 1 encoding; was erased on 2026-02-18T10:00:00.000Z",
    ]);
  });

  it("can be of one person", async () => {
    const store = makeMemoryStore();
    store.add("Anna", anna);
    const { personId } = store.add("Bob", bob);
    expect(Object.keys(JSON.parse(await exportRegistry(store, personId)).people)).toEqual(["Bob"]);
  });
});
