import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { createProblems } from "../../../src/flow/watch/problems.ts";
import { watchRefusals } from "../../../src/flow/watch/refusals.ts";
import { makeClock } from "../../make/clock.ts";

function open() {
  const clock = makeClock();
  const bus = createBus((error) => {
    throw error;
  });
  const problems = createProblems(bus);
  watchRefusals(bus, clock);
  const refuse = (topic: string) =>
    bus.emit("refused", { topic, code: "WRONG_DIMENSION", reason: "512 numbers, 128 expected", at: clock.now() });
  return { clock, problems, refuse };
}

it("a camera whose messages are refused again and again is a problem, until it has been quiet for an hour", () => {
  const { clock, problems, refuse } = open();
  for (let n = 0; n < 4; n++) refuse("f/embedding/garage");
  expect(problems.sentence()).toBeNull();
  refuse("f/embedding/door");
  expect(problems.sentence()).toBeNull();
  refuse("f/embedding/garage");
  expect(problems.list()).toEqual([
    'messages on "f/embedding/garage" are refused again and again (WRONG_DIMENSION): 512 numbers, 128 expected',
  ]);
  clock.advance(3_000_000);
  refuse("f/embedding/garage");
  clock.advance(3_000_000);
  expect(problems.list()).toHaveLength(1);
  clock.advance(600_000);
  expect(problems.sentence()).toBeNull();
  refuse("f/embedding/garage");
  expect(problems.sentence()).toBeNull();
});

it("topics that somebody invents do not fill the memory", () => {
  const { problems, refuse } = open();
  for (let n = 0; n < 1_000; n++) refuse(`f/embedding/${n}`);
  for (let n = 0; n < 5; n++) refuse("f/embedding/one-more");
  expect(problems.sentence()).toBeNull();
});
