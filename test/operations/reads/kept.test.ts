import { expect, it } from "vitest";
import { createKept } from "../../../src/operations/reads/kept.ts";
import { makeClock } from "../../make/clock.ts";

it("is made once for those who ask meanwhile and later, and again once its basis is another", async () => {
  let basis: readonly unknown[] = ["people", 0.6];
  let made = 0;
  const read = createKept(
    () => basis,
    async () => ++made,
  );
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  expect(await read()).toBe(1);
  basis = ["people", 0.5];
  expect(await read()).toBe(2);
  basis = ["people", 0.5];
  expect(await read()).toBe(2);
});

it("is not kept when it fails", async () => {
  let attempts = 0;
  const read = createKept(
    () => [],
    async () => {
      attempts++;
      if (attempts === 1) throw new Error("not now");
      return attempts;
    },
  );
  await expect(Promise.all([read(), read()])).rejects.toThrow("not now");
  expect(await read()).toBe(2);
});

it("is kept when an older one fails after it was made", async () => {
  let basis = 1;
  let made = 0;
  let fail = (_error: Error): void => undefined;
  const read = createKept(
    () => [basis],
    () =>
      basis === 1
        ? new Promise<string>((_, reject) => {
            fail = reject;
          })
        : Promise.resolve(`made ${++made}`),
  );
  const old = read();
  basis = 2;
  expect(await read()).toBe("made 1");
  fail(new Error("too late"));
  await expect(old).rejects.toThrow("too late");
  expect(await read()).toBe("made 1");
});

it("is made again after its time, and not before", async () => {
  const clock = makeClock();
  let made = 0;
  const read = createKept(
    () => [],
    async () => ++made,
    { clock, afterMs: 1_000 },
  );
  expect(await read()).toBe(1);
  clock.advance(999);
  expect(await read()).toBe(1);
  clock.advance(1);
  expect(await read()).toBe(2);
});
