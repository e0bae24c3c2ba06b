import { expect, it } from "vitest";
import type { FaceJson, RecognitionEventJson } from "../../../../src/wire/out/schemas.ts";
import type { ActivityApi } from "../../../../ui/src/api/activity.ts";
import type { Live, LiveEvents } from "../../../../ui/src/api/live.ts";
import { createActivity } from "../../../../ui/src/state/activity/activity.ts";
import { createObservable } from "../../../../ui/src/state/observable.ts";
import { makeFaceJson } from "../../make-face-json.ts";

const face = (id: number, over: Partial<FaceJson> = {}): FaceJson =>
  makeFaceJson({
    face_id: id,
    camera: "front_door",
    timestamp: new Date(Date.UTC(2026, 1, 18, 10, 0, id)).toISOString(),
    ...over,
  });

const anna = { person: "Anna", person_id: "anna", score: 0.7, distance: 0.3 };

const event = (id: number, type: RecognitionEventJson["event_type"]): RecognitionEventJson => ({
  event_type: type,
  event_id: `e${id}`,
  face_id: id,
  person: type === "recognized" ? "Anna" : null,
  person_id: type === "recognized" ? "anna" : null,
  score: null,
  distance: null,
  threshold: 0.6,
  camera: "front_door",
  timestamp: face(id).timestamp,
  source: null,
  box: null,
  source_event_id: null,
  model: "dlib",
  visit_id: null,
  visit_faces: 1,
  stranger_id: null,
  stranger_visits: null,
  candidates: [anna],
});

/** A daemon with these faces stored, a stream that sends what `emit` is given, and a user who is `busy` or not. */
function open(stored: readonly number[] = [1]) {
  const listeners = new Map<string, (payload: never) => void>();
  const live: Live = {
    connection: createObservable({ state: "online" } as const) as Live["connection"],
    on(name, listener) {
      listeners.set(name, listener as never);
      return () => listeners.delete(name);
    },
    onConnected: () => () => {},
    start() {},
    stop() {},
    retryNow() {},
  };
  const api: ActivityApi = {
    list: async () => ({
      faces: stored.map((id) => ({ ...face(id), event_type: "unknown" as const, candidates: [] })).reverse(),
      cooldown_seconds: 30,
      next_cursor: null,
    }),
  };
  const is = { busy: false };
  const activity = createActivity(api, live, () => is.busy);
  const emit = <K extends keyof LiveEvents>(name: K, payload: LiveEvents[K]) => listeners.get(name)?.(payload as never);
  const shown = () => activity.state.get().faces.map((one) => [one.face_id, one.event_type]);
  return { activity, emit, is, shown };
}

it("a face that arrives stands on top, as what its event says", async () => {
  const { activity, emit, shown } = open();
  await activity.load();
  emit("face", face(2));
  emit("event", event(2, "ambiguous"));
  expect(shown()).toEqual([
    [2, "ambiguous"],
    [1, "unknown"],
  ]);
  expect(activity.state.get().faces[0]?.candidates).toEqual([anna]);
  // Within the cooldown no event is made for it: it counts as the one before.
  emit("face", face(3));
  expect(shown()[0]).toEqual([3, "ambiguous"]);
  emit("face", face(4, { matched: anna }));
  expect(shown()[0]).toEqual([4, "recognized"]);
});

it("what arrives while the user reads waits until it is asked for", async () => {
  const { activity, emit, is, shown } = open();
  await activity.load();
  is.busy = true;
  emit("face", face(2));
  emit("event", event(2, "unknown"));
  expect(shown()).toEqual([[1, "unknown"]]);
  expect(activity.state.get().waiting.map((one) => one.face_id)).toEqual([2]);
  activity.takeWaiting();
  expect(shown().map(([id]) => id)).toEqual([2, 1]);
});

it("only what is asked for is shown, also of what turns out to be it with its event", async () => {
  const { activity, emit, shown } = open([]);
  activity.filter({ kind: "ambiguous", camera: "front_door" });
  await activity.load();
  emit("face", face(2));
  emit("event", event(2, "unknown"));
  emit("face", face(3, { camera: "garden" }));
  emit("event", event(3, "ambiguous"));
  emit("face", face(4));
  emit("event", event(4, "ambiguous"));
  expect(shown()).toEqual([[4, "ambiguous"]]);
});

it("an ignored face makes no event and is not shown", async () => {
  const { activity, emit, shown } = open();
  await activity.load();
  emit("face", face(2, { state: "ignored", cluster: "c_9" }));
  expect(shown()).toEqual([[1, "unknown"]]);
});

it("a picture that is made later appears", async () => {
  const { activity, emit } = open();
  await activity.load();
  emit("thumbnail", { face_id: 1, thumbnail: "api/faces/1/thumbnail" });
  await expect.poll(() => activity.state.get().faces[0]?.thumbnail).toBe("api/faces/1/thumbnail");
  activity.stop();
});
