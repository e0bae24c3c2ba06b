import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lastRun, useDeviceTrigger } from "./automations.ts";
import { enrol, picture, show, visitors } from "./faces.ts";
import { complaints } from "./log.ts";
import { openStage, type Stage, until } from "./stage.ts";

const [anna = []] = visitors(1);
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ env: { HOMEASSISTANT_DISCOVERY_MODE: "component" } });
  await enrol(stage, "Anna", "front_door", anna, await picture("navy"));
  await stage.hass.until("event.anna_recognized", "unknown");
  await useDeviceTrigger(stage.hass, "device", [{ event: "seen" }]);
});
afterAll(() => stage?.stop());

async function registered() {
  const ours = (await stage.hass.devices()).filter(({ manufacturer }) => manufacturer === "faces2mqtt");
  const ids = new Set(ours.map(({ id }) => id));
  const entities = (await stage.hass.entities()).filter(({ device_id }) => ids.has(device_id ?? ""));
  const person = ours.find(({ model }) => model === "Person");
  const triggers = await stage.hass.ws<{ domain: string; type: string }[]>({
    type: "device_automation/trigger/list",
    device_id: person?.id,
  });
  return {
    devices: ours.map(({ id, name }) => `${id} ${name}`).sort(),
    entities: entities.map(({ entity_id, unique_id }) => `${entity_id} ${unique_id}`).sort(),
    triggers: triggers.filter(({ domain }) => domain === "mqtt").map(({ type }) => type),
  };
}

/** Config topics that stand on the broker. */
async function configTopics(): Promise<string[]> {
  const topics = new Set<string>();
  const note = (topic: string, payload: Buffer): void => {
    if (payload.length > 0) topics.add(topic);
  };
  stage.client.on("message", note);
  await stage.client.subscribeAsync("homeassistant/#", { qos: 1 });
  await until(() => topics.size > 0, "what stands there");
  await new Promise((done) => setTimeout(done, 300));
  await stage.client.unsubscribeAsync("homeassistant/#");
  stage.client.off("message", note);
  return [...topics].sort();
}

async function changeTo(form: string): Promise<void> {
  await stage.daemon.stop();
  stage.daemon.configure({ HOMEASSISTANT_DISCOVERY_MODE: form });
  await stage.daemon.start();
  await stage.hass.until("binary_sensor.faces2mqtt_connection", "on");
  await until(
    async () =>
      (await configTopics()).every((topic) => topic.startsWith("homeassistant/device/") === (form === "device")),
    `only the form ${form} to be on the broker`,
  );
}

describe("the two forms of discovery", () => {
  it("make the same entities; one message per component first", async () => {
    const { entities, devices, triggers } = await registered();
    expect(entities).toHaveLength(22);
    expect(devices).toHaveLength(3);
    expect(triggers).toEqual(["recognized"]);
    expect(await configTopics()).toHaveLength(24);
  });

  it.each(["device", "component", "device"])(
    "change to %s while every entity, device and trigger stays",
    async (form) => {
      const before = await registered();
      await changeTo(form);
      expect(await registered()).toEqual(before);
      expect(await configTopics()).toHaveLength(form === "device" ? 3 : 24);
      await stage.hass.until("binary_sensor.anna_presence", "off");
      await stage.hass.until("sensor.anna_last_camera", "front_door");
    },
  );

  it("work after it as before", async () => {
    await show(stage, "front_door", anna[7] ?? []);
    await stage.hass.until("event.anna_recognized", (one) => one?.attributes.event_type === "recognized");
    await stage.hass.until("binary_sensor.anna_presence", "on");
    await until(async () => (await lastRun(stage.hass, "device")) !== null, "the device trigger");
  });

  it("go altogether when Home Assistant is switched off in the configuration", async () => {
    await stage.daemon.stop();
    stage.daemon.configure({ HOMEASSISTANT_ENABLED: "false" });
    await stage.daemon.start();
    await until(
      async () => !(await stage.hass.devices()).some(({ manufacturer }) => manufacturer === "faces2mqtt"),
      "our devices to go",
    );
  });

  it("leave no complaint in Home Assistant's log", () => {
    expect(complaints(stage.home?.log() ?? "")).toEqual([]);
  });
});
