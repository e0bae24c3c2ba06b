import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrol, hears, picture, show, visit, visitors } from "./faces.ts";
import type { DeviceEntry, EntityEntry } from "./hass.ts";
import { complaints } from "./log.ts";
import { openStage, type Stage, until } from "./stage.ts";

const [anna = [], berta = []] = visitors(2);
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ env: { RECOGNITION_PRESENCE_SECONDS: "5" } });
});
afterAll(() => stage?.stop());

const ours = async (): Promise<DeviceEntry[]> =>
  (await stage.hass.devices()).filter(({ manufacturer }) => manufacturer === "faces2mqtt");

async function device(model: string, name: string): Promise<DeviceEntry | undefined> {
  return (await ours()).find((one) => one.model === model && one.name === name);
}

async function entitiesOf(model: string, name: string): Promise<EntityEntry[]> {
  const one = await device(model, name);
  return one ? (await stage.hass.entities()).filter(({ device_id }) => device_id === one.id) : [];
}

const idsOf = async (model: string, name: string): Promise<string[]> =>
  (await entitiesOf(model, name)).map(({ entity_id }) => entity_id).sort();

const image = async (entityId: string): Promise<Buffer> =>
  Buffer.from(await (await stage.hass.get(`/api/image_proxy/${entityId}`)).arrayBuffer());

/** Each step goes on from the one before, as a day does. */
describe("a day with Home Assistant", () => {
  it("begins with the daemon's own device, and nothing in it unavailable", async () => {
    await stage.hass.until("binary_sensor.faces2mqtt_connection", "on");
    expect(await idsOf("Bridge", "faces2mqtt")).toEqual([
      "binary_sensor.faces2mqtt_connection",
      "binary_sensor.faces2mqtt_problem",
      "button.faces2mqtt_discover_faces",
      "event.faces2mqtt_face",
      "number.faces2mqtt_match_threshold",
      "select.faces2mqtt_recognition_profile",
      "sensor.faces2mqtt_clusters_waiting",
      "sensor.faces2mqtt_last_discovery",
      "sensor.faces2mqtt_people",
      "sensor.faces2mqtt_strangers_seen_again",
      "sensor.faces2mqtt_unassigned_faces",
      "switch.faces2mqtt_scheduled_discovery",
    ]);
    await stage.hass.until("sensor.faces2mqtt_people", "0");
    await stage.hass.until("binary_sensor.faces2mqtt_problem", "off");
    await stage.hass.until("sensor.faces2mqtt_last_discovery", "unknown");
    await stage.hass.until("number.faces2mqtt_match_threshold", "0.6");
    await stage.hass.until("select.faces2mqtt_recognition_profile", "classic");
    await stage.hass.until("sensor.faces2mqtt_strangers_seen_again", "0");
    await stage.hass.until("switch.faces2mqtt_scheduled_discovery", "off");
  });

  it("gives a camera its device with its first face, and its event says that nobody is known", async () => {
    const thumbnail = await picture("navy");
    await show(stage, "front_door", anna[0] ?? [], { thumbnail });
    await hears(stage, "front_door");
    await visit(stage, "front_door", anna.slice(1, 6), thumbnail);
    const event = await stage.hass.until("event.front_door_face", (one) => one?.attributes.event_type === "unknown");
    expect(event.attributes).toMatchObject({ camera: "front_door", person: null, candidates: [] });
    expect(await idsOf("Camera", "Front door")).toEqual([
      "event.front_door_face",
      "image.front_door_last_face",
      "sensor.front_door_last_person",
    ]);
    await stage.hass.until("sensor.front_door_last_person", "unknown");
    await stage.hass.until("sensor.faces2mqtt_unassigned_faces", "6");
    await until(
      async () => (await image("image.front_door_last_face")).subarray(0, 2).toString("hex") === "ffd8",
      "a picture",
    );
    const bridge = await device("Bridge", "faces2mqtt");
    expect((await device("Camera", "Front door"))?.via_device_id).toBe(bridge?.id);
  });

  it("discovers when the button is pressed", async () => {
    await stage.hass.call("button", "press", { entity_id: "button.faces2mqtt_discover_faces" });
    await stage.hass.until("sensor.faces2mqtt_clusters_waiting", "1");
    const done = await stage.hass.until(
      "sensor.faces2mqtt_last_discovery",
      (one) => !Number.isNaN(Date.parse(one?.state ?? "")),
    );
    expect(Date.now() - Date.parse(done.state)).toBeLessThan(60_000);
  });

  it("has seven entities and a trigger of a person, absent and without score, as soon as somebody is named", async () => {
    const { clusters } = await stage.ask<{ clusters: { id: string }[] }>("GET", "api/faces/clusters");
    await stage.ask("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
    await stage.hass.until("binary_sensor.anna_presence", "off");
    expect(await idsOf("Person", "Anna")).toEqual([
      "binary_sensor.anna_presence",
      "event.anna_recognized",
      "image.anna_last_face",
      "image.anna_portrait",
      "sensor.anna_last_camera",
      "sensor.anna_last_score",
      "sensor.anna_last_seen",
    ]);
    await stage.hass.until("sensor.anna_last_camera", "front_door");
    await stage.hass.until("sensor.anna_last_score", "unknown");
    await stage.hass.until("event.anna_recognized", "unknown");
    await stage.hass.until("sensor.anna_last_seen", (one) => !Number.isNaN(Date.parse(one?.state ?? "")));
    const triggers = await stage.hass.ws<{ type: string; subtype: string; domain: string }[]>({
      type: "device_automation/trigger/list",
      device_id: (await device("Person", "Anna"))?.id,
    });
    expect(triggers.filter(({ domain }) => domain === "mqtt")).toMatchObject([
      { type: "recognized", subtype: "any camera" },
    ]);
    await stage.hass.until("sensor.faces2mqtt_people", "1");
    await stage.hass.until("sensor.faces2mqtt_clusters_waiting", "0");
    await until(
      async () => (await image("image.anna_portrait")).subarray(0, 2).toString("hex") === "ffd8",
      "a portrait",
    );
  });

  it("tells that the person was recognized: event, presence, camera, score and picture", async () => {
    await show(stage, "garden", anna[7] ?? [], { thumbnail: await picture("teal") });
    const event = await stage.hass.until("event.anna_recognized", (one) => one?.attributes.event_type === "recognized");
    const { score, distance } = event.attributes as { score: number; distance: number };
    expect(event.attributes).toMatchObject({ person: "Anna", person_id: "anna", camera: "garden", threshold: 0.6 });
    expect(score).toBeCloseTo(1 - distance, 4);
    await stage.hass.until("binary_sensor.anna_presence", "on");
    const presence = await stage.hass.until("binary_sensor.anna_presence", (one) => one?.attributes.score === score);
    expect(presence.attributes).toMatchObject({ camera: "garden", device_class: "occupancy" });
    await stage.hass.until("sensor.anna_last_camera", "garden");
    await stage.hass.until("sensor.garden_last_person", "Anna");
    const shown = await stage.hass.until(
      "sensor.anna_last_score",
      (one) => one?.attributes.unit_of_measurement === "%",
    );
    expect(Number(shown.state)).toBeCloseTo(score * 100, 0);
    await until(
      async () => (await image("image.anna_last_face")).equals(await image("image.garden_last_face")),
      "the same picture at person and camera",
    );
    await stage.hass.until("event.faces2mqtt_face", (one) => one?.attributes.event_id === event.attributes.event_id);
  });

  it("forgets who is there after a while", async () => {
    await stage.hass.until("binary_sensor.anna_presence", "off");
    await stage.hass.until("sensor.garden_last_person", "unknown");
    expect((await stage.hass.state("sensor.anna_last_camera"))?.state).toBe("garden");
  });

  it("obeys its controls, and tells the new value at once", async () => {
    await stage.hass.call("number", "set_value", { entity_id: "number.faces2mqtt_match_threshold", value: 0.52 });
    await stage.hass.until("number.faces2mqtt_match_threshold", "0.52");
    await stage.hass.call("switch", "turn_on", { entity_id: "switch.faces2mqtt_scheduled_discovery" });
    await stage.hass.until("switch.faces2mqtt_scheduled_discovery", "on");
    await stage.hass.call("select", "select_option", {
      entity_id: "select.faces2mqtt_recognition_profile",
      option: "careful",
    });
    await stage.hass.until("select.faces2mqtt_recognition_profile", "careful");
    const { settings } = await stage.ask<{ settings: Record<string, { value: unknown }> }>("GET", "api/settings");
    expect(settings["recognition.threshold"]?.value).toBe(0.52);
    expect(settings["recognition.profile"]?.value).toBe("careful");
    await stage.hass.call("select", "select_option", {
      entity_id: "select.faces2mqtt_recognition_profile",
      option: "classic",
    });
    await stage.hass.until("select.faces2mqtt_recognition_profile", "classic");
    await stage.hass.call("switch", "turn_off", { entity_id: "switch.faces2mqtt_scheduled_discovery" });
    await stage.hass.until("switch.faces2mqtt_scheduled_discovery", "off");
    await stage.hass.call("number", "set_value", { entity_id: "number.faces2mqtt_match_threshold", value: 0.6 });
    await stage.hass.until("number.faces2mqtt_match_threshold", "0.6");
  });

  it("keeps every entity id when somebody is renamed", async () => {
    const before = await entitiesOf("Person", "Anna");
    await stage.ask("PATCH", "api/faces/registry/anna", { name: "Анна-Мария" });
    await until(async () => (await device("Person", "Анна-Мария")) !== undefined, "the new name");
    expect(await entitiesOf("Person", "Анна-Мария")).toEqual(before);
    await stage.hass.until(
      "binary_sensor.anna_presence",
      (one) => one?.attributes.friendly_name === "Анна-Мария Presence",
    );
  });

  it("brings back an entity that was deleted in its own settings, and all of its siblings", async () => {
    const before = await idsOf("Person", "Анна-Мария");
    await stage.hass.ws({ type: "config/entity_registry/remove", entity_id: "sensor.anna_last_seen" });
    await until(async () => (await stage.hass.state("sensor.anna_last_seen")) === null, "it to go");
    await stage.hass.until("sensor.anna_last_seen", (one) => !Number.isNaN(Date.parse(one?.state ?? "")));
    await stage.hass.until("binary_sensor.anna_presence", "off");
    expect(await idsOf("Person", "Анна-Мария")).toEqual(before);
  });

  it("brings back a device whose announcement was cleared by hand", async () => {
    const { instance } = await stage.ask<{ instance: string }>("GET", "api/status");
    const topic = `homeassistant/device/faces2mqtt_${instance}_camera_garden/config`;
    await stage.client.publishAsync(topic, "", { retain: true, qos: 1 });
    await until(async () => (await device("Camera", "Garden")) === undefined, "it to go");
    await until(async () => (await device("Camera", "Garden")) !== undefined, "it to be back");
    await stage.hass.until("sensor.garden_last_person", "unknown");
  });

  it("has nothing left of somebody who was merged into somebody else", async () => {
    await enrol(stage, "Berta", "garden", berta);
    await stage.hass.until("binary_sensor.berta_presence", "off");
    await stage.ask("PATCH", "api/faces/registry/berta", { name: "Анна-Мария", merge: true });
    await until(async () => (await device("Person", "Berta")) === undefined, "Berta's device to go");
    expect((await stage.hass.states()).filter(({ entity_id }) => entity_id.includes("berta"))).toEqual([]);
    await stage.hass.until("sensor.faces2mqtt_people", "1");
  });

  it("has nothing left of somebody who was deleted, on the broker neither", async () => {
    await stage.ask("DELETE", "api/faces/registry/anna?faces=erase");
    await until(async () => (await device("Person", "Анна-Мария")) === undefined, "the device to go");
    expect((await stage.hass.states()).filter(({ entity_id }) => entity_id.includes("anna"))).toEqual([]);
    const left: string[] = [];
    stage.client.on("message", (topic, _payload, { retain }) => {
      if (retain) left.push(topic);
    });
    await stage.client.subscribeAsync(["#"], { qos: 1 });
    await until(() => left.length > 5 && left.includes("faces2mqtt/bridge/state"), "what is retained");
    expect(left.filter((topic) => /anna|berta/.test(topic))).toEqual([]);
  });

  it("leaves no complaint in Home Assistant's log", () => {
    expect(complaints(stage.home?.log() ?? "")).toEqual([]);
  });
});
