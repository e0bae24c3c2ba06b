import { expect, it } from "vitest";
import { toWayIn } from "../../../../ui/src/pages/start/intake.ts";

const intake = {
  url: "mqtt://127.0.0.1:1883",
  topic: "faces2mqtt/embedding/<camera>",
  embedded: true,
  users: false,
  model: "dlib",
  dimension: 128,
};

it("a camera's way in has a broker, a topic, a whole message and a line for a shell", () => {
  const way = toWayIn(intake, "panel.local");
  expect(way).toMatchObject({
    broker: "mqtt://127.0.0.1:1883",
    topic: "faces2mqtt/embedding/front_door",
    onlyHere: true,
  });
  const { encoding } = JSON.parse(way.payload) as { encoding: number[] };
  expect(encoding).toHaveLength(128);
  expect(Math.hypot(...encoding)).toBeGreaterThan(1);
  expect(way.command).toBe(
    `mosquitto_pub -h 127.0.0.1 -p 1883 -q 1 -t faces2mqtt/embedding/front_door -m '${way.payload}'`,
  );
});

it("a broker on all addresses is where the panel is, and one with users wants a login", () => {
  const way = toWayIn({ ...intake, url: "mqtt://0.0.0.0:1884", users: true }, "192.168.1.5");
  expect([way.broker, way.onlyHere]).toEqual(["mqtt://192.168.1.5:1884", false]);
  expect(way.command).toContain("mosquitto_pub -h 192.168.1.5 -p 1884 -u USER -P PASSWORD -q 1");
});

it("an external broker keeps its address and the usual port", () => {
  const way = toWayIn({ ...intake, url: "mqtts://broker.example", embedded: false }, "panel.local");
  expect([way.broker, way.onlyHere]).toEqual(["mqtts://broker.example", false]);
  expect(way.command).toContain("-h broker.example -p 8883");
});
