import { expect, it } from "vitest";
import { createOwnTexts, digestOf } from "../../src/registry/own-texts.ts";
import { openPeople } from "./open-registry.ts";

it("knows at the next start the texts whose writing was begun, the last 32 of them", async () => {
  const { store } = await openPeople();
  const before = createOwnTexts(store);
  expect(await before.open()).toBeNull();
  for (let n = 0; n < 33; n++) await before.begin(`text ${n}`);
  // One that is written again does not push out another.
  await before.begin("text 5");
  const after = createOwnTexts(store);
  await after.open();
  expect(["text 0", "text 1", "text 5", "text 32", "another"].map(after.isOurs)).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

it("takes both texts of version 0.1.0's note for its own, once, and edits are compared with the first", async () => {
  const { store } = await openPeople();
  await store.saveRegistryRecord({ mergeBase: JSON.stringify({ written: "old", pending: "new" }) });
  const ownTexts = createOwnTexts(store);
  expect(await ownTexts.open()).toBe("old");
  expect(["old", "new", "another"].map(ownTexts.isOurs)).toEqual([true, true, false]);
  expect(await store.registryRecord()).toEqual({ digests: [digestOf("new"), digestOf("old")], mergeBase: "old" });
});

it("takes a text of another program for what it is, whatever its first key", async () => {
  const { store } = await openPeople();
  const text = JSON.stringify({ written: "by hand", people: {} });
  await store.saveRegistryRecord({ mergeBase: text });
  expect(await createOwnTexts(store).open()).toBe(text);
});
