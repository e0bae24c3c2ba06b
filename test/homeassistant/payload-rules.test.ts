import { describe, expect, it } from "vitest";
import { problemsOf } from "./payload-rules.ts";

const entity = { unique_id: "x_y", name: "Y", qos: 1 };
const good = {
  device: { identifiers: ["x"], name: "X" },
  origin: { name: "faces2mqtt" },
  availability: [{ topic: "t" }],
  components: { y: { platform: "sensor", ...entity, state_topic: "t" } as Record<string, unknown> },
};
const withComponent = (component: Record<string, unknown>) => ({ ...good, components: { y: component } });
const problems = (payload: object) => problemsOf("homeassistant/device/x/config", payload as Record<string, unknown>);

describe("the rules of discovery payloads", () => {
  it("find nothing wrong with a good one", () => {
    expect(problems(good)).toEqual([]);
  });

  it.each<[string, object]>([
    ["an unknown key at the root", { ...good, name: "X" }],
    ["no device", { ...good, device: undefined }],
    ["an unknown key in the device", { ...good, device: { ...good.device, colour: "red" } }],
    ["a device without a name", { ...good, device: { identifiers: ["x"] } }],
    ["no origin", { ...good, origin: {} }],
    ["no components", { ...good, components: {} }],
    ["a space in a component's key", { ...good, components: { "y z": good.components.y } }],
    ["an unknown platform", withComponent({ platform: "face", ...entity })],
    ["no unique id", withComponent({ platform: "sensor", name: "Y", qos: 1, state_topic: "t" })],
    ["a key that its platform does not know", withComponent({ ...good.components.y, state_topik: "t" })],
    ["a sensor without a topic", withComponent({ platform: "sensor", ...entity })],
    ["a sensor of category config", withComponent({ ...good.components.y, entity_category: "config" })],
    [
      "a timestamp with a unit",
      withComponent({ ...good.components.y, device_class: "timestamp", state_class: "total" }),
    ],
    ["options without enum", withComponent({ ...good.components.y, options: ["a"] })],
    ["an event without types", withComponent({ platform: "event", ...entity, state_topic: "t" })],
    [
      "an event with a category",
      withComponent({ platform: "event", ...entity, state_topic: "t", event_types: ["a"], entity_category: "config" }),
    ],
    ["an image with two topics", withComponent({ platform: "image", ...entity, image_topic: "t", url_topic: "u" })],
    ["an image with none", withComponent({ platform: "image", ...entity })],
    ["a number that guesses", withComponent({ platform: "number", ...entity, command_topic: "t" })],
    ["a retained press", withComponent({ platform: "button", ...entity, command_topic: "t", retain: true })],
    ["qos left to the device", withComponent({ platform: "sensor", unique_id: "x", name: "Y", state_topic: "t" })],
    ["both forms of availability", withComponent({ ...good.components.y, availability_topic: "t" })],
    [
      "a blocked attribute",
      withComponent({
        ...good.components.y,
        json_attributes_topic: "t",
        json_attributes_template: "{{ {'friendly_name': value_json.a} | tojson }}",
      }),
    ],
    [
      "a device trigger with a name",
      withComponent({
        platform: "device_automation",
        automation_type: "trigger",
        type: "a",
        subtype: "b",
        topic: "t",
        name: "n",
      }),
    ],
  ])("refuse %s", (_what, payload) => {
    expect(problems(payload)).not.toEqual([]);
  });

  it("refuse a topic that Home Assistant would not match", () => {
    expect(problemsOf("homeassistant/sensor/a b/y/config", { ...entity, state_topic: "t", ...good })).not.toEqual([]);
  });
});
