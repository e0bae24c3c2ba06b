import fc from "fast-check";
import { expect, test } from "vitest";
import { FacesError } from "../../src/domain/errors.ts";
import type { Person } from "../../src/domain/person.ts";
import type { Store } from "../../src/store/port.ts";
import { makeEncoding } from "../make/encoding.ts";
import { openSqlite } from "./open-sqlite.ts";
import { assignment, makeScene, PAGE, type Scene } from "./scene.ts";

interface Made {
  readonly change: number | null;
  readonly faceIds?: readonly number[];
  readonly size?: number;
  readonly person?: Person;
}

type Make = (store: Store) => Promise<Made | readonly Made[]>;

/** Always the same twelve faces: 1 to 3 are Anna, 4 to 6 Bob, the others wait as c2 and c3. */
async function makeCrowd(): Promise<Scene> {
  const scene = await makeScene(openSqlite);
  const at = (n: number) => new Date(Date.UTC(2026, 1, 18, 10, n));
  await scene.add(
    ...Array.from({ length: 12 }, (_, n) => ({
      uid: `f${n}`,
      source: `f${n}.jpg`,
      capturedAt: at(n),
      receivedAt: at(n),
      encoding: makeEncoding(7_000 + n),
    })),
  );
  await scene.discover({ c0: [1, 2, 3], c1: [4, 5, 6], c2: [7, 8, 9], c3: [10, 11, 12] });
  await scene.store.assign(assignment("c0", "Anna"));
  await scene.store.assign(assignment("c1", "Bob"));
  return scene;
}

const face = fc.integer({ min: 1, max: 12 });
const cluster = fc.constantFrom("c2", "c3");
const person = fc.constantFrom("anna", "bob", "zoe");
const name = fc.constantFrom("Anna", "Bob", "Zoe", "Ann", "Rob");
const makes: fc.Arbitrary<Make> = fc.oneof(
  fc.tuple(cluster, name).map(
    ([id, who]): Make =>
      (store) =>
        store.assign(assignment(id, who)),
  ),
  fc.tuple(cluster, name, face).map(
    ([id, who, out]): Make =>
      (store) =>
        store.assign(assignment(id, who, [out])),
  ),
  fc.tuple(person, face).map(
    ([who, id]): Make =>
      (store) =>
        store.claim(who, [id]),
  ),
  face.map(
    (id): Make =>
      (store) =>
        store.unassign([id]),
  ),
  fc.tuple(person, name).map(
    ([who, to]): Make =>
      (store) =>
        store.rename(who, to, false),
  ),
  fc.tuple(person, person).map(
    ([from, to]): Make =>
      (store) =>
        store.merge([from], to),
  ),
  person.map(
    (who): Make =>
      (store) =>
        store.remove(who, "unassign"),
  ),
  cluster.map(
    (id): Make =>
      (store) =>
        store.ignore(id, null),
  ),
  cluster.map(
    (id): Make =>
      (store) =>
        store.unignore(id),
  ),
  fc.tuple(cluster, person).map(
    ([id, who]): Make =>
      (store) =>
        store.reject(id, null, who),
  ),
);

/** The change's id, and which faces and whom it was of; null: it was refused, or changed nothing. */
async function run(store: Store, make: Make): Promise<{ readonly change: number; readonly of: string } | null> {
  try {
    const made = [await make(store)].flat();
    const change = made[0]?.change ?? null;
    const of = made.map(({ faceIds, size, person: who }) => [faceIds ?? size, who?.personId]);
    return change === null ? null : { change, of: JSON.stringify(of) };
  } catch (error) {
    if (error instanceof FacesError) return null;
    throw error;
  }
}

/** All but numbers that are given in the order of changes, and where in its cluster a face stands. */
async function look(store: Store): Promise<object> {
  const { people } = await store.gallery();
  return {
    people: (await store.people(PAGE)).items,
    states: await store.personStates(),
    faces: (await store.faces({}, PAGE)).items,
    clusters: await Promise.all(
      [false, true].map(async (ignored) =>
        (await store.clusters({ ignored }, PAGE)).items.map(({ id, version, notPeople }) => [id, version, notPeople]),
      ),
    ),
    looks: (await store.registry()).map(({ name: who, encodings }) => [
      who,
      encodings
        .map(({ encoding, count, source, sources }) => JSON.stringify([[...encoding], count, source, sources]))
        .sort(),
    ]),
    not: people.map(({ name: who, notEncodings }) => [who, notEncodings.map((one) => JSON.stringify(one)).sort()]),
  };
}

test("after a change was undone everything is as if it had never been made", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(makes, { minLength: 2, maxLength: 6 }), fc.nat({ max: 5 }), async (wanted, n) => {
      const scene = await makeCrowd();
      const made: { readonly make: Make; readonly change: number; readonly of: string }[] = [];
      for (const make of wanted) {
        const done = await run(scene.store, make);
        if (done !== null) made.push({ make, ...done });
      }
      const without = made[n % Math.max(1, made.length)];
      const other = await makeCrowd();
      if (without && (await scene.store.change(without.change))?.blocked === null) {
        await scene.store.undo(without.change);
        const rest = made.filter((one) => one !== without);
        const again: (string | undefined)[] = [];
        for (const { make } of rest) again.push((await run(other.store, make))?.of);
        // Without it, what came later may not have been possible, or of other faces or people.
        if (rest.every(({ of }, at) => again[at] === of)) {
          expect(await look(scene.store)).toEqual(await look(other.store));
          compared++;
        }
      }
      await scene.store.close();
      await other.store.close();
    }),
    { numRuns: 80, interruptAfterTimeLimit: 60_000 },
  );
  expect(compared).toBeGreaterThan(30);
}, 120_000);
