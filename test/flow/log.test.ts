import { expect, it } from "vitest";
import type { Discovery } from "../../src/domain/cluster.ts";
import { createBus } from "../../src/domain/events.ts";
import type { ReEncoding } from "../../src/domain/pictures/re-encoding.ts";
import { logFlows } from "../../src/flow/log.ts";
import { makeClock } from "../make/clock.ts";
import { makeRecognition } from "../make/recognition.ts";

function open() {
  const clock = makeClock();
  const bus = createBus((error) => {
    throw error;
  });
  const lines: object[] = [];
  const write = (level: string) => (fields: object, message: string) => void lines.push({ level, message, ...fields });
  const log = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
  logFlows({ bus, clock, log });
  return { bus, clock, lines };
}

it("the log has a line for each event, by number and without names", () => {
  const { bus, lines } = open();
  const who = { person: "Anna", personId: "anna", score: 0.7, distance: 0.3 };
  const event = makeRecognition({
    eventId: "e-1",
    who,
    camera: "Front door",
    source: "frames/anna.jpg",
    candidates: [who],
  });
  bus.emit("recognition", { event });
  bus.emit("people", {
    changes: [
      { kind: "enrolled", person: { name: "Anna", personId: "anna" } },
      { kind: "removed", person: { name: "Anna B", personId: "anna_b" }, erased: true },
    ],
  });
  bus.emit("purged", { faces: 3, frames: 2, thumbnails: 1 });
  expect(lines).toEqual([
    {
      level: "info",
      message: "an event was emitted",
      flow: "every face",
      step: "announce",
      event_type: "recognized",
      face_id: 7,
      camera_id: "front_door",
      event_id: "e-1",
      delayed: false,
    },
    { level: "info", message: "people changed", flow: "discovery", step: "enrol", enrolled: 1, removed: 1 },
    { level: "info", message: "unassigned faces past retention were purged", faces: 3, frames: 2, thumbnails: 1 },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/anna/i);
});

it("the log has one line a minute for a problem that is reported again and again", () => {
  const { bus, clock, lines } = open();
  const refuse = (topic: string, code: "NO_ENCODING" | "ZERO_VECTOR") =>
    bus.emit("rejected", { topic, code, reason: "because", at: clock.now() });
  for (let i = 0; i < 1_000; i++) refuse("a", "NO_ENCODING");
  refuse("a", "ZERO_VECTOR");
  refuse("b", "NO_ENCODING");
  expect(lines).toHaveLength(3);
  clock.advance(60_000);
  refuse("a", "NO_ENCODING");
  expect(lines).toHaveLength(4);
  expect(lines[3]).toMatchObject({ level: "warn", topic: "a", code: "NO_ENCODING", reason: "because" });
  for (let i = 0; i < 10; i++) {
    bus.emit("problem", { source: "clock", code: "CLOCK_JUMPED", message: "it jumped" });
    bus.emit("problem", { source: "clock", code: "CLOCK_JUMPED", message: null });
    bus.emit("problem", { source: "registry", code: "REGISTRY_FILE", message: "which says so itself" });
  }
  expect(lines.slice(4)).toEqual([{ level: "warn", message: "it jumped", problem: "clock" }]);
});

it("the log has a line for the start and the end of a discovery, and none for its progress", () => {
  const { bus, clock, lines } = open();
  const startedAt = clock.now();
  const base = { id: "d-1", faces: 9, clusters: 2, startedAt, finishedAt: null, error: null };
  const emit = (more: Partial<Discovery> & Pick<Discovery, "state">) =>
    bus.emit("discovery", { ...base, progress: 0, ...more });
  emit({ state: "running" });
  emit({ state: "running", progress: 0.5 });
  clock.advance(2_500);
  emit({ state: "idle", progress: 1, finishedAt: clock.now() });
  emit({ state: "running", id: "d-2" });
  emit({ state: "failed", id: "d-2", finishedAt: clock.now(), error: "no memory" });
  expect(lines).toEqual([
    expect.objectContaining({ level: "info", message: "a discovery started", id: "d-1" }),
    expect.objectContaining({ level: "info", message: "a discovery finished", faces: 9, clusters: 2, seconds: 2.5 }),
    expect.objectContaining({ level: "info", message: "a discovery started", id: "d-2" }),
    expect.objectContaining({ level: "error", message: "a discovery failed", reason: "no memory" }),
  ]);
});

it("the log has a line for the start and the end of making new encodings, and why it failed", () => {
  const { bus, lines } = open();
  const run: ReEncoding = {
    state: "running",
    model: "sface",
    dryRun: false,
    people: 1,
    peopleDone: 0,
    faces: 3,
    facesDone: 0,
    facesFailed: 1,
    enrolled: 0,
    couldNot: [{ name: "Anna", personId: "anna", faces: 1, failure: "no_picture" }],
    startedAt: null,
    finishedAt: null,
    error: null,
    change: null,
  };
  bus.emit("reEncode", run);
  bus.emit("reEncode", { ...run, facesDone: 2 });
  bus.emit("reEncode", { ...run, state: "failed", error: "the disk is full" });
  bus.emit("reEncode", run);
  bus.emit("reEncode", { ...run, state: "done", enrolled: 1 });
  const start = { level: "info", message: "new encodings are being made", flow: "re-encode", model: "sface" };
  expect(lines).toEqual([
    start,
    {
      level: "error",
      message: "new encodings could not be made",
      flow: "re-encode",
      model: "sface",
      reason: "the disk is full",
    },
    start,
    expect.objectContaining({ level: "info", message: "new encodings ended", state: "done", faces: 3, people: 1 }),
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/anna/i);
});

it("the log says when the broker came and went", () => {
  const { bus, lines } = open();
  bus.emit("connected", { broker: "mqtt://broker" });
  bus.emit("disconnected", { broker: "mqtt://broker", reason: "the connection was lost" });
  expect(lines).toEqual([
    { level: "info", message: "connected", broker: "mqtt://broker" },
    { level: "warn", message: "disconnected", broker: "mqtt://broker", reason: "the connection was lost" },
  ]);
});
