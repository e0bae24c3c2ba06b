import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { createProblems } from "../../../src/flow/watch/problems.ts";
import { watchRejections } from "../../../src/flow/watch/rejections.ts";
import { makeClock } from "../../make/clock.ts";

function open() {
  const clock = makeClock();
  const bus = createBus((error) => {
    throw error;
  });
  const problems = createProblems(bus, clock);
  watchRejections(bus, clock);
  const reject = (topic: string) =>
    bus.emit("rejected", { topic, code: "WRONG_DIMENSION", reason: "512 numbers, 128 expected", at: clock.now() });
  return { clock, problems, reject };
}

it("a camera whose messages are rejected again and again is a problem, until it has been quiet for an hour", () => {
  const { clock, problems, reject } = open();
  for (let n = 0; n < 4; n++) reject("f/embedding/garage");
  expect(problems.sentence()).toBeNull();
  reject("f/embedding/door");
  expect(problems.sentence()).toBeNull();
  reject("f/embedding/garage");
  expect(problems.list()).toMatchObject([
    {
      code: "MESSAGES_REFUSED",
      subject: "f/embedding/garage",
      sentence:
        'messages on "f/embedding/garage" are refused again and again (WRONG_DIMENSION): 512 numbers, 128 expected',
      severity: "warning",
    },
  ]);
  clock.advance(3_000_000);
  reject("f/embedding/garage");
  clock.advance(3_000_000);
  expect(problems.list()).toHaveLength(1);
  clock.advance(600_000);
  expect(problems.sentence()).toBeNull();
  reject("f/embedding/garage");
  expect(problems.sentence()).toBeNull();
});

it("topics that a sender invents do not fill the memory", () => {
  const { problems, reject } = open();
  for (let n = 0; n < 1_000; n++) reject(`f/embedding/${n}`);
  for (let n = 0; n < 5; n++) reject("f/embedding/one-more");
  expect(problems.sentence()).toBeNull();
});
