import { expect, onTestFinished, test } from "vitest";
import { createBus } from "../../src/domain/events.ts";
import type { Face } from "../../src/domain/face.ts";
import type { RecognitionEvent, RecognitionType } from "../../src/domain/recognition.ts";
import { createMetrics, type MetricsSources } from "../../src/metrics/metrics.ts";
import { makeRecognition } from "../make/recognition.ts";

const SOURCES: MetricsSources = {
  queue: () => 3,
  brokerConnected: () => true,
  droppedPublishes: () => 5,
  problems: () => [
    { code: "BROKER_UNREACHABLE", severity: "error" },
    { code: "SOURCE_FAILED", severity: "warning" },
    { code: "SOURCE_FAILED", severity: "warning" },
  ],
  pictures: () => null,
  counts: async () => ({ people: 1, faces: 24, unassigned: 12, clusters: 2, ignored: 0 }),
};

function start(sources: MetricsSources = SOURCES) {
  const bus = createBus((error) => {
    throw error;
  });
  const metrics = createMetrics({ bus, sources });
  onTestFinished(() => metrics.stop());
  /** Value of the line that starts with this. */
  async function read(series: string): Promise<number | null> {
    const line = (await metrics.render()).split("\n").find((one) => one.startsWith(`faces2mqtt_${series} `));
    return line === undefined ? null : Number(line.split(" ").at(-1));
  }
  return { bus, metrics, read };
}

function recognition(type: RecognitionType, personId: string | null, camera: string): { event: RecognitionEvent } {
  const who = personId === null ? null : { person: personId, personId, score: 0.7, distance: 0.3 };
  return { event: makeRecognition({ type, who, camera }) };
}

const face = (camera: string) => ({ face: { camera } as Face, cameraId: camera });

test("what flows is counted by camera, person and reason", async () => {
  const { bus, read } = start();
  bus.emit("face", face("front_door"));
  bus.emit("face", face("front_door"));
  bus.emit("face", face("garden"));
  bus.emit("rejected", { topic: "x", code: "NOT_FINITE", reason: "x", at: new Date() });
  bus.emit("recognition", recognition("recognized", "anna", "front_door"));
  bus.emit("recognition", recognition("unknown", null, "garden"));
  bus.emit("recognition", recognition("ambiguous", null, "garden"));
  bus.emit("purged", { faces: 4, frames: 3, thumbnails: 2 });
  expect(await read('faces_total{camera="front_door"}')).toBe(2);
  expect(await read('faces_total{camera="garden"}')).toBe(1);
  expect(await read('refused_total{code="NOT_FINITE"}')).toBe(1);
  expect(await read('recognized_total{person="anna",camera="front_door"}')).toBe(1);
  expect(await read('unknown_total{camera="garden"}')).toBe(1);
  expect(await read('ambiguous_total{camera="garden"}')).toBe(1);
  expect(await read("purged_faces_total")).toBe(4);
  expect(await read("purged_frames_total")).toBe(3);
  expect(await read("purged_thumbnails_total")).toBe(2);
});

test("who is removed leaves no label behind, the others stay", async () => {
  const { bus, metrics, read } = start();
  for (const camera of ["front_door", "garden"]) bus.emit("recognition", recognition("recognized", "anna", camera));
  bus.emit("recognition", recognition("recognized", "bob", "garden"));
  bus.emit("people", { changes: [{ kind: "removed", person: { name: "Anna", personId: "anna" }, erased: true }] });
  expect(await metrics.render()).not.toContain("anna");
  expect(await read('recognized_total{person="bob",camera="garden"}')).toBe(1);
});

test("times are measured per commit, per face and per discovery", async () => {
  const { bus, read } = start();
  bus.emit("measured", { what: "commit", seconds: 0.02, count: 10 });
  bus.emit("measured", { what: "recognition", seconds: 0.03, count: 10 });
  bus.emit("measured", { what: "discovery", seconds: 2, count: 1347 });
  expect(await read("commit_seconds_count")).toBe(1);
  expect(await read("recognition_seconds_count")).toBe(10);
  expect(await read("recognition_seconds_sum")).toBeCloseTo(0.03);
  expect(await read('recognition_seconds_bucket{le="0.0025"}')).toBe(0);
  expect(await read('recognition_seconds_bucket{le="0.005"}')).toBe(10);
  expect(await read("discovery_seconds_sum")).toBe(2);
  expect(await read("discovery_faces")).toBe(1347);
});

test("what is, is asked for at each scrape", async () => {
  let connected = true;
  let dropped = 5;
  const { metrics, read } = start({ ...SOURCES, brokerConnected: () => connected, droppedPublishes: () => dropped });
  expect(await read("queue_faces")).toBe(3);
  expect(await read("broker_connected")).toBe(1);
  expect(await read("dropped_publishes_total")).toBe(5);
  expect(await read('stored{what="unassigned"}')).toBe(12);
  connected = false;
  dropped = 7;
  expect(await read("broker_connected")).toBe(0);
  expect(await read("dropped_publishes_total")).toBe(7);
  expect(await metrics.render()).toContain("process_resident_memory_bytes");
});

test("hostile camera names stay one label", async () => {
  const { bus, metrics } = start();
  bus.emit("face", face('a"} 1\nevil_metric 1'));
  expect(await metrics.render()).not.toMatch(/^evil_metric/m);
});

test("two daemons in one process count apart, and a stopped one counts no more", async () => {
  const [one, other] = [start(), start()];
  one.bus.emit("face", face("front_door"));
  expect(await other.read('faces_total{camera="front_door"}')).toBeNull();
  one.metrics.stop();
  one.bus.emit("face", face("front_door"));
  expect(await one.read('faces_total{camera="front_door"}')).toBeNull();
});

test("what is wrong is counted by code", async () => {
  const { read } = start();
  expect(await read('problems{code="BROKER_UNREACHABLE",severity="error"}')).toBe(1);
  expect(await read('problems{code="SOURCE_FAILED",severity="warning"}')).toBe(2);
});
