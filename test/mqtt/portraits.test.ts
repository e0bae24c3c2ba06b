import { describe, expect, it, onTestFinished } from "vitest";
import { createPortraits } from "../../src/mqtt/portraits.ts";
import { createTopics } from "../../src/mqtt/topics.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type Broker, type System, startBroker, startSystem } from "../homeassistant/start-system.ts";
import { makeFaceToSave } from "../make/face.ts";

const topics = createTopics("faces2mqtt");

async function startPortraits({ retained, store, bus, clock, pass }: System) {
  const log = { error: (fields: object) => expect(fields).toBeNull() };
  const portraits = createPortraits({ retained, topics, store, bus, clock, log });
  await portraits.start();
  onTestFinished(portraits.stop);
  await pass(0);
}

/** The retained portraits, by person: what each begins with. */
async function portraitsAt(broker: Broker): Promise<Record<string, string>> {
  const retained = [...(await broker.retained())].filter(([topic]) => topic.endsWith("/portrait"));
  return Object.fromEntries(retained.map(([topic, payload]) => [topic.split("/")[2], String(payload)]));
}

/** A person with one face; its picture says `picture`. */
async function makePerson({ store }: System, name: string, picture: string | null) {
  const [saved] = await store.saveFaces([makeFaceToSave()]);
  const faceId = saved?.face.id ?? 0;
  const { person } = await store.move({ faceIds: [faceId], name, addLooks: [], allowSameFrame: true });
  if (picture !== null) await store.saveThumbnail(faceId, Buffer.from(picture));
  return { person, faceId };
}

describe("the portrait of a person", () => {
  it("is retained from the start, and cleared of people who are gone", async () => {
    const broker = await startBroker();
    const folder = tempFolder();
    const first = await startSystem(broker, { folder });
    await makePerson(first, "Anna", "anna");
    await makePerson(first, "Bob", null);
    await first.stop();
    for (const id of ["bob", "gone"]) await broker.publish(`faces2mqtt/person/${id}/portrait`, "old", true);
    await startPortraits(await startSystem(broker, { folder }));
    await expect.poll(() => portraitsAt(broker)).toEqual({ anna: "anna" });
  });

  it("follows what is chosen", async () => {
    const broker = await startBroker();
    const system = await startSystem(broker);
    const { person } = await makePerson(system, "Anna", "first");
    const { faceId: other } = await makePerson(system, "Zoe", "other");
    await startPortraits(system);
    await system.store.merge(["zoe"], "anna");
    await system.store.setPortrait("anna", other);
    system.bus.emit("people", {
      changes: [
        { kind: "removed", person: { personId: "zoe", name: "Zoe" }, erased: false },
        { kind: "changed", person },
      ],
    });
    await system.pass(100);
    await expect.poll(() => portraitsAt(broker)).toEqual({ anna: "other" });
  });

  it("that could not be read is published with the next change", async () => {
    const broker = await startBroker();
    const system = await startSystem(broker);
    const { person, faceId } = await makePerson(system, "Anna", "first");
    await makePerson(system, "Zoe", "zoe");
    let fails = 0;
    const { retained, bus, clock } = system;
    const store: typeof system.store = {
      ...system.store,
      async portraits(ids) {
        if (ids && fails++ === 0) throw new Error("the disk is busy");
        return await system.store.portraits(ids);
      },
    };
    const portraits = createPortraits({ retained, topics, store, bus, clock, log: { error: () => undefined } });
    await portraits.start();
    onTestFinished(portraits.stop);
    await expect.poll(() => portraitsAt(broker)).toEqual({ anna: "first", zoe: "zoe" });
    await store.move({ faceIds: [faceId], name: "Zoe", addLooks: [], allowSameFrame: true });
    bus.emit("people", { changes: [{ kind: "changed", person }] });
    await system.pass(100);
    bus.emit("people", { changes: [{ kind: "changed", person: { personId: "zoe", name: "Zoe" } }] });
    await system.pass(100);
    await expect.poll(async () => Object.keys(await portraitsAt(broker))).toEqual(["zoe"]);
    expect(fails).toBe(2);
  });

  it("comes with the first picture", async () => {
    const broker = await startBroker();
    const system = await startSystem(broker);
    const { faceId } = await makePerson(system, "Anna", null);
    await startPortraits(system);
    expect(await portraitsAt(broker)).toEqual({});
    await system.store.saveThumbnail(faceId, Buffer.from("late"));
    system.bus.emit("thumbnail", { faceId });
    await system.pass(100);
    await expect.poll(() => portraitsAt(broker)).toEqual({ anna: "late" });
  });

  it("is cleared at once when the person is removed, however late the next publication is", async () => {
    const broker = await startBroker();
    const system = await startSystem(broker);
    const { person } = await makePerson(system, "Anna", "anna");
    await startPortraits(system);
    await expect.poll(() => portraitsAt(broker)).toEqual({ anna: "anna" });
    await system.store.remove("anna", "erase");
    // The held clock stands: nothing settles.
    system.bus.emit("people", { changes: [{ kind: "removed", person, erased: true }] });
    await expect.poll(() => portraitsAt(broker)).toEqual({});
  });
});
