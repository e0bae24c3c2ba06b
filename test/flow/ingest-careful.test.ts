import { expect, it, onTestFinished } from "vitest";
import { createBus } from "../../src/domain/events.ts";
import type { RecognitionEvent } from "../../src/domain/recognition.ts";
import type { Settings } from "../../src/domain/settings.ts";
import { createIngest } from "../../src/flow/ingest.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeDiscovery } from "../make/discovery.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { makeFaceToSave, makeIncomingFace } from "../make/face.ts";
import { makePeople } from "../make/people.ts";
import { makeSettings } from "../make/settings.ts";
import { lookInto } from "../store/open-sqlite.ts";
import { assignment } from "../store/scene.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(2_000);
const stranger = makeEncoding(3_000);
/** Resolves when what was scheduled before has run: SQLite answers in microtasks. */
const drained = async (): Promise<void> => {
  for (let i = 0; i < 4; i++) await new Promise((done) => setImmediate(done));
};

/** Anna and Bob are enrolled, the profile is careful. */
async function open(settings: Partial<Settings> = {}, cooldownSeconds = 0) {
  const clock = makeClock(new Date("2026-03-01T12:00:00Z"));
  const folder = tempFolder();
  const store = await openStore({ folder, clock });
  onTestFinished(() => store.close());
  const bus = createBus((error) => {
    throw error;
  });
  const events: RecognitionEvent[] = [];
  bus.on("recognition", ({ event }) => events.push(event));
  const sightings: RecognitionEvent[] = [];
  bus.on("sighting", ({ event }) => sightings.push(event));
  const states: string[] = [];
  bus.on("visit", ({ state }) => states.push(state));
  const people = makePeople(store, bus);
  const inForce = { "recognition.profile": "careful", ...settings } as {
    -readonly [K in keyof Settings]?: Settings[K];
  };
  let full = false;
  const ingest = createIngest({
    store: {
      ...store,
      saveFaces: async (...batch) => {
        if (full) throw new Error("disk full");
        return await store.saveFaces(...batch);
      },
    },
    people,
    settings: () => makeSettings(inForce),
    rules: { cooldownSeconds, maxAgeSeconds: 60, thumbnails: false, frames: false },
    bus,
    clock,
  });
  onTestFinished(() => ingest.stop());
  for (const [name, encoding] of Object.entries({ Anna: anna, Bob: bob })) {
    const [saved] = await store.saveFaces([makeFaceToSave({ encoding, camera: "attic" })]);
    const id = saved?.face.id as number;
    await store.saveDiscovery(makeDiscovery(`c_${id}`, [id], encoding));
    await people.assign(assignment(`c_${id}`, name));
  }
  let sent = 0;
  /** A face, a second after the one before. */
  async function send(
    encoding: Float32Array,
    more: { ageMs?: number; uid?: string; quality?: number; eventId?: string } = {},
  ) {
    clock.advance(1_000);
    const receivedAt = clock.now();
    const capturedAt = new Date(receivedAt.getTime() - (more.ageMs ?? 0));
    const uid = more.uid ?? `sent-${sent++}`;
    const face = makeIncomingFace({
      uid,
      encoding: makeNear(encoding, 0.2, sent),
      camera: "door",
      capturedAt,
      receivedAt,
    });
    await ingest.faces([{ ...face, quality: more.quality ?? null, sourceEventId: more.eventId ?? null }]);
    await drained();
  }
  async function pass(seconds: number) {
    clock.advance(seconds * 1_000);
    await drained();
  }
  const visits = () =>
    lookInto(folder, (db) =>
      db
        .prepare<[], Record<string, unknown>>(
          "SELECT v.state, v.faces, p.name FROM visits v LEFT JOIN people p ON p.id = v.person_ref ORDER BY v.id",
        )
        .all(),
    );
  const matches = async () =>
    (await store.faces({ camera: "door" }, { limit: 99, cursor: null })).items.map(
      (face) => face.matched?.person ?? null,
    );
  return {
    clock,
    store,
    people,
    ingest,
    events,
    sightings,
    states,
    inForce,
    send,
    pass,
    visits,
    matches,
    fill: (now: boolean) => {
      full = now;
    },
  };
}

const said = (events: readonly RecognitionEvent[]) =>
  events.map((event) => [event.type, event.who?.person ?? null, event.visitFaces]);

const whoIn = (events: readonly RecognitionEvent[]) => events.map(({ who }) => who?.person ?? null);

it("one event a visit: a person at once when there are enough faces, and presence with each further one", async () => {
  const { events, sightings, send, pass, visits, matches, states } = await open();
  await send(anna);
  expect([events, sightings]).toEqual([[], []]);
  await send(anna, { quality: 9 });
  await send(anna);
  expect(said(events)).toEqual([["recognized", "Anna", 2]]);
  expect(events[0]).toMatchObject({ visitId: expect.stringMatching(/^v_/), model: "dlib" });
  expect(events[0]?.threshold).toBeLessThan(0.6);
  expect(sightings.map((event) => event.who?.person)).toEqual(["Anna", "Anna"]);
  expect(sightings[1]?.faceId).toBe(events[0]?.faceId);
  expect(await matches()).toEqual(["Anna", "Anna", "Anna"]);
  expect(visits()).toEqual([{ state: "open", faces: 3, name: "Anna" }]);
  await pass(11);
  expect(said(events)).toEqual([["recognized", "Anna", 2]]);
  expect(visits()).toEqual([{ state: "recognized", faces: 3, name: "Anna" }]);
  expect(states).toEqual(["open", "open", "open", "recognized"]);
});

it("a stranger is unknown when the visit ends, and a single good-looking face opens nothing", async () => {
  const { events, send, pass, visits } = await open();
  await send(anna);
  await pass(11);
  await send(stranger);
  await send(stranger);
  expect(said(events)).toEqual([["ambiguous", null, 1]]);
  await pass(11);
  expect(said(events)).toEqual([
    ["ambiguous", null, 1],
    ["unknown", null, 2],
  ]);
  expect(visits().map(({ state }) => state)).toEqual(["ambiguous", "unknown"]);
});

it("a second event only when later faces change the answer to another person", async () => {
  const { events, send, pass, visits, matches } = await open({ "recognition.margin": 0 });
  for (const who of [anna, anna, ...Array.from({ length: 30 }, () => bob), anna, stranger]) {
    await send(who, { eventId: "one event of the camera pipeline" });
  }
  await pass(11);
  expect(events.map((event) => [event.type, event.who?.person])).toEqual([
    ["recognized", "Anna"],
    ["recognized", "Bob"],
  ]);
  expect(events[1]?.visitFaces).toBeGreaterThan(2);
  expect(visits()).toEqual([{ state: "recognized", faces: 34, name: "Bob" }]);
  expect(new Set(await matches())).toEqual(new Set(["Bob"]));
});

it("a late face makes a delayed event, which does not silence the person who is there now", async () => {
  const { events, send } = await open();
  await send(anna, { ageMs: 90_000 });
  await send(anna, { ageMs: 89_000 });
  await send(anna);
  await send(anna);
  expect(events.map((event) => [event.who?.person, event.delayed])).toEqual([
    ["Anna", true],
    ["Anna", false],
  ]);
});

it("the cooldown holds between visits", async () => {
  const { events, send, pass } = await open({}, 30);
  for (let visit = 0; visit < 4; visit++) {
    await send(anna);
    await send(anna);
    await pass(11);
  }
  expect(said(events)).toEqual([
    ["recognized", "Anna", 2],
    ["recognized", "Anna", 2],
  ]);
});

it("a visit of an ignored group is ignored, and silent", async () => {
  const { events, sightings, store, people, send, pass, visits } = await open();
  const [saved] = await store.saveFaces([makeFaceToSave({ encoding: stranger, camera: "attic" })]);
  await store.saveDiscovery(makeDiscovery("c_9", [saved?.face.id as number], stranger));
  await people.ignore("c_9", null);
  await send(stranger);
  await send(stranger);
  await pass(11);
  expect([events, sightings]).toEqual([[], []]);
  expect(visits()).toEqual([{ state: "ignored", faces: 2, name: null }]);
  expect((await store.faces({ state: "ignored" }, { limit: 9, cursor: null })).items).toHaveLength(3);
});

it("a change of the profile takes effect with the next face, and nothing is published twice", async () => {
  const { events, inForce, send, pass } = await open({ "recognition.profile": "classic" });
  await send(anna);
  await send(stranger);
  expect(said(events)).toEqual([
    ["recognized", "Anna", 1],
    ["unknown", null, 1],
  ]);
  inForce["recognition.profile"] = "careful";
  await send(anna);
  await send(stranger);
  await pass(11);
  expect(events).toHaveLength(2);
  await send(anna);
  inForce["recognition.profile"] = "classic";
  await pass(11);
  expect(said(events).slice(2)).toEqual([["ambiguous", null, 1]]);
});

it("what could not be stored did not happen: delivered again, faces count once", async () => {
  const { events, fill, ingest, send, pass, visits } = await open();
  await send(anna, { uid: "first" });
  fill(true);
  await expect(send(anna, { uid: "second" })).rejects.toThrow("disk full");
  expect(events).toEqual([]);
  fill(false);
  await send(anna, { uid: "first" });
  expect(visits()).toEqual([{ state: "open", faces: 1, name: null }]);
  await send(anna, { uid: "second" });
  await send(anna, { uid: "second" });
  expect(said(events)).toEqual([["recognized", "Anna", 2]]);
  expect(visits()).toEqual([{ state: "open", faces: 2, name: "Anna" }]);
  await ingest.stop();
  await pass(60);
  expect(visits()).toEqual([{ state: "open", faces: 2, name: "Anna" }]);
});

it("many visits that end at once all end, some at a time", async () => {
  const { events, ingest, clock, pass, visits } = await open();
  const faces = Array.from({ length: 100 }, (_, i) =>
    makeIncomingFace({
      camera: `camera ${i}`,
      encoding: makeEncoding(5_000 + i),
      capturedAt: clock.now(),
      receivedAt: clock.now(),
    }),
  );
  await ingest.faces(faces);
  for (let i = 0; i < 8; i++) await pass(i === 0 ? 11 : 0);
  expect(said(events)).toEqual(faces.map(() => ["unknown", null, 1]));
  expect(new Set(visits().map(({ state }) => state))).toEqual(new Set(["unknown"]));
});

it.each([
  ["it is not Anna", { not: "Anna" }, null],
  ["it is Bob", { is: "Bob" }, "Bob"],
  ["it does not matter", "ignore", null],
  ["yes, it is Anna", { is: "Anna" }, "Anna"],
] as const)("further faces of an open visit are what a user said of it: %s", async (_, correction, name) => {
  const { sightings, events, send, people, pass, visits, matches } = await open();
  for (let i = 0; i < 2; i++) await send(anna);
  expect(whoIn(sightings)).toContain("Anna");
  await people.correctVisit(events[0]?.visitId as string, correction);
  sightings.length = 0;
  for (let i = 0; i < 2; i++) await send(anna);
  const isAnna = name === "Anna";
  expect(whoIn(sightings).includes("Anna")).toBe(isAnna);
  expect((await matches()).slice(0, 2).map((person) => person === "Anna")).toEqual([isAnna, isAnna]);
  await pass(10);
  expect(visits()).toMatchObject([{ state: correction === "ignore" ? "ignored" : "corrected", name }]);
  expect(events).toHaveLength(1);
});

it("whom one face was taken for under classic is not whom a visit is under careful", async () => {
  const { sightings, inForce, send, pass, visits } = await open({ "recognition.profile": "classic" });
  await send(anna, { eventId: "e" });
  inForce["recognition.profile"] = "careful";
  for (let i = 0; i < 3; i++) await send(stranger, { eventId: "e" });
  expect(whoIn(sightings)).toEqual(["Anna", null, null, null]);
  await pass(10);
  expect(visits()).toMatchObject([{ state: "unknown", name: null }]);
});
