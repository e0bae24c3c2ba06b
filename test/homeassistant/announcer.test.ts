import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type Broker, type System, startBroker, startSystem } from "./start-system.ts";

/** Longer than looking for what an earlier run left, than two configurations are apart, and than moving takes. */
const LONG = 6_000;

async function startAnnounced(options: Parameters<typeof startSystem>[1] = {}) {
  const broker = await startBroker();
  const system = await startSystem(broker, options);
  await system.pass(LONG);
  return { broker, system, id: (rest = "") => `faces2mqtt_${system.store.instance}${rest}` };
}

const configs = (broker: Broker) => broker.seen.filter(({ topic }) => topic.startsWith("homeassistant/"));
const forget = (broker: Broker) => broker.seen.splice(0);
const republished = (broker: Broker) => broker.seen.filter(({ topic }) => topic === "faces2mqtt/bridge/state").length;
const nameIn = (payload: string | undefined) =>
  (JSON.parse(payload ?? "{}") as { device?: { name?: string } }).device?.name;

async function retainedConfigs(broker: Broker): Promise<string[]> {
  return [...(await broker.retained()).keys()].filter((topic) => topic.startsWith("homeassistant/")).sort();
}

describe("announcing", () => {
  it("announces the bridge first, then people, then cameras, all retained", async () => {
    const broker = await startBroker();
    const system = await startSystem(broker);
    await system.enrol("Anna");
    await system.face("front_door");
    await system.pass(LONG);
    const id = `faces2mqtt_${system.store.instance}`;
    const expected = [id, `${id}_person_anna`, `${id}_camera_front_door`].map(
      (one) => `homeassistant/device/${one}/config`,
    );
    expect(configs(broker).map(({ topic }) => topic)).toEqual(expected);
    expect(await retainedConfigs(broker)).toEqual(expected.sort());
  });

  it("has a person's entities as soon as a name is given, and a camera's with its first face", async () => {
    const { broker, system, id } = await startAnnounced();
    forget(broker);
    await system.enrol("Łukasz");
    await system.face("Kamera Küche");
    await system.pass(0);
    expect(configs(broker).map(({ topic }) => topic)).toEqual([
      `homeassistant/device/${id("_person_lukasz")}/config`,
      `homeassistant/device/${id("_camera_kamera_kuche")}/config`,
    ]);
    await system.face("Kamera Küche");
    await system.pass(LONG);
    expect(configs(broker)).toHaveLength(2);
  });

  it("changes only the name on the same topic at a rename", async () => {
    const { broker, system, id } = await startAnnounced();
    const anna = await system.enrol("Anna");
    await system.pass(LONG);
    forget(broker);
    await system.rename(anna, "Anna-Maria");
    await system.pass(LONG);
    expect(configs(broker).map(({ topic, payload }) => [topic, nameIn(payload)])).toEqual([
      [`homeassistant/device/${id("_person_anna")}/config`, "Anna-Maria"],
    ]);
  });

  it("clears the configuration of a removed person", async () => {
    const { broker, system, id } = await startAnnounced();
    const anna = await system.enrol("Anna");
    await system.pass(LONG);
    forget(broker);
    await system.remove(anna);
    await system.pass(LONG);
    expect(configs(broker)).toEqual([
      { topic: `homeassistant/device/${id("_person_anna")}/config`, payload: "", retain: false },
    ]);
    expect(await retainedConfigs(broker)).toEqual([`homeassistant/device/${id()}/config`]);
  });

  it("never publishes two different configurations of a device within a second and a half", async () => {
    const { broker, system, id } = await startAnnounced();
    const anna = await system.enrol("Anna");
    await system.pass(0);
    forget(broker);
    await system.rename(anna, "Anne");
    await system.pass(700);
    await system.rename(anna, "Annika");
    await system.pass(700);
    expect(configs(broker)).toEqual([]);
    await system.pass(200);
    expect(configs(broker).map(({ topic, payload }) => [topic, nameIn(payload)])).toEqual([
      [`homeassistant/device/${id("_person_anna")}/config`, "Annika"],
    ]);
  });

  it("announces every component by itself where that is wanted", async () => {
    const { broker, system, id } = await startAnnounced({ config: { discoveryMode: "component" } });
    await system.enrol("Anna");
    await system.pass(LONG);
    const topics = await retainedConfigs(broker);
    expect(topics).toContain(`homeassistant/binary_sensor/${id("_person_anna")}/presence/config`);
    expect(topics).toContain(`homeassistant/device_automation/${id("_person_anna")}/trigger/config`);
    expect(topics.filter((topic) => topic.includes("/device/"))).toEqual([]);
    expect(topics).toHaveLength(21);
  });
});

describe("Home Assistant's birth", () => {
  it.each(["online", " Online\n", "ONLINE"])(
    "is answered to %j with configurations, availability and states, after a while",
    async (word) => {
      const { broker, system, id } = await startAnnounced();
      system.retained.publish("faces2mqtt/person/anna/state", "{}");
      await system.pass(0);
      forget(broker);
      await broker.publish("homeassistant/status", word);
      await system.pass(2_900);
      expect(configs(broker).filter(({ topic }) => topic.endsWith("/config"))).toEqual([]);
      expect(republished(broker)).toBe(0);
      await system.pass(200);
      expect(broker.seen.slice(1).map(({ topic }) => topic)).toEqual([
        `homeassistant/device/${id()}/config`,
        "faces2mqtt/bridge/state",
        "faces2mqtt/person/anna/state",
      ]);
    },
  );

  it("is not read into its death, another word, or a retained message", async () => {
    const { broker, system } = await startAnnounced();
    forget(broker);
    await broker.publish("homeassistant/status", "offline");
    await broker.publish("homeassistant/status", "hello");
    await system.pass(LONG);
    expect(republished(broker)).toBe(0);
    await system.stop();
    await broker.publish("homeassistant/status", "online", true);
    const again = await startSystem(broker);
    await again.pass(LONG);
    forget(broker);
    await again.pass(LONG);
    expect(republished(broker)).toBe(0);
  });

  it("received many times at once is answered once", async () => {
    const { broker, system } = await startAnnounced();
    forget(broker);
    for (let i = 0; i < 5; i++) await broker.publish("homeassistant/status", "online");
    await system.pass(LONG);
    await system.pass(LONG);
    expect(republished(broker)).toBe(1);
  });
});

describe("healing", () => {
  it("brings back a device whose topic another client emptied, once, when no more empty messages come", async () => {
    const { broker, system, id } = await startAnnounced();
    await system.enrol("Anna");
    await system.pass(LONG);
    const topic = `homeassistant/device/${id("_person_anna")}/config`;
    forget(broker);
    await broker.publish(topic, "", true);
    await system.pass(1_000);
    await broker.publish(topic, "", true);
    await system.pass(1_000);
    expect(configs(broker).filter(({ payload }) => payload !== "")).toEqual([]);
    await system.pass(600);
    await system.pass(LONG);
    expect(
      configs(broker)
        .filter(({ payload }) => payload !== "")
        .map((one) => one.topic),
    ).toEqual([topic]);
    expect(await retainedConfigs(broker)).toContain(topic);
  });

  it("does not bring back a removed person", async () => {
    const { broker, system } = await startAnnounced();
    const anna = await system.enrol("Anna");
    await system.pass(LONG);
    await system.remove(anna);
    await system.pass(LONG);
    forget(broker);
    await system.pass(LONG);
    expect(configs(broker)).toEqual([]);
  });

  it("publishes everything again on request", async () => {
    const { broker, system, id } = await startAnnounced();
    forget(broker);
    system.announcer.announceAll();
    await system.pass(0);
    expect(configs(broker).map(({ topic }) => topic)).toEqual([`homeassistant/device/${id()}/config`]);
  });
});

describe("what an earlier run left", () => {
  const leave = (broker: Broker, topics: readonly string[]) =>
    Promise.all(topics.map((topic) => broker.publish(topic, "{}", true)));

  it("is cleared if it is no longer wanted, and no other program's is touched", async () => {
    const broker = await startBroker();
    const folder = tempFolder();
    const first = await startSystem(broker, { folder });
    await first.pass(LONG);
    const id = `faces2mqtt_${first.store.instance}`;
    await first.stop();
    const others = [
      "homeassistant/device/faces2mqtt_00000000_person_anna/config",
      `homeassistant/device/${id}x/config`,
      "homeassistant/sensor/zigbee/temperature/config",
      "homeassistant/sensor/temperature/config",
    ];
    await leave(broker, others);
    await leave(broker, [
      `homeassistant/device/${id}_person_gone/config`,
      `homeassistant/sensor/${id}_person_gone/last_seen/config`,
    ]);
    const second = await startSystem(broker, { folder });
    await second.pass(LONG);
    const kept = [...(await broker.retained()).keys()].filter((topic) => !topic.endsWith("bridge/state"));
    expect(kept.sort()).toEqual([...others, `homeassistant/device/${id}/config`].sort());
  });

  it("goes altogether when Home Assistant is switched off", async () => {
    const broker = await startBroker();
    const folder = tempFolder();
    const first = await startSystem(broker, { folder });
    await first.enrol("Anna");
    await first.pass(LONG);
    expect(await retainedConfigs(broker)).toHaveLength(2);
    await first.stop();
    const second = await startSystem(broker, { folder, config: { enabled: false } });
    await second.pass(LONG);
    expect(await retainedConfigs(broker)).toEqual([]);
    await second.enrol("Berta");
    await broker.publish("homeassistant/status", "online");
    await second.pass(LONG);
    expect(await retainedConfigs(broker)).toEqual([]);
  });

  const moves: ["device" | "component", "device" | "component"][] = [
    ["component", "device"],
    ["device", "component"],
  ];
  it.each(moves)("moves from the form %s to %s by asking Home Assistant to let go first", async (from, to) => {
    const broker = await startBroker();
    const folder = tempFolder();
    const first = await startSystem(broker, { folder, config: { discoveryMode: from } });
    await first.enrol("Anna");
    await first.pass(LONG);
    const old = await retainedConfigs(broker);
    await first.stop();
    forget(broker);

    const second = await startSystem(broker, { folder, config: { discoveryMode: to } });
    await walk(second);
    const published = configs(broker);
    const steps = published.map(({ payload }) =>
      payload === ""
        ? "cleared"
        : payload.includes("migrate_discovery")
          ? "let go"
          : payload.includes('"moved"')
            ? "placeholder"
            : /"(stranger_)?trigger":\{"platform":"device_automation"\}/.test(payload)
              ? "without trigger"
              : "announced",
    );
    const fresh = (await retainedConfigs(broker)).length;
    // In the one form a device trigger has a topic of its own, which is emptied first; in the other Anna's device and the
    // bridge's say it.
    const ofTriggers = old.filter((topic) => topic.includes("/device_automation/"));
    expect(steps).toEqual([
      ...(from === "device" ? old.map(() => "without trigger") : ofTriggers.map(() => "cleared")),
      ...old.slice(ofTriggers.length).map(() => "let go"),
      ...(from === "device" ? old.map(() => "placeholder") : []),
      ...old.slice(ofTriggers.length).map(() => "cleared"),
      ...Array.from({ length: fresh }, () => "announced"),
    ]);
    expect(
      published
        .filter((_one, at) => steps[at] === "cleared")
        .map(({ topic }) => topic)
        .sort(),
    ).toEqual(old);
    expect(
      published.filter(({ topic }) => topic.includes("/device_automation/")).map(({ payload }) => payload === ""),
    ).toEqual(from === "device" ? [false, false] : [true, true]);
    expect((await retainedConfigs(broker)).filter((topic) => old.includes(topic))).toEqual([]);
  });
});

describe("a broker that was away", () => {
  it("has nothing left of a person who was removed meanwhile", async () => {
    const broker = await startBroker();
    const folder = tempFolder();
    const first = await startSystem(broker, { folder });
    const anna = await first.enrol("Anna");
    await first.pass(LONG);
    const topic = (await retainedConfigs(broker)).find((one) => one.includes("person_anna")) ?? "";
    await first.stop();
    // What a broker with persistence brings back: the announcement of a person who no longer exists.
    const second = await startSystem(broker, { folder });
    await second.remove(anna);
    await second.pass(LONG);
    expect(topic).not.toBe("");
    expect(await retainedConfigs(broker)).not.toContain(topic);
  });
});

/** In steps, so that messages get there between them. */
async function walk(system: System): Promise<void> {
  for (let at = 0; at < 3 * LONG; at += 1_000) await system.pass(1_000);
}
