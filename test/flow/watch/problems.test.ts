import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { createProblems } from "../../../src/flow/watch/problems.ts";
import { makeClock } from "../../make/clock.ts";

const AT = "2026-02-18T10:00:00Z";

function open() {
  const clock = makeClock(new Date(AT));
  const bus = createBus((error) => {
    throw error;
  });
  const problems = createProblems(bus, clock);
  const emitted: number[] = [];
  bus.on("problems", (now) => emitted.push(now.problems.length));
  return { clock, bus, problems, emitted };
}

it("lists errors before warnings and older ones before newer ones, and gives the sentence of the first", () => {
  const { clock, bus, problems } = open();
  bus.emit("problem", { source: "clock", code: "CLOCK_JUMPED", message: "the clock jumped" });
  clock.advance(60_000);
  bus.emit("problem", { source: "ingest", code: "FACES_NOT_STORED", message: "disk full" });
  clock.advance(60_000);
  bus.emit("problem", {
    source: "broker",
    code: "BROKER_UNREACHABLE",
    message: "gone",
    since: new Date(AT),
    subject: "mqtt://broker",
  });
  expect(problems.list()).toEqual([
    {
      code: "BROKER_UNREACHABLE",
      sentence: "gone",
      subject: "mqtt://broker",
      since: new Date(AT),
      severity: "error",
    },
    {
      code: "FACES_NOT_STORED",
      sentence: "disk full",
      subject: null,
      since: new Date("2026-02-18T10:01:00Z"),
      severity: "error",
    },
    {
      code: "CLOCK_JUMPED",
      sentence: "the clock jumped",
      subject: null,
      since: new Date(AT),
      severity: "warning",
    },
  ]);
  expect(problems.sentence()).toBe("gone");
});

it("a source has one problem, which goes on since it began while only its sentence changes", () => {
  const { clock, bus, problems, emitted } = open();
  const report = (message: string | null, code: "BROKER_UNREACHABLE" | "BROKER_REFUSED_LOGIN" = "BROKER_UNREACHABLE") =>
    bus.emit("problem", { source: "broker", code, message });
  report("does not answer");
  clock.advance(5_000);
  report("hangs");
  report("hangs");
  expect(problems.list()).toMatchObject([{ sentence: "hangs", since: new Date(AT) }]);
  report("wrong password", "BROKER_REFUSED_LOGIN");
  expect(problems.list()).toMatchObject([{ code: "BROKER_REFUSED_LOGIN", since: new Date("2026-02-18T10:00:05Z") }]);
  report(null);
  report(null);
  expect(problems.list()).toEqual([]);
  expect(problems.sentence()).toBeNull();
  expect(emitted).toEqual([1, 1, 1, 0]);
});
