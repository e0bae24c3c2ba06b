import { Aedes } from "aedes";
import { expect, it, onTestFinished } from "vitest";
import { watchSubscriptions } from "../../src/mqtt/watch-subscriptions.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { openEmbedded, until } from "./open-link.ts";

const EVENT = "faces2mqtt/camera/door/event";

async function openBroker() {
  const broker = await Aedes.createBroker();
  onTestFinished(() => new Promise<void>((done) => broker.close(done)));
  return { broker, isHeard: watchSubscriptions(broker) };
}

it("a topic is heard from a subscription on, until the last one that takes it in has ended", async () => {
  const { broker, isHeard } = await openBroker();
  const [one, other] = [(_: unknown, done: () => void) => done(), (_: unknown, done: () => void) => done()];
  const ignore = (): void => undefined;
  expect(isHeard(EVENT)).toBe(false);
  broker.subscribe("faces2mqtt/camera/+/event", one, ignore);
  broker.subscribe("faces2mqtt/camera/+/event", other, ignore);
  broker.subscribe("faces2mqtt/person/#", other, ignore);
  expect(isHeard(EVENT)).toBe(true);
  expect(isHeard("faces2mqtt/event")).toBe(false);
  // A client that unsubscribes while its connection ends does so twice.
  broker.unsubscribe("faces2mqtt/camera/+/event", one, ignore);
  broker.unsubscribe("faces2mqtt/camera/+/event", one, ignore);
  expect(isHeard(EVENT)).toBe(true);
  broker.unsubscribe("faces2mqtt/camera/+/event", other, ignore);
  expect(isHeard(EVENT)).toBe(false);
  expect(isHeard("faces2mqtt/person/anna/event")).toBe(true);
});

it("an event that none heard before reaches a client as soon as it has subscribed, whatever came in between", async () => {
  const { link, url } = await openEmbedded();
  const publish = (payload: string): void => link.publish({ topic: EVENT, payload });
  publish("before");
  const watcher = await connectClient(url);
  for (const filter of [EVENT, "faces2mqtt/#", "#", "+/camera/door/+"]) {
    publish("between");
    await watcher.subscribe(filter);
    const count = watcher.seen.length;
    publish(filter);
    await until(() => watcher.seen.length > count);
    expect(watcher.seen.at(-1)).toMatchObject({ topic: EVENT, text: filter, retain: false });
    await watcher.client.unsubscribeAsync(filter);
  }
  expect(watcher.seen.some(({ text }) => text === "before" || text === "between")).toBe(false);
});

it("a client that subscribed again after its connection was lost gets events", async () => {
  const { link, url } = await openEmbedded();
  const lost = await connectClient(url);
  const stays = await connectClient(url);
  await Promise.all([lost.subscribe(EVENT), stays.subscribe(EVENT)]);
  lost.client.stream.destroy();
  await until(() => !lost.client.connected);
  link.publish({ topic: EVENT, payload: "1" });
  await stays.waitFor(({ text }) => text === "1", "an event");
  await stays.client.unsubscribeAsync(EVENT);
  link.publish({ topic: EVENT, payload: "2" });
  await stays.subscribe(EVENT);
  link.publish({ topic: EVENT, payload: "3" });
  await stays.waitFor(({ text }) => text === "3", "an event");
  expect(stays.seen.map(({ text }) => text)).toEqual(["1", "3"]);
});
