import { expect, it } from "vitest";
import type { ClustersAnswer } from "../../src/wire/out/clusters/clusters.ts";
import type { AdviceAnswer } from "../../src/wire/out/study/advice.ts";
import type { ThresholdAnswer } from "../../src/wire/out/study/threshold.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const anna = makeEncoding(1_000);
/** So much alike that average linkage joins them at 0.6. */
const berta = makeNear(anna, 0.4, 99);

it("a group of two people is split before it is named, stays split, and advice undoes what was named wrong", {
  timeout: 60_000,
}, async () => {
  const daemon = await startTestApp();
  const client = await connectClient(daemon.mqttUrl);
  const send = async (name: string, centre: Float32Array, seed: number) => {
    for (let i = 0; i < 10; i++) {
      const encoding = [...makeNear(centre, 0.3, seed + i)];
      await client.publish("faces2mqtt/embedding/door", { id: `${name}-${i}`, encoding });
    }
  };
  await send("anna", anna, 1);
  await send("berta", berta, 50);
  const discover = async () => (await daemon.send<ClustersAnswer>("POST", "api/faces/discover", {})).clusters;
  const [both] = await discover();
  expect(both?.size).toBe(20);
  expect(both?.split?.map((side) => side.length)).toEqual([10, 10]);
  expect(both?.tightness).toBeGreaterThan(0.3);

  const path = `api/faces/clusters/${both?.id}/split`;
  await expect(daemon.send("POST", path, { version: "0" })).rejects.toThrow("CLUSTER_CHANGED");
  const { clusters } = await daemon.send<ClustersAnswer>("POST", path, { version: both?.version });
  expect(clusters.map(({ size, split }) => [size, split])).toEqual([
    [10, null],
    [10, null],
  ]);
  expect(clusters[0]?.id).toBe(both?.id);
  const ids = clusters.map(({ id }) => id).sort();
  expect((await discover()).map(({ id }) => id).sort()).toEqual(ids);

  await daemon.send("POST", "api/undo", {});
  expect((await discover()).map(({ id, size }) => [id, size])).toEqual([[both?.id, 20]]);
  const again = await client.request("split", { cluster: both?.id });
  expect(again).toMatchObject({ status: "ok", data: { clusters: [{ size: 10 }, { size: 10 }] } });

  const [one, other] = await discover();
  await daemon.send("POST", `api/faces/clusters/${one?.id}/assign`, { name: "Anna" });
  await daemon.send("POST", `api/faces/clusters/${other?.id}/assign`, { name: "Berta" });
  const { advice } = await daemon.get<AdviceAnswer>("api/advice");
  expect(advice.filter(({ kind }) => kind.startsWith("misplaced") || kind === "same_person")).toEqual([]);
  const { own_figures: figures } = await daemon.get<ThresholdAnswer>("api/threshold");
  expect(figures.people).toBe(2);
  expect(figures.profiles.map(({ profile, faces }) => `${profile} ${faces}`)).toEqual([
    "classic 1",
    "classic 2",
    "classic 3",
    "careful 1",
    "careful 2",
    "careful 3",
  ]);
  expect(figures.profiles[0]?.strangers.tried).toBe(20);
});
