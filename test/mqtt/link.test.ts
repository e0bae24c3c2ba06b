import { describe, expect, it } from "vitest";
import { hasMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { FACE, openEmbedded, openWithMosquitto, pause, until } from "./open-link.ts";

const kinds = { embedded: openEmbedded, Mosquitto: openWithMosquitto };

describe.each(["embedded", "Mosquitto"] as const)("the link to a broker (%s)", (kind) => {
  const skip = kind === "Mosquitto" && !hasMosquitto;
  const open = kinds[kind];

  it.skipIf(skip)("hands over faces of all ingest topics, with what their sender is", async () => {
    const opened = await open();
    const camera = await connectClient(opened.url);
    await camera.publish(FACE, "one");
    await camera.publish("cams/garden/faces", "two");
    await until(() => opened.ingested.length === 2);
    expect(opened.ingested.map(({ topic, retain, will, onlyCamera }) => ({ topic, retain, will, onlyCamera }))).toEqual(
      [
        { topic: FACE, retain: false, will: false, onlyCamera: null },
        { topic: "cams/garden/faces", retain: false, will: false, onlyCamera: null },
      ],
    );
  });

  it.skipIf(skip)("hands over requests, but no retained ones", async () => {
    const opened = await open();
    const client = await connectClient(opened.url);
    await client.publish("faces2mqtt/bridge/request/delete", "{}", { retain: true });
    await client.publish("faces2mqtt/bridge/request/discover", '{"wait":true}');
    await until(() => opened.requests.length > 0);
    await pause(100);
    // For clients that are subscribed already, a broker takes the retain flag off: then it is a request like any other.
    const expected = kind === "embedded" ? [] : ["delete {}"];
    expect(opened.requests).toEqual([...expected, 'discover {"wait":true}']);
  });

  it.skipIf(skip)("sends its retained states to later subscribers, and no earlier event", async () => {
    const opened = await open();
    opened.retained.publish("faces2mqtt/person/anna/state", "state");
    opened.link.publish({ topic: "faces2mqtt/event", payload: "event" });
    await pause(100);
    const late = await connectClient(opened.url);
    await late.subscribe("faces2mqtt/#");
    await late.waitFor((message) => message.topic.endsWith("anna/state") && message.retain, "the state");
    const online = await late.waitFor((message) => message.topic === "faces2mqtt/bridge/state", "the bridge's state");
    expect(online.text).toBe('{"state":"online"}');
    expect(late.seen.some((message) => message.topic === "faces2mqtt/event")).toBe(false);
    opened.retained.clear("faces2mqtt/person/anna/state");
    await late.waitFor((message) => message.topic.endsWith("anna/state") && message.text === "", "the cleared state");
    const later = await connectClient(opened.url);
    await later.subscribe("faces2mqtt/#");
    await later.waitFor((message) => message.topic === "faces2mqtt/bridge/state", "the bridge's state");
    expect(later.seen.some((message) => message.topic.endsWith("anna/state"))).toBe(false);
  });

  it.skipIf(skip)("hands messages to listeners of other topics", async () => {
    const opened = await open();
    const heard: [string, boolean][] = [];
    const stop = opened.link.subscribe("homeassistant/status", ({ payload, retain }) => {
      heard.push([Buffer.from(payload).toString(), retain]);
    });
    await pause(100);
    const client = await connectClient(opened.url);
    // It arrives without the flag, although the broker retains it for later subscribers.
    await client.publish("homeassistant/status", "online", { retain: true });
    await until(() => heard.length === 1);
    stop();
    await pause(100);
    await client.publish("homeassistant/status", "offline");
    await pause(100);
    expect(heard).toEqual([["online", false]]);
  });

  it.skipIf(skip)("publishes offline when it stops", async () => {
    const opened = await open();
    const client = await connectClient(opened.url);
    await client.subscribe("faces2mqtt/bridge/state");
    await opened.link.stop();
    await client.waitFor((message) => message.text === '{"state":"offline"}', "offline");
    expect(opened.link.state).toBe("stopped");
  });
});
