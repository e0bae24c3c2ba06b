import { expect, it, vi } from "vitest";
import type { VisitDetailAnswer } from "../../../../src/wire/out/schemas.ts";
import type { Live, LiveEvents } from "../../../../ui/src/api/live.ts";
import { createVisitDetails } from "../../../../ui/src/state/activity/visit-details.ts";
import { createObservable } from "../../../../ui/src/state/observable.ts";
import { makeVisitJson } from "../../make-visit-json.ts";

/** A daemon that answers when `answer` is called, and a stream that sends what `emit` is given. */
function open() {
  const listeners = new Map<string, (payload: never) => void>();
  const asked: string[] = [];
  const open: (() => void)[] = [];
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
  const show = (id: string) => {
    asked.push(id);
    return new Promise<VisitDetailAnswer>((resolve) => {
      open.push(() => resolve({ ...makeVisitJson(1), visit_id: id, candidates: [], threshold: 0.6, seen: [] }));
    });
  };
  const answer = async () => {
    await vi.waitFor(() => expect(open.length).toBeGreaterThan(0));
    for (const done of open.splice(0)) done();
    await new Promise((resolve) => setTimeout(resolve, 80));
  };
  const emit = <K extends keyof LiveEvents>(name: K, payload: LiveEvents[K]) => listeners.get(name)?.(payload as never);
  return { details: createVisitDetails({ show }, live), asked, answer, emit };
}

it("details are fetched once, and again when the visit has more photos or people have changed", async () => {
  const { details, asked, answer, emit } = open();
  const visit = makeVisitJson(1);
  details.wanted(visit);
  details.wanted(visit);
  await answer();
  details.wanted(visit);
  expect(asked).toEqual(["v_1"]);
  expect(details.state.get().get("v_1")?.threshold).toBe(0.6);
  details.wanted({ ...visit, faces: 2 });
  await answer();
  emit("people", {});
  details.wanted({ ...visit, faces: 2 });
  await answer();
  expect(asked).toEqual(["v_1", "v_1", "v_1"]);
});

it("of rows that are scrolled past quickly the last ones are fetched, few at once", async () => {
  const { details, asked, answer } = open();
  for (let id = 1; id <= 100; id++) details.wanted(makeVisitJson(id));
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
  expect(asked.length).toBeLessThanOrEqual(3);
  expect(asked[0]).toBe("v_100");
  for (let round = 0; round < 13; round++) await answer();
  expect(asked).not.toContain("v_1");
  expect(asked.length).toBeLessThanOrEqual(43);
});
