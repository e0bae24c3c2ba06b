import { describe, expect, it } from "vitest";
import { toCameraTitle } from "../../src/homeassistant/camera.ts";
import type { SystemInfo } from "../../src/homeassistant/component.ts";
import { buildDevices } from "../../src/homeassistant/devices.ts";
import { toConfigMessages } from "../../src/homeassistant/serialise.ts";
import { createTopics } from "../../src/mqtt/topics.ts";
import { toEventJson } from "../../src/wire/out/events.ts";
import { makeRecognition } from "../make/recognition.ts";
import { BLOCKED_ATTRIBUTES, problemsOf } from "./payload-rules.ts";

const system: SystemInfo = {
  instance: "7f3a0b1c",
  version: "1.0.0",
  topics: createTopics("faces2mqtt"),
  publicUrl: "http://192.168.1.10:8099/",
  schedule: null,
};

/** Names that slug alike, that have no Latin letters, and that mean something to MQTT, templates, HTML or JSON. */
const PEOPLE = [
  { personId: "anna", name: "Anna" },
  { personId: "lukasz", name: "Łukasz" },
  { personId: "lukasz_2", name: "Lukasz" },
  { personId: "person_3", name: "Владислава" },
  { personId: "person_4", name: "田中 さくら" },
  { personId: "a_b_c", name: "A+B/#C" },
  { personId: "script", name: '<script>alert("{{ states }}")</script>' },
  { personId: "anna_last", name: 'Anna’s \\ "last" 🎉' },
  { personId: "camera_front_door", name: "camera front door" },
];
const CAMERAS = [
  { camera: "front_door", cameraId: "front_door" },
  { camera: "front-door", cameraId: "front_door_2" },
  { camera: "Kamera Küche", cameraId: "kamera_kuche" },
  { camera: "車庫", cameraId: "camera_4" },
];

const messages = (form: "device" | "component", at: SystemInfo = system) =>
  buildDevices(at, PEOPLE, CAMERAS).flatMap((device) => toConfigMessages(device, at, "homeassistant", form));

const parse = (payload: string) => JSON.parse(payload) as Record<string, unknown>;

/** Every unique_id anywhere in a payload. */
function uniqueIds(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "unique_id" ? [String(inner)] : uniqueIds(inner)));
}

describe.each(["device", "component"] as const)("discovery payloads in the form %s", (form) => {
  it("keep every rule, whatever people and cameras are called", () => {
    for (const { topic, payload } of messages(form)) expect(problemsOf(topic, parse(payload)), topic).toEqual([]);
  });

  it("are as they were agreed upon", async () => {
    for (const device of buildDevices(system, PEOPLE.slice(0, 4), CAMERAS.slice(0, 1))) {
      const announced = Object.fromEntries(
        toConfigMessages(device, system, "homeassistant", form).map(({ topic, payload }) => [topic, parse(payload)]),
      );
      await expect(`${JSON.stringify(announced, null, 2)}\n`).toMatchFileSnapshot(`golden/${form}-${device.id}.golden`);
    }
  });

  it("share no topic and no unique id among people, cameras and two daemons", () => {
    const all = [...messages(form), ...messages(form, { ...system, instance: "7f3a0b1d" })];
    expect(new Set(all.map(({ topic }) => topic)).size).toBe(all.length);
    const ids = all.flatMap(({ payload }) => uniqueIds(parse(payload)));
    expect(ids.length).toBeGreaterThan(100);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("change in nothing but the device's name when a person is renamed", () => {
    const announce = (name: string) =>
      buildDevices(system, [{ personId: "anna", name }], []).flatMap((device) =>
        toConfigMessages(device, system, "homeassistant", form),
      );
    const renamed = announce("Anna-Maria").map(({ topic, payload }) => ({
      topic,
      payload: payload.replaceAll('"Anna-Maria"', '"Anna"'),
    }));
    expect(renamed).toEqual(announce("Anna"));
  });

  it("keep names out of topics and templates", () => {
    for (const { topic, payload } of messages(form)) {
      expect(topic).toMatch(/^[a-z0-9_/]+$/);
      const { device: _device, ...rest } = parse(payload);
      for (const { name } of PEOPLE.slice(1)) expect(JSON.stringify(rest)).not.toContain(name);
    }
  });
});

describe("both forms", () => {
  it("give Home Assistant the same discovery ids, so that entities can move between them", () => {
    const ids = messages("device").flatMap(({ topic, payload }) => {
      const components = parse(payload).components as Record<string, { platform: string }>;
      return Object.entries(components).map(([key, { platform }]) => `${platform} ${topic.split("/")[2]} ${key}`);
    });
    const byThemselves = messages("component").map(({ topic }) => topic.split("/").slice(1, 4).join(" "));
    expect(byThemselves).toEqual(ids);
  });
});

describe("the controls", () => {
  const controls = (at: SystemInfo) => {
    const [bridge] = buildDevices(at, [], []);
    return Object.fromEntries(bridge?.components.map(({ key, config }) => [key, config]) ?? []);
  };

  it("bring back the configured schedule when it is switched on, and every night at 3 where there is none", () => {
    expect(controls(system).schedule?.payload_on).toBe('{"discovery.schedule":"0 3 * * *"}');
    expect(controls({ ...system, schedule: "30 2 * * 0" }).schedule?.payload_on).toBe(
      '{"discovery.schedule":"30 2 * * 0"}',
    );
  });
});

describe("events as attributes", () => {
  it("have no name that Home Assistant would drop", () => {
    const who = { person: "Anna", personId: "anna", score: 0.7, distance: 0.3 };
    const event = toEventJson(makeRecognition({ who, candidates: [who], delayed: true }));
    expect(Object.keys(event).filter((key) => BLOCKED_ATTRIBUTES.includes(key))).toEqual([]);
  });
});

describe("a camera's title", () => {
  it("is made of an id's words, and left alone if it is written in another form", () => {
    expect(["front_door", "garage-2", "Kamera Küche", "車庫"].map(toCameraTitle)).toEqual([
      "Front door",
      "Garage 2",
      "Kamera Küche",
      "車庫",
    ]);
  });
});
