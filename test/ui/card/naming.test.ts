import { beforeEach, expect, it, vi } from "vitest";
import type { Hass } from "../../../ui/src/card/hass.ts";
import { createNaming } from "../../../ui/src/card/naming.ts";
import type { CardStranger, CardView } from "../../../ui/src/card/view.ts";
import { wordsOf } from "../../../ui/src/card/words.ts";

const stranger: CardStranger = {
  id: "s_7",
  number: 7,
  visits: 6,
  cameras: ["Garden"],
  firstSeen: null,
  picture: null,
};

/** A Home Assistant with one stranger, whose MQTT does `publish`; `answer` is what the daemon answers there. */
function open(publish: () => Promise<unknown> = async () => {}, isAdmin = true) {
  let view: CardView = {
    found: true,
    away: false,
    people: [],
    cameras: [],
    waiting: 0,
    waitingEntity: null,
    threshold: 0.6,
    strangers: [stranger],
    names: ["Anna"],
    assignTopic: "home/bridge/request/assign_stranger",
    panel: null,
  };
  const calls: unknown[] = [];
  const topics: unknown[] = [];
  let hear: (message: never) => void = () => {};
  const hass: Hass = {
    states: {},
    entities: {},
    devices: {},
    user: { is_admin: isAdmin },
    connection: {
      subscribeMessage: async (listener, message) => {
        topics.push(message);
        hear = listener;
        return () => {};
      },
    },
    callService: async (domain, service, data) => {
      calls.push([domain, service, data]);
      return publish();
    },
  };
  const naming = createNaming({
    hass: () => hass,
    view: () => view,
    words: () => wordsOf("en"),
    changed: () => {},
    timeoutMs: 1_000,
    shownMs: 1_000,
  });
  const transaction = () =>
    JSON.parse((calls[0] as [string, string, { payload: string }])[2].payload).transaction as string;
  return {
    naming,
    calls,
    topics,
    transaction,
    answer: (payload: object) => hear({ payload: JSON.stringify(payload) } as never),
    now(strangers: CardStranger[], names: string[]) {
      view = { ...view, strangers, names };
      naming.look(view);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it("a name is sent to the daemon, and is done when the stranger is gone and the person is there", async () => {
  const { naming, calls, now } = open();
  naming.ask(stranger);
  await naming.send("  Bob ");
  expect(calls).toEqual([
    ["mqtt", "publish", { topic: "home/bridge/request/assign_stranger", payload: expect.any(String), qos: 1 }],
  ]);
  const [[, , { payload }]] = calls as [[string, string, { payload: string }]];
  expect(JSON.parse(payload)).toEqual({ stranger: "s_7", name: "Bob", transaction: expect.stringMatching(/^card-/) });
  expect(naming.state.kind).toBe("sent");
  now([], ["Anna"]);
  expect(naming.state.kind).toBe("sent");
  now([], ["Anna", "bob"]);
  expect(naming.state).toMatchObject({ kind: "done", name: "Bob" });
  vi.advanceTimersByTime(1_000);
  expect(naming.state.kind).toBe("none");
});

it("what Home Assistant cannot send is said, and the name stays typed", async () => {
  const { naming } = open(() => Promise.reject({ code: "service_not_found", message: "MQTT is not set up" }));
  naming.ask(stranger);
  await naming.send("Bob");
  expect(naming.state).toMatchObject({
    kind: "asking",
    name: "Bob",
    error: "That did not work. MQTT is not set up",
  });
});

it("what the daemon refuses is said to administrators, and only of this request", async () => {
  const { naming, topics, answer, transaction } = open();
  naming.ask(stranger);
  await naming.send("Bob");
  expect(topics).toEqual([{ type: "mqtt/subscribe", topic: "home/bridge/response/assign_stranger" }]);
  answer({ status: "error", error: "of another", transaction: "card-other" });
  expect(naming.state.kind).toBe("sent");
  answer({ status: "error", code: "STORAGE_FULL", error: "the disk is full", transaction: transaction() });
  expect(naming.state).toMatchObject({ kind: "asking", name: "Bob", error: "That did not work. the disk is full" });
});

it("of a stranger that is gone by then it says that, not by its id", async () => {
  const { naming, answer, transaction } = open();
  naming.ask(stranger);
  await naming.send("Bob");
  answer({ status: "error", code: "STRANGER_NOT_FOUND", error: '"s_7" does not exist', transaction: transaction() });
  expect(naming.state).toMatchObject({
    error: "Stranger 7 is no longer there. Somebody else may have named or ignored them.",
  });
});

it("without an answer it says so after a while, and that somebody was quicker where the stranger is gone", async () => {
  const { naming, topics, now } = open(undefined, false);
  naming.ask(stranger);
  await naming.send("Bob");
  expect(topics).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(naming.state).toMatchObject({ kind: "asking", name: "Bob", error: wordsOf("en").card.noAnswer });
  await naming.send("Bob");
  now([], ["Anna"]);
  vi.advanceTimersByTime(1_000);
  expect(naming.state).toMatchObject({
    error: "Stranger 7 is no longer there. Somebody else may have named or ignored them.",
  });
});

it.each(["", "   ", "x".repeat(65), "Bob\nDylan"])("%j is not sent", async (name) => {
  const { naming, calls } = open();
  naming.ask(stranger);
  await naming.send(name);
  expect(calls).toEqual([]);
  expect(naming.state).toMatchObject({ kind: "asking", error: wordsOf("en").card.badName });
});
