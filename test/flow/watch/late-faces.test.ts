import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { watchLateFaces } from "../../../src/flow/watch/late-faces.ts";
import { createProblems } from "../../../src/flow/watch/problems.ts";
import { makeClock } from "../../make/clock.ts";
import { makeRecognition } from "../../make/recognition.ts";

it("cameras whose faces arrive late are reported in one sentence, until each sends one in time", () => {
  const bus = createBus((error) => {
    throw error;
  });
  watchLateFaces(bus);
  const problems = createProblems(bus, makeClock());
  const sentences = () => problems.list().map(({ sentence }) => sentence);
  const see = (camera: string, delayed: boolean, times = 1) => {
    for (let time = 0; time < times; time++) {
      bus.emit("sighting", { event: makeRecognition({ camera, cameraId: camera, delayed }) });
    }
  };
  see("garden", false);
  expect(problems.list()).toEqual([]);
  see("garden", true, 3);
  expect(sentences()).toEqual(['faces of camera "garden" arrive late: they waited in a broker, or its clock is wrong']);
  see("garage", true, 5);
  see("front_door", true, 6);
  expect(sentences()).toEqual([
    'faces of cameras "garden", "garage" and "front_door" arrive late: they waited in a broker, or the clocks are wrong',
  ]);
  see("garage", false);
  see("garden", false);
  expect(sentences()).toEqual([
    'faces of camera "front_door" arrive late: they waited in a broker, or its clock is wrong',
  ]);
  see("front_door", false);
  expect(problems.sentence()).toBeNull();
});
