import { expect, it, onTestFinished, vi } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { silentLog } from "../../../src/domain/log.ts";
import { createFirstRun } from "../../../src/flow/discovery/first-run.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import type { ClustersAnswer, DiscoveryJson } from "../../../src/wire/out/schemas.ts";
import { connectClient } from "../../helpers/mqtt-client.ts";
import type { TestApp } from "../../helpers/start-test-app.ts";
import { startTestApp } from "../../helpers/start-test-app.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeClock } from "../../make/clock.ts";
import { makeRunning } from "../../make/discovery.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";

/** A daemon that discovers by itself from three faces on. */
const start = (folder: string, faces = 3) => startTestApp({ folder, config: { discovery: { first_run: faces } } });

let sent = 0;
async function see(app: TestApp, count: number, seed = 1) {
  const client = await connectClient(app.mqttUrl);
  for (let i = 0; i < count; i++) {
    sent++;
    const encoding = [...makeNear(makeEncoding(seed), 0.1, sent)];
    await client.publish("faces2mqtt/embedding/door", { id: `f-${sent}`, encoding });
  }
}
const discovery = (app: TestApp) => app.get<DiscoveryJson>("api/faces/discover");
const runs = (app: TestApp) => app.output().split("discovery runs by itself").length - 1;

it("runs by itself once the first faces are there, also with a restart in between, and never again", async () => {
  const folder = tempFolder();
  const first = await start(folder);
  await see(first, 2);
  expect(await discovery(first)).toMatchObject({ state: "idle", id: null });
  await first.stop();

  const second = await start(folder);
  expect(await discovery(second)).toMatchObject({ state: "idle", id: null });
  await see(second, 1);
  await vi.waitFor(async () => expect(await discovery(second)).toMatchObject({ state: "idle", faces: 3, clusters: 1 }));
  const { id } = await discovery(second);
  await see(second, 4, 5_000);
  expect(await discovery(second)).toMatchObject({ id });
  await second.stop();

  const third = await start(folder);
  await see(third, 3, 9_000);
  expect((await discovery(third)).id).toBe(id);
  expect([runs(first), runs(second), runs(third)]).toEqual([0, 1, 0]);
});

it("runs at the start where enough faces wait already", async () => {
  const folder = tempFolder();
  const without = await start(folder, 0);
  await see(without, 4);
  expect(await discovery(without)).toMatchObject({ id: null });
  await without.stop();
  const app = await start(folder);
  await vi.waitFor(async () => expect(await discovery(app)).toMatchObject({ state: "idle", faces: 4, clusters: 1 }));
});

it("never runs where somebody is named", async () => {
  const folder = tempFolder();
  const app = await start(folder, 5);
  await see(app, 2);
  const { clusters } = await app.send<ClustersAnswer>("POST", "api/faces/discover", {});
  await app.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
  const { id } = await discovery(app);
  await see(app, 6, 7_000);
  expect((await discovery(app)).id).toBe(id);
  await app.stop();
  expect(runs(app)).toBe(0);
});

it("does not run where a user has cancelled a discovery", async () => {
  const bus = createBus((error) => {
    throw error;
  });
  const store = await openStore({ folder: tempFolder(), clock: makeClock() });
  onTestFinished(() => store.close());
  let started = 0;
  const discover = {
    start() {
      started++;
      const discovery = makeRunning();
      return { discovery, done: Promise.resolve(discovery) };
    },
  };
  const firstRun = createFirstRun({ store, discover, faces: 1, bus, log: silentLog });
  const waits = async () => {
    firstRun.start();
    await new Promise(setImmediate);
  };
  await waits();
  bus.emit("discovery", { ...makeRunning(), state: "cancelled" });
  const [saved] = await store.saveFaces([makeFaceToSave({})]);
  if (saved) bus.emit("face", { face: saved.face, cameraId: "door" });
  await new Promise(setImmediate);
  expect(started).toBe(0);
  // After a restart it may.
  await waits();
  expect(started).toBe(1);
});
