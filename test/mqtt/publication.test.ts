import { expect, it } from "vitest";
import { createPublication } from "../../src/mqtt/publication.ts";
import { makeClock } from "../make/clock.ts";

function open() {
  const clock = makeClock();
  const logged: string[] = [];
  /** Of each publication that has begun, how to end it. */
  const ends: { readonly done: () => void; readonly fail: () => void }[] = [];
  const publication = createPublication({
    publish: () =>
      new Promise((resolve, reject) => ends.push({ done: resolve, fail: () => reject(new Error("disk full")) })),
    settleMs: () => 100,
    failure: "it could not be published",
    clock,
    log: { error: (_fields, message) => void logged.push(message) },
  });
  return { clock, logged, ends, publication };
}

it("many changes in one moment make one publication, when they have settled", async () => {
  const { clock, ends, publication } = open();
  for (let i = 0; i < 5; i++) publication.settle();
  clock.advance(99);
  expect(ends).toHaveLength(0);
  clock.advance(1);
  expect(ends).toHaveLength(1);
  ends[0]?.done();
  await new Promise(setImmediate);
  publication.settle();
  publication.stop();
  clock.advance(1_000);
  await new Promise(setImmediate);
  expect(ends).toHaveLength(1);
});

it("one publication runs at a time, also after one that failed", async () => {
  const { clock, ends, logged, publication } = open();
  const first = publication.publish();
  publication.settle();
  clock.advance(100);
  await new Promise(setImmediate);
  expect(ends).toHaveLength(1);
  ends[0]?.fail();
  await first;
  expect(logged).toEqual(["it could not be published"]);
  expect(ends).toHaveLength(2);
});
