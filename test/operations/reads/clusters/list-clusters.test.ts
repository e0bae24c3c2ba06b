import { describe, expect, it } from "vitest";
import {
  findCluster,
  findClusters,
  listClusters,
  type WantedClusters,
} from "../../../../src/operations/reads/clusters/list-clusters.ts";
import { makeEncoding } from "../../../make/encoding.ts";
import { readPages } from "../../../store/scene.ts";
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
    expect(await list({ text: "front", state: "known", minSize: 4, maxSize: 4 })).toEqual(["c_1"]);
    expect(await list({ text: "garden", state: "ignored" })).toEqual(["c_5"]);
    expect(await list({ text: "anna", state: "ignored" })).toEqual([]);
    expect(await list({ state: "known" })).toEqual(["c_1", "c_2", "c_3"]);
    expect(await list({ state: "waiting" })).toEqual(["c_4"]);
    expect(await list({ state: "ignored" })).toEqual(["c_5"]);
    expect(await list({})).toEqual(["c_1", "c_2", "c_3", "c_4"]);
    expect(await list({ text: " " })).toEqual(["c_1", "c_2", "c_3", "c_4"]);
  });

  it("finds a stranger by the number, and a group by its id, only as a whole", async () => {
    const { store, suggestions, save, discover } = await openClusters();
    await discover({
      c_7: await save(around(makeEncoding(9_000), 0, 3)),
      c_17: await save(around(makeEncoding(8_000), 0, 2)),
      c_9: await save(around(makeEncoding(7_000), 0, 1)),
    });
    const numbers: Readonly<Record<string, number>> = { c_17: 7, c_9: 17 };
    const all = async () =>
      (await suggestions.all()).map((one) => {
        const number = numbers[one.id];
        return { ...one, stranger: number === undefined ? null : { strangerId: `s_${number}`, number, visits: 2 } };
      });
    const find = async (text: string) =>
      (await findClusters({ store, suggestions: { ...suggestions, all } }, { text })).map((one) => one.id);
    expect(await find("7")).toEqual(["c_17"]);
    expect(await find("Stranger 7")).toEqual(["c_17"]);
    expect(await find("stranger 17")).toEqual(["c_9"]);
    expect(await find("stranger")).toEqual(["c_17", "c_9"]);
    expect(await find("C_7")).toEqual(["c_7"]);
    expect(await find("c_")).toEqual([]);
  });

  it("goes on after the last one of a page, in either order, and refuses what is no cursor", async () => {
    const { store, suggestions, save, discover } = await openClusters();
    const at = (hour: number) => new Date(Date.UTC(2026, 1, 18, hour));
    const groups: [string, number, number][] = [
      ["c_1", 2, 9],
      ["c_2", 3, 8],
      ["c_3", 2, 11],
      ["c_4", 1, 7],
    ];
    const ids = await Promise.all(
      groups.map(async ([id, size, hour], i) => [
        id,
        await save(around(makeEncoding(9_000 + i * 777), 0, size), { capturedAt: at(hour) }),
      ]),
    );
    await discover(Object.fromEntries(ids));
    for (const [sort, expected] of [
      ["size", ["c_2", "c_1", "c_3", "c_4"]],
      ["last_seen", ["c_3", "c_1", "c_2", "c_4"]],
    ] as const) {
      const pages = await readPages(async (cursor) => {
        const page = await listClusters(store, suggestions, { sort }, { limit: 1, cursor });
        expect(page.total).toBe(4);
        return page;
      });
      expect(pages.flat().map((one) => one.id)).toEqual(expected);
    }
    const bad = listClusters(store, suggestions, {}, { limit: 1, cursor: "7" });
    await expect(bad).rejects.toMatchObject({ code: "INVALID_INPUT" });
    const day = { from: at(9), to: at(12), camera: "front_door" };
    expect((await listClusters(store, suggestions, day, PAGE)).items.map((one) => one.id)).toEqual(["c_1", "c_3"]);
  });

  it("has no cluster that does not exist", async () => {
    const { store } = await openClusters();
    await expect(findCluster(store, "c_9")).rejects.toMatchObject({ code: "CLUSTER_NOT_FOUND" });
  });
});
