import { describe, expect, it } from "vitest";
import {
  findCluster,
  listClusters,
  type WantedClusters,
} from "../../../../src/operations/reads/clusters/list-clusters.ts";
import { makeEncoding } from "../../../make/encoding.ts";
import { anna, around, bob, openClusters } from "../open-clusters.ts";

const PAGE = { limit: 100, cursor: null };

describe("the list of clusters", () => {
  it("finds words in the suggested name, the cameras and the id, together with the other conditions", async () => {
    const { store, people, suggestions, save, discover } = await openClusters();
    const list = async (wanted: WantedClusters) =>
      (await listClusters(store, suggestions, wanted, PAGE)).items.map((one) => one.id);
    await discover({
      c_1: await save(around(anna, 0.1, 4), { camera: "Front Door" }),
      c_2: await save(around(bob, 0.1, 3), { camera: "Front Door" }),
      c_3: await save(around(anna, 0.1, 2, 5), { camera: "garden" }),
      c_4: await save(around(makeEncoding(9_000), 0, 1), { camera: "garden" }),
      c_5: await save(around(makeEncoding(8_000), 0, 1), { camera: "garden" }),
    });
    await people.ignore("c_5", null);
    expect(await list({ text: "ANNA" })).toEqual(["c_1", "c_3"]);
    expect(await list({ text: "anna door" })).toEqual(["c_1"]);
    expect(await list({ text: "c_4" })).toEqual(["c_4"]);
    expect(await list({ text: "garden" })).toEqual(["c_3", "c_4"]);
    expect(await list({ text: "garden", state: "waiting" })).toEqual(["c_4"]);
    expect(await list({ text: "front", state: "known", minSize: 4 })).toEqual(["c_1"]);
    expect(await list({ text: "garden", state: "ignored" })).toEqual(["c_5"]);
    expect(await list({ text: "anna", state: "ignored" })).toEqual([]);
    expect(await list({ state: "known" })).toEqual(["c_1", "c_2", "c_3"]);
    expect(await list({ state: "waiting" })).toEqual(["c_4"]);
    expect(await list({ state: "ignored" })).toEqual(["c_5"]);
    expect(await list({})).toEqual(["c_1", "c_2", "c_3", "c_4"]);
    expect(await list({ text: " " })).toEqual(["c_1", "c_2", "c_3", "c_4"]);
  });

  it("has no cluster that does not exist", async () => {
    const { store } = await openClusters();
    await expect(findCluster(store, "c_9")).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
  });
});
