import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type Broker, type System, type SystemOptions, startBroker, startSystem } from "./start-system.ts";

const LONG = 6_000;

/** A system that published under other topic roots before, as the publisher and the states would. */
async function move(before: Omit<SystemOptions, "folder">, now: Omit<SystemOptions, "folder">) {
  const broker = await startBroker();
  const folder = tempFolder();
  const first = await startSystem(broker, { ...before, folder });
  await first.enrol("Anna");
  await first.pass(LONG);
  const base = before.baseTopic ?? "faces2mqtt";
  await first.stop();
  await broker.publish(`${base}/bridge/info`, JSON.stringify({ instance: first.store.instance }), true);
  for (const topic of RETAINED) await broker.publish(`${base}/${topic}`, "{}", true);
  const second = await startSystem(broker, { ...now, folder });
  await settle(second);
  return { broker, folder, system: second };
}

const RETAINED = [
  ...["bridge/stats", "bridge/discovery", "person/anna/state", "person/anna/image", "person/anna/portrait"],
  ...["camera/front_door/state", "camera/front_door/image"],
];

async function settle(system: System): Promise<void> {
  for (let i = 0; i < 3; i++) await system.pass(LONG);
}

const standing = async (broker: Broker, start: string) =>
  [...(await broker.retained()).keys()].filter((topic) => topic.startsWith(start)).sort();

describe("a changed base topic", () => {
  it("leaves nothing retained under the former one", async () => {
    const { broker } = await move({ baseTopic: "faces2mqtt" }, { baseTopic: "home/faces" });
    expect(await standing(broker, "faces2mqtt/")).toEqual([]);
    expect(await standing(broker, "home/faces/")).toEqual(["home/faces/bridge/state"]);
  });

  it("is followed over several changes, and back to the first", async () => {
    const { broker, folder, system } = await move({ baseTopic: "a" }, { baseTopic: "b" });
    await broker.publish("a/bridge/info", JSON.stringify({ instance: system.store.instance }), true);
    await broker.publish("a/person/anna/image", "picture", true);
    await system.stop();
    const third = await startSystem(broker, { folder, baseTopic: "c" });
    await settle(third);
    expect(await standing(broker, "a/")).toEqual([]);
    await third.stop();
    const back = await startSystem(broker, { folder, baseTopic: "a" });
    await settle(back);
    expect(await standing(broker, "a/")).toEqual(["a/bridge/state"]);
  });

  it("touches nothing under it when another daemon is there now, or none says whose it was", async () => {
    const broker = await startBroker();
    const folder = tempFolder();
    await (await startSystem(broker, { folder, baseTopic: "a" })).stop();
    await (await startSystem(broker, { folder, baseTopic: "b" })).stop();
    const others = ["a/bridge/info", "a/bridge/state", "a/camera/front_door/image", "b/camera/front_door/image"];
    await broker.publish("a/bridge/info", JSON.stringify({ instance: "00000000" }), true);
    for (const topic of others.slice(1)) await broker.publish(topic, "{}", true);
    await settle(await startSystem(broker, { folder, baseTopic: "c" }));
    expect(await standing(broker, "a/")).toEqual(others.slice(0, 3).sort());
    expect(await standing(broker, "b/")).toContain("b/camera/front_door/image");
  });
});

describe("a changed discovery prefix", () => {
  it("leaves no announcement of ours under the former one, and those of others", async () => {
    const other = "homeassistant/device/faces2mqtt_00000000/config";
    const { broker, folder, system } = await move({}, { config: { discoveryPrefix: "ha" } });
    expect(await standing(broker, "homeassistant/")).toEqual([]);
    expect(await standing(broker, "ha/")).toHaveLength(2);
    await system.stop();
    await broker.publish(other, "{}", true);
    await settle(await startSystem(broker, { folder, config: { discoveryPrefix: "ha" } }));
    expect(await standing(broker, "homeassistant/")).toEqual([other]);
    expect(await standing(broker, "ha/")).toHaveLength(2);
  });
});
