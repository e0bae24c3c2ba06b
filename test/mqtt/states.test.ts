import { describe, expect, it, onTestFinished } from "vitest";
import { createStates } from "../../src/mqtt/states.ts";
import { createTopics } from "../../src/mqtt/topics.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type Broker, type System, startBroker, startSystem } from "../homeassistant/start-system.ts";

const topics = createTopics("faces2mqtt");

/** Starts the states of a system that is connected, as after a restart of the daemon. */
async function startStates({ retained, store, bus, clock, pass }: System): Promise<void> {
  const log = { error: (fields: object) => expect(fields).toBeNull() };
  const states = createStates({ retained, topics, store, presenceSeconds: 60, bus, clock, log });
  await states.start();
  onTestFinished(states.stop);
  await pass(0);
}

const statesAt = async (broker: Broker) =>
  [...(await broker.retained()).keys()].filter((topic) => /\/(person|camera)\//.test(topic)).sort();

describe("states that an earlier run left", () => {
  it("are cleared if their person or camera no longer exists, and not those of another base topic", async () => {
    const broker = await startBroker();
    const stale = ["person/gone/state", "person/gone/image", "camera/gone/state", "camera/gone/image"];
    for (const topic of stale) await broker.publish(`faces2mqtt/${topic}`, "{}", true);
    await broker.publish("other/person/gone/state", "{}", true);
    const system = await startSystem(broker);
    await system.enrol("Anna");
    await system.face("door");
    await startStates(system);
    expect(await statesAt(broker)).toEqual([
      "faces2mqtt/camera/door/state",
      "faces2mqtt/person/anna/state",
      "other/person/gone/state",
    ]);
  });

  it("are cleared if they are images of which there is none to show now", async () => {
    const broker = await startBroker();
    const folder = tempFolder();
    const first = await startSystem(broker, { folder });
    await first.enrol("Anna");
    for (const camera of ["door", "garden"]) await first.face(camera);
    const garden = (await first.store.cameraStates()).find((one) => one.camera === "garden");
    await first.store.saveThumbnail(garden?.faceId ?? 0, new Uint8Array([1]));
    await first.stop();
    // As after a kill in the middle of an erasure: images of the erased person are still retained.
    const images = ["person/anna/image", "camera/door/image", "camera/garden/image"];
    for (const topic of images) await broker.publish(`faces2mqtt/${topic}`, "{}", true);
    await startStates(await startSystem(broker, { folder }));
    const kept = await statesAt(broker);
    expect(kept.filter((topic) => topic.endsWith("/image"))).toEqual(["faces2mqtt/camera/garden/image"]);
    expect(kept.filter((topic) => topic.endsWith("/state"))).toHaveLength(3);
  });
});

describe("the states of a person who is removed", () => {
  it("are cleared at once, however late the next publication is", async () => {
    const broker = await startBroker();
    const system = await startSystem(broker);
    const person = { personId: await system.enrol("Anna"), name: "Anna" };
    await startStates(system);
    expect(await statesAt(broker)).toContain("faces2mqtt/person/anna/state");
    await system.store.remove("anna", "erase");
    // The held clock stands: nothing settles.
    system.bus.emit("people", { changes: [{ kind: "removed", person, erased: true }] });
    await expect.poll(() => statesAt(broker)).not.toContain("faces2mqtt/person/anna/state");
  });
});
