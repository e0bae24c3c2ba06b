import { connect } from "node:net";
import { expect, test } from "vitest";
import type { Face } from "../../src/domain/face.ts";
import { toDiscoveryJson } from "../../src/wire/out/clusters/clusters.ts";
import { toEventJson } from "../../src/wire/out/events.ts";
import { toFaceJson } from "../../src/wire/out/faces.ts";
import { toStatsJson } from "../../src/wire/out/system/status.ts";
import { toVisitJson } from "../../src/wire/out/visits.ts";
import { makeFaceToSave } from "../make/face.ts";
import { makeRecognition } from "../make/recognition.ts";
import { makeVisitToSave } from "../make/visit.ts";
import { openLiveEvents } from "./live-events.ts";
import { startServer, TOKEN } from "./start-server.ts";

const AT = new Date("2026-02-18T10:00:00.123Z");

const FACE: Face = {
  id: 7,
  uid: "front_door-1",
  camera: "front_door",
  source: null,
  capturedAt: AT,
  receivedAt: AT,
  box: null,
  model: "dlib",
  quality: null,
  visitId: null,
  strangerId: null,
  detectionScore: null,
  sourceEventId: null,
  state: "unassigned",
  person: null,
  personId: null,
  matched: null,
  cluster: null,
  hasThumbnail: false,
};

const RECOGNITION = makeRecognition({
  who: { person: "Łukasz\nevent: x", personId: "lukasz", score: 0.68, distance: 0.32 },
  timestamp: AT,
});

test("a visit is written as it is by then, one that is gone not at all", async () => {
  const { url, bus, store } = await startServer();
  const live = await openLiveEvents(url);
  await live.next("stats");
  const face = makeFaceToSave({ visitId: "v_1" });
  await store.saveFaces([face], [makeVisitToSave({ bestFace: face.uid })]);
  bus.emit("visit", { visitId: "gone", state: "open" });
  bus.emit("visit", { visitId: "v_1", state: "open" });
  const visit = await store.visit("v_1");
  expect(await live.next("visit")).toEqual(visit && toVisitJson(visit));
});

test("what happens is written as it happens, in the wire's words", async () => {
  const { url, bus, system } = await startServer();
  const live = await openLiveEvents(url);
  expect(live.response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(live.response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await live.next("discovery")).toEqual(toDiscoveryJson(system.discover.current()));
  const stats = await system.stats();
  expect(await live.next("stats")).toEqual(toStatsJson(stats));

  bus.emit("face", { face: FACE, cameraId: "front_door" });
  bus.emit("recognition", { event: RECOGNITION });
  bus.emit("thumbnail", { faceId: 7 });
  bus.emit("people", {
    changes: [
      { kind: "renamed", person: { name: "Anna", personId: "ann" }, from: "Ann" },
      { kind: "removed", person: { name: "Bob", personId: "bob" }, erased: true },
    ],
  });
  bus.emit("clusters", {});
  bus.emit("settings", {});
  const discovery = {
    state: "running",
    id: "d2",
    progress: 0.25,
    faces: 9,
    clusters: 0,
    startedAt: AT,
    finishedAt: null,
    error: null,
  } as const;
  bus.emit("discovery", discovery);
  bus.emit("stats", { ...stats, rejected: 5 });

  expect(await live.next("face")).toEqual(toFaceJson(FACE));
  expect(await live.next("event")).toEqual(toEventJson(RECOGNITION));
  expect(await live.next("thumbnail")).toEqual({ face_id: 7, thumbnail: "api/faces/7/thumbnail" });
  expect(await live.next("people")).toEqual({
    changes: [
      { kind: "renamed", person: "Anna", person_id: "ann", from: "Ann" },
      { kind: "removed", person: "Bob", person_id: "bob", erased: true },
    ],
  });
  expect(await live.next("clusters")).toEqual({});
  expect(await live.next("settings")).toEqual({});
  expect(await live.next("discovery")).toEqual(toDiscoveryJson(discovery));
  expect(await live.next("stats")).toEqual({ ...toStatsJson(stats), rejected: 5 });
  live.close();
});

test("the stream is for those who may come in, by header or cookie", async () => {
  const { url } = await startServer({ config: { token: TOKEN } });
  expect((await fetch(`${url}/api/events`)).status).toBe(401);
  const live = await openLiveEvents(url, { authorization: `Bearer ${TOKEN}` });
  expect(await live.next("stats")).toMatchObject({ people: 2 });
  live.close();
});

test("stopping the server ends the streams", async () => {
  const { url, server } = await startServer();
  const live = await openLiveEvents(url);
  await live.next("stats");
  await server.stop();
  await live.ended;
});

test("a reader that does not read is dropped, the others hear on", async () => {
  const { url, bus } = await startServer();
  const live = await openLiveEvents(url);
  await live.next("stats");
  const frozen = connect(Number(new URL(url).port), "127.0.0.1");
  const dropped = new Promise<void>((resolve) => frozen.once("close", () => resolve()));
  frozen.on("error", () => {});
  frozen.write("GET /api/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await new Promise((resolve) => frozen.once("data", resolve));
  frozen.pause();
  const big = { ...FACE, source: "x".repeat(100_000) };
  for (let i = 0; i < 400; i++) {
    bus.emit("face", { face: { ...big, id: i }, cameraId: "front_door" });
    await new Promise((resolve) => setImmediate(resolve));
  }
  bus.emit("thumbnail", { faceId: 9 });
  expect(await live.next("thumbnail")).toEqual({ face_id: 9, thumbnail: "api/faces/9/thumbnail" });
  frozen.resume();
  await dropped;
  live.close();
});

test("more listeners than the server can hold are refused as a problem", async () => {
  const { url } = await startServer();
  const streams = await Promise.all(Array.from({ length: 100 }, () => openLiveEvents(url)));
  expect((await fetch(`${url}/api/events`)).status).toBe(429);
  for (const stream of streams) stream.close();
});
