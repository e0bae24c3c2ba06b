import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { createSourceStates } from "../../../src/flow/snapshots/source-states.ts";

it("lists the sources, and reports each that gives no pictures until it does or ends", () => {
  const bus = createBus((error) => {
    throw error;
  });
  const problems: (string | null)[] = [];
  bus.on("problem", ({ source, message }) => problems.push(message === null ? message : `${source}: ${message}`));
  const states = createSourceStates(bus);
  states.set("folder", { ok: true, sentence: "watches /pictures" });
  states.set("frigate", { ok: false, sentence: "Frigate does not answer" });
  states.set("frigate", { ok: false, sentence: "Frigate does not answer" });
  expect(states.list()).toEqual([
    { source: "folder", ok: true, sentence: "watches /pictures" },
    { source: "frigate", ok: false, sentence: "Frigate does not answer" },
  ]);
  states.set("frigate", { ok: true, sentence: "whole frames come from go2rtc" });
  states.set("folder", { ok: false, sentence: "/pictures is gone" });
  states.set("folder", null);
  expect(states.list()).toEqual([{ source: "frigate", ok: true, sentence: "whole frames come from go2rtc" }]);
  expect(problems).toEqual([
    "pictures of frigate: Frigate does not answer",
    null,
    "pictures of folder: /pictures is gone",
    null,
  ]);
});
