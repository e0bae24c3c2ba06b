import { closeSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { buildModels } from "../../src/domain/model.ts";
import { parseRegistry } from "../../src/registry/format/parse.ts";
import { makeEncoding, makeRandom } from "../make/encoding.ts";
import { comesTrue, type FileJson, type OpenRegistry, openRegistry, toEmbedding } from "./open-registry.ts";

const EDITORS = 5;
const ROUNDS = 20;
const WAYS = ["direct", "rename", "half", "two", "race"] as const;

// The two seconds are the promise; a machine that is busy with something else may miss them once.
const options = { timeout: 120_000, retry: 1 };

it(
  `takes in all of ${EDITORS * ROUNDS} scripted edits within 2 s, and loses nothing on either side`,
  options,
  async () => {
    await Promise.all(Array.from({ length: EDITORS }, (_, editor) => edit(editor)));
  },
);

/** One program at its own file: adds a person each round, now and then removes one, in all ways of saving. */
async function edit(editor: number): Promise<void> {
  const random = makeRandom(editor + 1);
  const open = await openRegistry();
  const { store, registry, problems, names } = open;
  await registry.start();
  const expected = new Set<string>();
  let made = 0;

  const change = (json: FileJson): void => {
    const name = `Person ${++made}`;
    json.people[name] = { embeddings: [toEmbedding(makeEncoding(editor * 1_000 + made))] };
    expected.add(name);
    const [first] = Object.keys(json.people);
    if (random() < 0.3 && first !== undefined && first !== name) {
      delete json.people[first];
      expected.delete(first);
    }
  };

  for (let round = 0; round < ROUNDS; round++) {
    const way = WAYS[(round + editor) % WAYS.length] as (typeof WAYS)[number];
    const json = open.read();
    change(json);
    if (way === "direct" || way === "rename") open.save(json, way);
    if (way === "half") await saveInHalves(open, json, 50 + random() * 600);
    if (way === "two") {
      open.save(json, random() < 0.5 ? "direct" : "rename");
      await pause(random() * 100);
      change(json);
      open.save(json, random() < 0.5 ? "direct" : "rename");
    }
    if (way === "race") {
      const name = `Ours ${round}`;
      await open.add(name, makeEncoding(editor * 1_000 + 500 + round));
      expected.add(name);
      const written = open.write();
      await pause(random() * 12);
      open.save(json, random() < 0.5 ? "direct" : "rename");
      await written;
    }
    const wanted = [...expected].sort();
    await comesTrue(async () => (await names()).join() === wanted.join());
    expect(await names(), `editor ${editor}, round ${round}, ${way}`).toEqual(wanted);
    const inFile = () =>
      parseRegistry(readFileSync(open.file, "utf8"), buildModels())
        .data?.people.map((one) => one.name)
        .sort()
        .join();
    await comesTrue(() => inFile() === wanted.join());
    expect(inFile(), `file of editor ${editor}, round ${round}, ${way}`).toBe(wanted.join());
    // A save that removes in the next moment a person just added here, and adds another, looks the same as one that knew
    // nothing of them.
    if (way === "race") await pause(1_100);
  }
  await registry.stop();
  expect(open.read().people).toMatchObject(
    Object.fromEntries(
      (await store.registry()).map(({ name, encodings }) => [name, { embeddings: encodings.map(() => ({})) }]),
    ),
  );
  expect(readdirSync(open.folder)).toEqual(["face_registry.json"]);
  expect(problems.filter((one) => one !== null)).toEqual([]);
}

async function saveInHalves(open: OpenRegistry, json: FileJson, waitMs: number): Promise<void> {
  const text = JSON.stringify(json);
  const half = Math.floor(text.length / 2);
  const descriptor = openSync(open.file, "w");
  writeSync(descriptor, text.slice(0, half));
  await pause(waitMs);
  writeSync(descriptor, text.slice(half));
  closeSync(descriptor);
}
