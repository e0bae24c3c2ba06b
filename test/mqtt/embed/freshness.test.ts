import { expect, it } from "vitest";
import { createFreshness } from "../../../src/mqtt/embed/freshness.ts";

function open() {
  const clock = { ms: 0, monotonicMs: () => clock.ms };
  return { clock, freshness: createFreshness(4, clock) };
}

it("knows nothing of what arrives with the connection", () => {
  const { clock, freshness } = open();
  freshness.inHand(0);
  clock.ms = 499;
  expect(freshness.arrived()).toBe(Number.POSITIVE_INFINITY);
});

it("knows that what arrives in free hands is of now", () => {
  const { clock, freshness } = open();
  freshness.inHand(3);
  clock.ms = 500;
  expect(freshness.arrived()).toBe(0);
});

it("bounds the age of what arrives in full hands by the last time that they were free", () => {
  const { clock, freshness } = open();
  freshness.inHand(0);
  clock.ms = 1_000;
  expect(freshness.arrived()).toBe(0);
  for (clock.ms = 1_200; clock.ms <= 31_000; clock.ms += 200) {
    freshness.inHand(4);
    freshness.inHand(3);
    freshness.arrived();
  }
  clock.ms = 31_100;
  expect(freshness.arrived()).toBe(30_100);
});

it("counts no time without a connection as free", () => {
  const { clock, freshness } = open();
  freshness.inHand(0);
  clock.ms = 1_000;
  freshness.arrived();
  freshness.inHand(null);
  clock.ms = 100_000;
  freshness.inHand(0);
  clock.ms = 100_100;
  expect(freshness.arrived()).toBe(99_100);
});
