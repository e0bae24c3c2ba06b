import { describe, expect, it } from "vitest";
import { exportPerson, exportRegistry, planImport } from "../../src/registry/import-export.ts";
import { makeEncoding } from "../make/encoding.ts";
import { openPeople } from "./open-registry.ts";

const [anna, bob, carl] = [1, 2, 3].map(makeEncoding) as [Float32Array, Float32Array, Float32Array];

async function exported(people: Record<string, Float32Array[]>): Promise<string> {
  const { store, add } = await openPeople();
  for (const [name, encodings] of Object.entries(people)) await add(name, ...encodings);
  return await exportRegistry(store);
}

describe("the registry, out and in again", () => {
  it("gives the same people on a fresh database", async () => {
    const text = await exported({ Anna: [anna, bob], Łukasz: [carl] });
    const { store } = await openPeople();
    const { edit, preview } = await planImport(text, store, "merge");
    await store.applyRegistryEdit(edit);
    expect(preview).toEqual(["Anna: new, 2 encodings", "Łukasz: new, 1 encoding"]);
    expect(await exportRegistry(store)).toBe(text);
  });

  it("merged only adds; replaced also removes, and says so", async () => {
    const { store, add, names } = await openPeople();
    await add("Anna", anna, bob);
    await add("Bob", bob);
    const text = await exported({ Anna: [anna, carl] });
    const merged = await planImport(text, store, "merge");
    expect(merged.preview).toEqual(["Anna: 1 encoding added"]);
    const replaced = await planImport(text, store, "replace");
    expect(replaced.preview).toEqual([
      "Anna: 1 encoding added, 1 encoding removed",
      "Bob: removed, the faces become unassigned",
    ]);
    await store.applyRegistryEdit(replaced.edit);
    expect(await names()).toEqual(["Anna"]);
    expect((await planImport(text, store, "replace")).preview).toEqual([]);
  });

  it("says what is wrong with a text that is no registry", async () => {
    const { store } = await openPeople();
    await expect(planImport('{"people":{"A":{}}}', store, "merge")).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining('"embeddings"'),
    });
  });

  it("says of whom it would bring back that they were erased", async () => {
    const { store, add, remove } = await openPeople();
    await add("Anna", anna);
    const text = await exportRegistry(store);
    await remove("Anna", "erase");
    const erasedAt = (await store.erasedAt("Anna"))?.toISOString();
    expect((await planImport(text, store, "merge")).preview).toEqual([
      `Anna: new, 1 encoding; was erased on ${erasedAt}`,
    ]);
  });

  it("can be of one person", async () => {
    const { store, add } = await openPeople();
    await add("Bob", bob, anna);
    const text = await exportRegistry(store);
    await add("Anna", anna);
    expect(await exportPerson(store, "bob")).toEqual(JSON.parse(text));
  });
});
