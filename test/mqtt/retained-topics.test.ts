import { describe, expect, it } from "vitest";
import { createBus } from "../../src/domain/events.ts";
import type { InMessage, TopicListener } from "../../src/mqtt/link/port.ts";
import { createRetainedTopics } from "../../src/mqtt/retained-topics.ts";
import { createTopics } from "../../src/mqtt/topics.ts";

/** With a broker that acknowledges only while it is connected. */
function open() {
  const bus = createBus((error) => {
    throw error;
  });
  const sent: string[] = [];
  const listeners = new Map<string, TopicListener>();
  let connected = false;
  const link = {
    publishRetained(topic: string, payload: string | Uint8Array, onTaken: () => void) {
      if (!connected) return;
      sent.push(`${topic} ${String(payload)}`);
      onTaken();
    },
    subscribe(filter: string, listener: TopicListener) {
      listeners.set(filter, listener);
      return () => listeners.delete(filter);
    },
  };
  const retained = createRetainedTopics({ link, topics: createTopics("f"), bus, log: { info: () => undefined } });
  retained.start();
  return {
    retained,
    sent,
    connect() {
      connected = true;
      sent.splice(0);
      bus.emit("connected", { broker: "" });
    },
    disconnect() {
      connected = false;
    },
    receive(filter: string, message: Partial<InMessage>) {
      listeners.get(filter)?.({ topic: filter, payload: Buffer.from("{}"), retain: true, ...message });
    },
  };
}

const ONLINE = 'f/bridge/state {"state":"online"}';

describe("retained topics", () => {
  it("are published at each connection, online first", () => {
    const { retained, sent, connect } = open();
    retained.publish("f/a", "1");
    expect(sent).toEqual([]);
    for (let i = 0; i < 2; i++) {
      connect();
      expect(sent).toEqual([ONLINE, "f/a 1"]);
    }
  });

  it("are published again if they changed, or on request", () => {
    const { retained, sent, connect } = open();
    connect();
    for (const payload of ["1", "1", "2"]) retained.publishIfChanged("f/a", payload);
    retained.publish("g/a", "1");
    retained.republish("f/");
    expect(sent.slice(1)).toEqual(["f/a 1", "f/a 2", "g/a 1", ONLINE, "f/a 2"]);
  });

  it("are cleared at the next connection if the broker is away, and then forgotten", () => {
    const { retained, sent, connect, disconnect } = open();
    connect();
    retained.publish("f/a", "1");
    disconnect();
    retained.clear("f/a");
    expect(retained.holds("f/a")).toBe(false);
    connect();
    expect(sent).toEqual([ONLINE, "f/a "]);
    connect();
    expect(sent).toEqual([ONLINE]);
  });

  it("are stale if they are retained without being held, and only ours are cleared", () => {
    const { retained, sent, connect, receive } = open();
    retained.publish("f/held", "1");
    connect();
    sent.splice(0);
    retained.clearStale(["f/held", "f/gone", "f/live", "f/empty"]);
    const stop = retained.clearStale(["f/theirs", "f/late"], ({ topic }) => topic !== "f/theirs");
    receive("f/held", {});
    receive("f/live", { retain: false });
    receive("f/empty", { payload: Buffer.alloc(0) });
    receive("f/theirs", {});
    expect(sent).toEqual([]);
    receive("f/gone", {});
    expect(sent).toEqual(["f/gone "]);
    stop();
    receive("f/late", {});
    expect(sent).toEqual(["f/gone "]);
  });
});
