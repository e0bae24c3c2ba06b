import { expect, it } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { createRegistryFile } from "../../src/registry/registry-file.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeEncoding } from "../make/encoding.ts";
import { comesTrue, openRegistry, toEmbedding } from "./open-registry.ts";

it("goes both ways with a real database: added, renamed and removed in the file, undone here", async () => {
  const folder = tempFolder();
  const store = await openStore({ folder, clock: systemClock });
  // Only for what it reads and saves; the registry under test is the one beside the real database.
  const { save, read } = openRegistry({ folder });
  const registry = createRegistryFile({
    folder,
    store,
    clock: systemClock,
    log: { info() {}, warn() {}, error() {} },
    applyEdit: (edit) => store.applyRegistryEdit(edit),
    onProblem: (message) => expect(message).toBeNull(),
  });
  await registry.start();
  const ids = () => Object.entries(read().people).map(([name, one]) => `${name} ${one.embeddings[0]?.id}`);

  save({ people: { Anna: { embeddings: [toEmbedding(makeEncoding(1))] } } });
  expect(await comesTrue(() => ids().join() === "Anna 1")).toBe(true);

  save({ people: { Anne: read().people.Anna }, ours: true }, "rename");
  expect(await comesTrue(() => ids().join() === "Anne 1")).toBe(true);
  await registry.write();
  expect(await store.registry()).toMatchObject([{ personId: "anna", name: "Anne", encodings: [{ id: 1 }] }]);

  save({ people: {}, ours: true });
  await comesTrue(() => ids().length === 0);
  await registry.write();
  expect(await store.registry()).toEqual([]);

  await store.undo();
  await registry.write();
  expect(read()).toMatchObject({ ours: true, people: { Anne: { embeddings: [{ source: "frames/theirs.jpg" }] } } });
  const [anne] = await store.registry();
  expect(anne?.encodings[0]?.encoding).toEqual(makeEncoding(1));
  await registry.stop();
  await store.close();
});
