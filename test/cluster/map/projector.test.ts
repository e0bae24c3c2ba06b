import { expect, it, onTestFinished } from "vitest";
import { projectLikeness } from "../../../src/cluster/map/project-likeness.ts";
import { createProjector } from "../../../src/cluster/map/projector.ts";
import { makeEncoding } from "../../make/encoding.ts";

const input = (count: number) => ({
  data: Float32Array.from(Array.from({ length: count }, (_, i) => [...makeEncoding(i + 1)]).flat()),
  count,
});

it("lays out in a thread what it would lay out here, and the event loop goes on meanwhile", async () => {
  const projector = createProjector();
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks++;
  }, 1);
  const [first, second] = await Promise.all([projector.project(input(60)), projector.project(input(20))]);
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(1);
  expect([...first]).toEqual([...projectLikeness(input(60))]);
  expect([...second]).toEqual([...projectLikeness(input(20))]);
  await projector.stop();
});

it("ends what runs when it is stopped, and begins nothing after", async () => {
  const projector = createProjector();
  const running = projector.project(input(400));
  const waiting = projector.project(input(10));
  const ended = Promise.allSettled([running, waiting]);
  await projector.stop();
  expect((await ended).map((one) => one.status)).toEqual(["rejected", "rejected"]);
  await expect(projector.project(input(10))).rejects.toThrow("stopping");
});

it("leaves nothing behind for each map that is drawn", async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error) => void warnings.push(name);
  process.on("warning", onWarning);
  onTestFinished(() => void process.off("warning", onWarning));
  const projector = createProjector();
  for (let i = 0; i < 12; i++) await projector.project(input(3));
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});
