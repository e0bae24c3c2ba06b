import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lastRun, makeAutomation, useBlueprint } from "./automations.ts";
import { enrol, picture, show, visit, visitors } from "./faces.ts";
import { complaints } from "./log.ts";
import { type Phone, startPhone } from "./phone.ts";
import { openStage, type Stage, startsItsOwn, until } from "./stage.ts";

const [anna = [], berta = [], clara = [], stranger = []] = visitors(4);
let stage: Stage;
let phone: Phone;

beforeAll(async () => {
  // Strict, so that these few people are never taken for one another.
  stage = await openStage({ env: { RECOGNITION_THRESHOLD: "0.5", DISCOVERY_THRESHOLD: "0.5" } });
  phone = await startPhone(stage.hass, "Pixel of Ada");
  await enrol(stage, "Anna", "front_door", anna, await picture("navy"));
  await enrol(stage, "Berta", "garden", berta, await picture("olive"));
  await stage.hass.until("event.anna_recognized", "unknown");
  await stage.hass.until("event.berta_recognized", "unknown");
  await stage.hass.until("event.garden_face", (one) => one !== null);
});
afterAll(async () => {
  await phone?.stop();
  await stage?.stop();
});

const recognized = (camera: string, visitor: typeof anna) => show(stage, camera, visitor[7] ?? []);
const tick = () => new Promise((done) => setTimeout(done, 1_500));
const cameraDevice = async (name: string): Promise<string> =>
  (await stage.hass.devices()).find((one) => one.model === "Camera" && one.name === name)?.id ?? "";

describe.runIf(startsItsOwn)("the blueprints, in a Home Assistant of their own", () => {
  it("are found by Home Assistant", async () => {
    const found = await stage.hass.ws<Record<string, { metadata?: { name: string }; error?: string }>>({
      type: "blueprint/list",
      domain: "automation",
    });
    const own = Object.entries(found).filter(([path]) => path.startsWith("faces2mqtt/"));
    expect(own.map(([path]) => path).sort()).toEqual([
      "faces2mqtt/person_recognized.yaml",
      "faces2mqtt/who_is_this.yaml",
    ]);
    expect(own.filter(([, { error }]) => error)).toEqual([]);
  });
});

describe("somebody is at the door", () => {
  it("tells the phone who, where, with a picture and a way to the panel", async () => {
    await useBlueprint(stage.hass, "somebody", "person_recognized", {
      who: ["event.anna_recognized"],
      phones: [phone.deviceId],
      panel: "/hassio/ingress/faces",
    });
    await recognized("front_door", anna);
    await until(() => phone.pushes.length > 0, "a push");
    expect(phone.pushes[0]).toMatchObject({
      title: "Anna",
      message: "Front door",
      data: {
        image: "/api/image_proxy/image.anna_last_face",
        url: "/hassio/ingress/faces",
        actions: [{ action: "URI", uri: "/hassio/ingress/faces" }],
      },
    });
  });

  it("hears nothing of others, of other cameras, of weak matches, of what is late", async () => {
    await useBlueprint(stage.hass, "chosen", "person_recognized", {
      who: ["event.anna_recognized", "event.garden_face"],
      cameras: [await cameraDevice("Garden")],
      min_score: 0.52,
      phones: [],
    });
    await recognized("front_door", anna);
    await stage.client.publishAsync(
      "faces2mqtt/embedding/garden",
      JSON.stringify({ encoding: anna[6], timestamp: Date.now() / 1000 - 3_600 }),
      { qos: 1 },
    );
    await stage.hass.until("event.garden_face", (one) => one?.attributes.delayed === true);
    await tick();
    expect(await lastRun(stage.hass, "chosen")).toBeNull();
    await recognized("garden", anna);
    await until(async () => (await lastRun(stage.hass, "chosen")) !== null, "a run for the garden");
  });

  it("tells of strangers, where that is wanted", async () => {
    await useBlueprint(stage.hass, "strangers", "person_recognized", {
      who: ["event.faces2mqtt_face"],
      kinds: ["unknown"],
      phones: [phone.deviceId],
      stranger: "Somebody new",
      title: "{{ who }}!",
      message: "{{ camera }}, {{ picture }}",
    });
    phone.pushes.length = 0;
    await show(stage, "garden", stranger[0] ?? [], { thumbnail: await picture("maroon") });
    await until(() => phone.pushes.length > 0, "a push");
    expect(phone.pushes).toMatchObject([{ title: "Somebody new!", message: "Garden, image.garden_last_face" }]);
  });

  it("runs more actions with what is known, and never takes a name for a template", async () => {
    const name = "{{ states('sun.sun') }} <b>";
    await stage.ask("PATCH", "api/faces/registry/berta", { name });
    await useBlueprint(stage.hass, "more", "person_recognized", {
      who: ["event.berta_recognized"],
      actions: [
        { event: "seen_at_the_door", event_data: { who: "{{ who }}", score: "{{ score }}", camera: "{{ camera }}" } },
      ],
    });
    await makeAutomation(stage.hass, "listener", {
      triggers: [{ trigger: "event", event_type: "seen_at_the_door" }],
      actions: [
        {
          action: "persistent_notification.create",
          data: { notification_id: "seen", message: "{{ trigger.event.data.who }}" },
        },
      ],
    });
    await recognized("garden", berta);
    await until(async () => (await lastRun(stage.hass, "listener")) !== null, "the action");
    const notes = await stage.hass.ws<{ notification_id: string; message: string }[]>({
      type: "persistent_notification/get",
    });
    expect(notes.find(({ notification_id }) => notification_id === "seen")?.message).toBe(name);
  });
});

describe("who is this?", () => {
  it("asks the phone about the newest group that a discovery found, and gives it the name that was typed", async () => {
    await useBlueprint(stage.hass, "who", "who_is_this", {
      waiting: "sensor.faces2mqtt_clusters_waiting",
      phones: [phone.deviceId],
      pictures: ["image.front_door_last_face", "image.garden_last_face"],
    });
    phone.pushes.length = 0;
    await visit(stage, "garden", clara.slice(0, 5), await picture("teal"));
    await stage.hass.call("button", "press", { entity_id: "button.faces2mqtt_discover_faces" });
    await until(() => phone.pushes.some(({ title }) => title === "Who is this?"), "a question");
    const [question] = phone.pushes.filter(({ title }) => title === "Who is this?");
    expect(question?.message).toMatch(/^[45] faces, garden/);
    expect(question?.data?.image).toBe("/api/image_proxy/image.garden_last_face");
    const [action] = (question?.data?.actions ?? []) as { action: string; behavior: string }[];
    expect(action?.behavior).toBe("textInput");
    await phone.press(action?.action ?? "", "  Clara ");
    await stage.hass.until("binary_sensor.clara_presence", "off");
  });

  it("says why when a name was not taken, and leaves other notifications alone", async () => {
    phone.pushes.length = 0;
    await phone.press("FACES2MQTT_NAME_c_00000000", "Dora");
    await until(() => phone.pushes.length > 0, "an answer");
    expect(phone.pushes[0]?.message).toContain("c_00000000");
    const before = await lastRun(stage.hass, "who");
    await phone.press("SOMETHING_ELSE", "Dora");
    await phone.press("FACES2MQTT_NAME_c_00000000", "  ");
    await tick();
    expect(await lastRun(stage.hass, "who")).toBe(before);
  });
});

describe("both", () => {
  it("stay still when somebody is renamed, announced again, merged, deleted and brought back", async () => {
    const all = ["somebody", "chosen", "strangers", "more"];
    phone.pushes.length = 0;
    const before = await Promise.all(all.map((id) => lastRun(stage.hass, id)));
    await stage.ask("PATCH", "api/faces/registry/anna", { name: "Anne" });
    await stage.client.publishAsync("faces2mqtt/bridge/request/announce", "{}", { qos: 1 });
    await tick();
    await stage.ask("PATCH", "api/faces/registry/clara", { name: "Anne", merge: true });
    await tick();
    await stage.ask("DELETE", "api/faces/registry/anna");
    await until(async () => (await stage.hass.state("event.anna_recognized")) === null, "Anna to go");
    await tick();
    await stage.ask("POST", "api/undo", {});
    await until(async () => (await stage.hass.state("event.anna_recognized")) !== null, "Anna to be back");
    await tick();
    expect(await Promise.all(all.map((id) => lastRun(stage.hass, id)))).toEqual(before);
    // Groups of a deleted person wait for a name again: one may look whether a discovery found them, but not ask.
    expect(phone.pushes).toEqual([]);
  });

  it("leave no complaint in Home Assistant's log", () => {
    expect(complaints(stage.home?.log() ?? "")).toEqual([]);
  });
});
