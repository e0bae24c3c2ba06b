import { expect, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../../src/domain/clock.ts";
import { createBus } from "../../../src/domain/events.ts";
import { silentLog } from "../../../src/domain/log.ts";
import { createRepresentatives } from "../../../src/flow/discovery/representatives.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeDiscovery, makeRunning } from "../../make/discovery.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";

const anna = makeEncoding(1);

/** The group `c1` of four faces, ever further from its middle, without pictures. */
async function open(aways: readonly number[] = [0.01, 0.1, 0.2, 0.3], large?: number) {
  const store = await openStore({ folder: tempFolder(), clock: systemClock });
  const bus = createBus((error) => {
    throw error;
  });
  /** Of each cluster that was put in order, whether it changed. */
  const changed: boolean[] = [];
  const saveClusterView: typeof store.saveClusterView = async (cluster, view) => {
    const isOther = await store.saveClusterView(cluster, view);
    changed.push(isOther);
    return isOther;
  };
  const { facesById } = store;
  /** The clusters that were looked at. */
  const looked: string[] = [];
  const cluster: typeof store.cluster = async (id) => {
    looked.push(id);
    return await store.cluster(id);
  };
  const reads = { cluster, facesById, saveClusterView };
  const flow = createRepresentatives({
    store: reads,
    bus,
    log: silentLog,
    pauseMs: 1,
    ...(large === undefined ? {} : { large }),
  });
  flow.start();
  onTestFinished(flow.stop);
  const saved = await store.saveFaces(
    aways.map((away, i) => makeFaceToSave({ encoding: makeNear(anna, away, i + 1), wantsThumbnail: true })),
  );
  const ids = saved.map(({ face }) => face.id) as [number, number, number, number];
  const discover = () => store.saveDiscovery(makeDiscovery("c1", ids, anna));
  await discover();
  async function picture(id: number) {
    await store.saveThumbnail(id, new Uint8Array(9));
    bus.emit("thumbnail", { faceId: id });
  }
  const shown = async () => (await store.cluster("c1"))?.representatives.map((face) => ids.indexOf(face.id));
  return { bus, changed, ids, discover, looked, picture, shown };
}

const nextClusters = (bus: ReturnType<typeof createBus>) =>
  new Promise<void>((resolve) => {
    const end = bus.on("clusters", () => {
      end();
      resolve();
    });
  });

it("a face whose picture is made later comes before those without; the most central one with a picture is first", async () => {
  const { bus, ids, picture, shown } = await open();
  expect(await shown()).toEqual([0, 1, 2, 3]);
  const outlier = nextClusters(bus);
  await picture(ids[3]);
  await outlier;
  expect((await shown())?.[0]).toBe(3);
  const central = nextClusters(bus);
  await picture(ids[1]);
  await central;
  expect((await shown())?.slice(0, 2)).toEqual([1, 3]);
});

it("a picture that is made while a discovery runs is not missed, since the discovery may have looked before", async () => {
  const { bus, ids, discover, picture, shown } = await open();
  bus.emit("discovery", makeRunning());
  const early = nextClusters(bus);
  await picture(ids[2]);
  await early;
  // It looked before there was the picture.
  await discover();
  expect((await shown())?.[0]).toBe(0);
  const late = nextClusters(bus);
  bus.emit("discovery", { ...makeRunning(), state: "idle" });
  await late;
  expect((await shown())?.[0]).toBe(2);
});

it("a picture that changes nothing is no news", async () => {
  const { bus, ids, picture, shown, changed } = await open();
  const first = nextClusters(bus);
  await picture(ids[3]);
  await first;
  let news = 0;
  bus.on("clusters", () => {
    news++;
  });
  bus.emit("thumbnail", { faceId: 999 });
  bus.emit("thumbnail", { faceId: ids[3] });
  await vi.waitFor(() => expect(changed).toEqual([true, false]));
  const next = nextClusters(bus);
  await picture(ids[0]);
  await next;
  expect(news).toBe(1);
  expect((await shown())?.slice(0, 2)).toEqual([0, 3]);
});

it("a large group that shows five pictures stays as it is, and its faces are not read for each new one", async () => {
  const { ids, picture, shown, changed, looked } = await open([0.01, 0.1, 0.2, 0.3, 0.35, 0.4], 6);
  const all: readonly number[] = ids;
  for (const [i, id] of all.slice(1).entries()) {
    await picture(id);
    await vi.waitFor(() => expect(looked).toHaveLength(i + 1));
  }
  await vi.waitFor(() => expect(changed).toHaveLength(4));
  const before = await shown();
  expect(before).not.toContain(0);
  await picture(ids[0]);
  await vi.waitFor(() => expect(looked).toHaveLength(6));
  await picture(all[5] as number);
  await vi.waitFor(() => expect(looked).toHaveLength(7));
  expect(changed).toHaveLength(4);
  expect(await shown()).toEqual(before);
});
