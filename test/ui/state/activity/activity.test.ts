import { expect, it, vi } from "vitest";
import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { Live, LiveEvents } from "../../../../ui/src/api/live.ts";
import { createActivity } from "../../../../ui/src/state/activity/activity.ts";
import { toSaid } from "../../../../ui/src/state/activity/said.ts";
import { createObservable } from "../../../../ui/src/state/observable.ts";
import { makeVisitJson } from "../../make-visit-json.ts";

/** A daemon with these visits stored, a stream that sends what `emit` is given, and a user who is `busy` or not. */
function open(stored: readonly VisitJson[] = [makeVisitJson(1)]) {
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
  const is = { busy: false };
  const others: (string | null)[][] = [];
  const list = async () => ({ visits: [...stored].reverse(), next_cursor: null });
  const activity = createActivity({ list }, live, {
    busy: () => is.busy,
    changed: (visit, before) => others.push([before.person, visit.person]),
  });
  const emit = <K extends keyof LiveEvents>(name: K, payload: LiveEvents[K]) => listeners.get(name)?.(payload as never);
  const shown = () => activity.state.get().visits.map((one) => [one.visit_id, one.state]);
  return { activity, emit, is, shown, others };
}

it("a visit stands on top from its first face on, and becomes what it is decided to be", async () => {
  const { activity, emit, shown } = open();
  await activity.load();
  emit("visit", makeVisitJson(2, { state: "open" }));
  expect(shown()).toEqual([
    ["v_2", "open"],
    ["v_1", "unknown"],
  ]);
  emit("visit", makeVisitJson(2, { state: "recognized", person: "Anna", person_id: "anna", faces: 3 }));
  expect(shown()[0]).toEqual(["v_2", "recognized"]);
  expect(activity.state.get().visits).toHaveLength(2);
});

it("a visit that goes on rises to the top, but not under a reader's finger", async () => {
  const { activity, emit, is, shown } = open([makeVisitJson(1), makeVisitJson(2)]);
  await activity.load();
  is.busy = true;
  emit("visit", makeVisitJson(1, { to: makeVisitJson(9).to, faces: 2 }));
  expect(shown().map(([id]) => id)).toEqual(["v_2", "v_1"]);
  is.busy = false;
  emit("visit", makeVisitJson(1, { to: makeVisitJson(9).to, faces: 3 }));
  expect(shown().map(([id]) => id)).toEqual(["v_1", "v_2"]);
});

it("what begins while the user reads waits until it is asked for", async () => {
  const { activity, emit, is, shown } = open();
  await activity.load();
  is.busy = true;
  emit("visit", makeVisitJson(2));
  emit("visit", makeVisitJson(2, { faces: 2 }));
  expect(shown()).toEqual([["v_1", "unknown"]]);
  expect(activity.state.get().waiting.map((one) => [one.visit_id, one.faces])).toEqual([["v_2", 2]]);
  activity.takeWaiting();
  expect(shown().map(([id]) => id)).toEqual(["v_2", "v_1"]);
});

it("only what is asked for is shown, also of what turns out to be it", async () => {
  const { activity, emit, shown } = open([]);
  activity.filter({ kind: "ambiguous", camera: "front_door" });
  await activity.load();
  emit("visit", makeVisitJson(2, { state: "open" }));
  emit("visit", makeVisitJson(3, { state: "ambiguous", camera: "garden" }));
  emit("visit", makeVisitJson(2, { state: "ambiguous" }));
  expect(shown()).toEqual([["v_2", "ambiguous"]]);
  emit("visit", makeVisitJson(2, { state: "recognized", person: "Anna", person_id: "anna" }));
  expect(shown()).toEqual([]);
});

it("an ignored visit is not shown, nor one whose faces are gone", async () => {
  const { activity, emit, shown } = open([makeVisitJson(1), makeVisitJson(2, { state: "ignored" })]);
  await activity.load();
  expect(shown().map(([id]) => id)).toEqual(["v_1"]);
  emit("visit", makeVisitJson(3, { state: "ignored" }));
  emit("visit", makeVisitJson(1, { faces: 0 }));
  expect(shown()).toEqual([]);
});

it("a picture that is made later appears", async () => {
  vi.useFakeTimers();
  try {
    const { activity, emit } = open([makeVisitJson(1, { representative: { face_id: 7, thumbnail: null } as never })]);
    await activity.load();
    emit("thumbnail", { face_id: 7, thumbnail: "api/faces/7/thumbnail" });
    vi.advanceTimersByTime(1_000);
    expect(activity.state.get().visits[0]?.representative?.thumbnail).toBe("api/faces/7/thumbnail");
  } finally {
    vi.useRealTimers();
  }
});

const anna = { person: "Anna", person_id: "anna" };
const nobody = { person: null, person_id: null };

it("what was put right here stays where it is, whatever the filter, until it is undone", async () => {
  const before = makeVisitJson(1, { state: "recognized", ...anna });
  const stored = [before, makeVisitJson(2, { state: "recognized", ...anna })];
  const { activity, emit, shown, others } = open(stored);
  activity.filter({ kind: "recognized" });
  await activity.load();
  const corrected = toSaid(before, { kind: "not", name: "Anna" }, nobody);
  activity.put([corrected], { kind: "not", name: "Anna" });
  emit("visit", corrected);
  const both = [
    ["v_2", "recognized"],
    ["v_1", "corrected"],
  ];
  expect(shown()).toEqual(both);
  // The daemon lists it no more under this filter.
  stored.shift();
  await activity.load();
  expect(shown()).toEqual(both);
  expect(activity.state.get().said.get("v_1")).toEqual({ kind: "not", name: "Anna" });
  stored.unshift(before);
  await activity.load();
  expect(shown()[1]).toEqual(["v_1", "recognized"]);
  expect(activity.state.get().said.size).toBe(0);
  expect(others).toEqual([]);
});

it("what is refused goes back to what it was", async () => {
  const before = makeVisitJson(1);
  const { activity, shown } = open([before]);
  await activity.load();
  activity.put([toSaid(before, { kind: "ignored" }, nobody)], { kind: "ignored" });
  expect(shown()).toEqual([["v_1", "ignored"]]);
  activity.put([before], null);
  expect(shown()).toEqual([["v_1", "unknown"]]);
  expect(activity.state.get().said.size).toBe(0);
});

it("what somebody else puts right is noticed once, but not what is recognized, nor what is not listed", async () => {
  const stored = [makeVisitJson(1), makeVisitJson(2, { state: "open" })];
  const { activity, emit, others } = open(stored);
  await activity.load();
  emit("visit", makeVisitJson(2, { state: "recognized", ...anna }));
  emit("visit", makeVisitJson(7, { state: "corrected", ...anna }));
  expect(others).toEqual([]);
  stored[0] = makeVisitJson(1, { state: "corrected", ...anna });
  emit("visit", makeVisitJson(1, { state: "corrected", ...anna }));
  await activity.load();
  expect(others).toEqual([[null, "Anna"]]);
});

it("an earlier visit is of a stranger as soon as they come again", async () => {
  const stored = [makeVisitJson(1)];
  const { activity, emit } = open(stored);
  await activity.load();
  const [first] = stored;
  if (!first) throw new Error("no visit is stored");
  const stranger = {
    stranger_id: "s_1",
    number: 1,
    visits: 2,
    cameras: ["garage"],
    first_seen: first.from,
    last_seen: first.to,
  };
  stored[0] = { ...first, stranger };
  emit("stranger", { stranger_id: "s_1" });
  await expect.poll(() => activity.state.get().visits.map((one) => one.stranger?.number)).toEqual([1]);
});
