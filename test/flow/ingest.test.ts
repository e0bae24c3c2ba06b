import { expect, it, onTestFinished } from "vitest";
import { createBus, type PeopleChange } from "../../src/domain/events.ts";
import type { RecognitionEvent } from "../../src/domain/recognition.ts";
import { createIngest } from "../../src/flow/ingest.ts";
import { watchLateFaces } from "../../src/flow/watch/late-faces.ts";
import { createRetainedTopics } from "../../src/mqtt/retained-topics.ts";
import { createStates } from "../../src/mqtt/states.ts";
import { createTopics } from "../../src/mqtt/topics.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeDiscovery } from "../make/discovery.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { makeFaceToSave, makeIncomingFace } from "../make/face.ts";
import { makePeople } from "../make/people.ts";
import { makeSettings } from "../make/settings.ts";
import { assignment } from "../store/scene.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(2_000);

/** Anna is enrolled; states and events go where a test can look at them. */
/** Resolves when what was scheduled before has run, and all that follows from it: SQLite answers in microtasks. */
const drained = (): Promise<void> => new Promise((done) => setImmediate(done));

async function open(rules: { cooldownSeconds?: number; maxAgeSeconds?: number; margin?: number } = {}) {
  const clock = makeClock(new Date("2026-03-01T12:00:00Z"));
  const store = await openStore({ folder: tempFolder(), clock });
  const bus = createBus((error) => {
    throw error;
  });
  const events: RecognitionEvent[] = [];
  bus.on("recognition", ({ event }) => events.push(event));
  const changes: PeopleChange[] = [];
  bus.on("people", (event) => changes.push(...event.changes));
  const people = makePeople(store, bus);
  const settings = () => makeSettings({ "recognition.margin": rules.margin ?? null });
  const ingest = createIngest({
    store,
    people,
    settings,
    rules: { cooldownSeconds: 30, maxAgeSeconds: 60, thumbnails: true, frames: false, ...rules },
    bus,
    clock,
  });
  const messages: { topic: string; payload: string | Uint8Array }[] = [];
  const link = {
    publishRetained: (topic: string, payload: string | Uint8Array) => void messages.push({ topic, payload }),
    subscribe: () => () => undefined,
  };
  const log = { info: () => undefined, error: (fields: object) => expect(fields).toBeNull() };
  const topics = createTopics("f");
  const retained = createRetainedTopics({ link, topics, bus, log });
  const states = createStates({ retained, topics, store, presenceSeconds: 60, bus, clock, log });
  await store.saveFaces([
    makeFaceToSave({ uid: "enrolled", encoding: anna, capturedAt: new Date("2026-02-01T10:00:00Z"), camera: "attic" }),
  ]);
  const [{ id } = { id: 0 }] = (await store.faces({}, { limit: 1, cursor: null })).items;
  await store.saveDiscovery(makeDiscovery("c_1", [id], anna));
  await people.assign(assignment("c_1", "Anna"));
  await states.start();

  let sent = 0;
  /** A face now, and everything that follows from it. */
  async function send(encoding: Float32Array, ageSeconds = 0, camera = "door"): Promise<void> {
    const receivedAt = clock.now();
    const capturedAt = new Date(receivedAt.getTime() - ageSeconds * 1000);
    await ingest.faces([makeIncomingFace({ uid: `sent-${sent++}`, encoding, camera, capturedAt, receivedAt })]);
    await settle();
  }
  async function settle(): Promise<void> {
    await drained();
    // As long as states are late at most.
    clock.advance(500);
    await drained();
  }
  const state = (topic: string) => {
    const last = messages.filter((message) => message.topic === topic).at(-1);
    return last && last.payload !== "" ? JSON.parse(String(last.payload)) : null;
  };
  return { bus, clock, store, people, states, ingest, events, changes, messages, send, settle, state };
}

it("a person just named is absent, with the state of the newest assigned face", async () => {
  const { state } = await open();
  expect(state("f/person/anna/state")).toEqual({
    person: "Anna",
    person_id: "anna",
    presence: "OFF",
    camera: "attic",
    score: null,
    distance: null,
    last_seen: "2026-02-01T10:00:00.000Z",
  });
});

it("a recognized person is present until nothing was seen of them for a while", async () => {
  const { clock, send, settle, state, events } = await open();
  await send(makeNear(anna, 0.25));
  expect(events.map((event) => [event.type, event.who?.person, event.who?.distance])).toEqual([
    ["recognized", "Anna", 0.25],
  ]);
  expect(state("f/person/anna/state")).toMatchObject({ presence: "ON", camera: "door", score: 0.75, distance: 0.25 });
  expect(state("f/camera/door/state")).toMatchObject({
    camera: "door",
    person: "Anna",
    person_id: "anna",
    score: 0.75,
  });
  clock.advance(50_000);
  await send(makeNear(anna, 0.3, 5));
  clock.advance(50_000);
  await settle();
  expect(state("f/person/anna/state").presence).toBe("ON");
  clock.advance(15_000);
  await settle();
  expect(state("f/person/anna/state")).toMatchObject({ presence: "OFF", camera: "door", score: 0.7 });
  expect(state("f/camera/door/state")).toMatchObject({ person: null, person_id: null, score: null, distance: null });
  expect(state("f/camera/door/state").last_seen).not.toBeNull();
});

it("emits one event per person and camera within the cooldown, while states follow each face", async () => {
  const { clock, send, state, events } = await open();
  await send(makeNear(anna, 0.25));
  await send(makeNear(anna, 0.2, 2));
  await send(makeNear(anna, 0.2, 3), 0, "garden");
  await send(bob);
  await send(bob);
  expect(events.map((event) => [event.type, event.camera])).toEqual([
    ["recognized", "door"],
    ["recognized", "garden"],
    ["unknown", "door"],
  ]);
  expect(state("f/person/anna/state")).toMatchObject({ camera: "garden", score: 0.8 });
  clock.advance(30_000);
  await send(makeNear(anna, 0.2, 4));
  expect(events).toHaveLength(4);
});

it("a late face's event does not use up the cooldown of a face that is there now", async () => {
  const { send, events } = await open();
  await send(makeNear(anna, 0.25), 61);
  await send(makeNear(anna, 0.2, 2));
  await send(makeNear(anna, 0.3, 3), 90);
  await send(makeNear(anna, 0.3, 4));
  expect(events.map((event) => event.delayed)).toEqual([true, false]);
});

it("a face that looks like an ignored group joins it silently, and leaves the cooldown to strangers", async () => {
  const { send, store, people, events, state } = await open();
  const postman = makeEncoding(4_000);
  await send(postman);
  const [face] = (await store.faces({ state: "unassigned" }, { limit: 1, cursor: null })).items;
  await store.saveDiscovery(makeDiscovery("c_2", [face?.id ?? 0], postman));
  await people.ignore("c_2", null);
  await send(makeNear(postman, 0.2, 2), 0, "garden");
  await send(makeNear(postman, 0.2, 3), 0, "garden");
  await send(bob, 0, "garden");
  expect(events.slice(1).map((event) => [event.type, event.who])).toEqual([["unknown", null]]);
  expect((await store.faces({ state: "ignored" }, { limit: 9, cursor: null })).items).toHaveLength(3);
  expect(state("f/camera/garden/state")).toMatchObject({ person: null });
});

it("a camera that sends old faces is a problem until one is in time", async () => {
  const { send, bus } = await open();
  const problems: string[] = [];
  onTestFinished(watchLateFaces(bus));
  bus.on("problem", ({ source, message }) => problems.push(`${source}: ${message}`));
  await send(anna);
  await send(bob, 61);
  await send(bob, 600);
  await send(bob, 600, "garden");
  await send(anna);
  expect(problems).toEqual([
    'late faces: faces of camera "door" arrive late: they waited in a broker, or its clock is wrong',
    'late faces: faces of cameras "door" and "garden" arrive late: they waited in a broker, or the clocks are wrong',
    'late faces: faces of camera "garden" arrive late: they waited in a broker, or its clock is wrong',
  ]);
});

it("a late face makes a delayed event and sets no presence, and last seen never goes back", async () => {
  const { send, state, events } = await open({ cooldownSeconds: 0 });
  await send(makeNear(anna, 0.25), 61);
  expect(events[0]).toMatchObject({ type: "recognized", delayed: true });
  expect(state("f/person/anna/state")).toMatchObject({ presence: "OFF", camera: "door" });
  await send(makeNear(anna, 0.2, 2), 5);
  const seen = state("f/person/anna/state").last_seen;
  await send(makeNear(anna, 0.3, 3), 500);
  expect(state("f/person/anna/state")).toMatchObject({ presence: "ON", last_seen: seen, score: 0.8 });
});

it("an ambiguous face belongs to no person, and changes no state or image", async () => {
  const { send, store, people, state, events } = await open({ cooldownSeconds: 0, margin: 0.1 });
  const twin = makeNear(anna, 0.3, 9);
  await store.saveFaces([makeFaceToSave({ uid: "twin", encoding: twin })]);
  const [face] = (await store.faces({ state: "unassigned" }, { limit: 1, cursor: null })).items;
  await store.saveDiscovery(makeDiscovery("c_2", [face?.id ?? 0], twin));
  await people.assign(assignment("c_2", "Hanna"));
  await send(anna);
  const before = state("f/camera/door/state");
  const middle = anna.map((value, i) => (value + (twin[i] as number)) / 2);
  await send(middle, 0, "door");
  expect(events.map((event) => event.type)).toEqual(["recognized", "ambiguous"]);
  expect(events[1]?.who).toBeNull();
  expect(events[1]?.candidates).toHaveLength(2);
  expect(state("f/camera/door/state")).toMatchObject({ person: before.person, score: before.score });
  expect(state("f/person/hanna/state").score).toBeNull();
});

it("a removed person's retained topics are cleared, and no face is recognized as them a moment later", async () => {
  const { send, people, settle, state, events, changes } = await open({ cooldownSeconds: 0 });
  await send(anna);
  expect(state("f/person/anna/state").presence).toBe("ON");
  await people.remove("Anna", "unassign");
  await send(anna);
  await settle();
  expect(events.map((event) => event.type)).toEqual(["recognized", "unknown"]);
  expect(state("f/person/anna/state")).toBeNull();
  expect(changes.at(-1)).toMatchObject({ kind: "removed", person: { personId: "anna" }, erased: false });
});

it("the same face again is stored once and emitted once, in one message or two", async () => {
  const { ingest, store, events, settle } = await open({ cooldownSeconds: 0 });
  const face = makeIncomingFace({ uid: "twice", encoding: anna });
  await ingest.faces([face, face]);
  await ingest.faces([face]);
  await settle();
  expect(events).toHaveLength(1);
  expect((await store.counts()).faces).toBe(2);
});

it("messages that arrive together share a transaction, and fail together", async () => {
  const { store, people } = await open();
  const batches: number[] = [];
  const bus = createBus(() => undefined);
  const emitted: string[] = [];
  bus.on("face", ({ face }) => emitted.push(face.uid));
  const problems: (string | null)[] = [];
  bus.on("problem", ({ message }) => problems.push(message));
  let full = false;
  const ingest = createIngest({
    store: {
      ...store,
      saveFaces: async (batch, visits) => {
        batches.push(batch.length);
        if (full) throw new Error("disk full");
        return await store.saveFaces(batch, visits);
      },
    },
    people,
    settings: () => makeSettings(),
    rules: { cooldownSeconds: 0, maxAgeSeconds: 0, thumbnails: false, frames: false },
    bus,
    clock: makeClock(),
  });
  await Promise.all(Array.from({ length: 20 }, () => ingest.faces([makeIncomingFace()])));
  expect(batches).toEqual([20]);
  full = true;
  const lost = await Promise.allSettled([ingest.faces([makeIncomingFace()]), ingest.faces([makeIncomingFace()])]);
  expect(lost.map((one) => one.status)).toEqual(["rejected", "rejected"]);
  full = false;
  expect(problems).toEqual(["faces cannot be stored: disk full"]);
  await ingest.faces([makeIncomingFace({ uid: "next" })]);
  expect(problems.at(-1)).toBeNull();
  await drained();
  expect(emitted).toHaveLength(21);
  expect(emitted.at(-1)).toBe("next");
});
