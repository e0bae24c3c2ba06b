import { describe, expect, it } from "vitest";
import { makeEncoding } from "../../../make/encoding.ts";
import { anna, around, openClusters } from "../open-clusters.ts";

const matched = { person: "Anna", personId: "anna", distance: 0.5, score: 0.5 };

describe("suggestions", () => {
  it("say who a group is and how sure that is; sure ones are known and do not wait", async () => {
    const { suggestions, save, discover } = await openClusters();
    await discover({
      near: await save(around(anna, 0.1, 4)),
      nobody: await save(around(makeEncoding(9_000), 0, 3)),
    });
    const found = new Map((await suggestions.all()).map((one) => [one.id, one]));
    expect(found.get("near")).toMatchObject({ state: "known", suggestion: { personId: "anna", level: "sure" } });
    expect(found.get("nobody")).toMatchObject({ state: "waiting", suggestion: null });
    expect(await suggestions.waiting()).toBe(1);
  });

  it("that are only perhaps right wait, unless most of the faces were recognized as that person", async () => {
    const scene = await openClusters();
    const { store, suggestions, save, discover } = scene;
    // Found by trying: near enough to be asked about, too far to be sure.
    const far = await perhapsDistance(scene);
    const faces = around(anna, far, 3);
    await discover({
      one: [...(await save(faces.slice(0, 1), { matched })), ...(await save(faces.slice(1)))],
      two: [...(await save(faces.slice(0, 2), { matched })), ...(await save(faces.slice(2)))],
    });
    const states = new Map((await suggestions.all()).map((one) => [one.id, one]));
    expect(states.get("one")).toMatchObject({ state: "waiting", suggestion: { level: "perhaps" } });
    expect(states.get("two")).toMatchObject({ state: "known", suggestion: { level: "perhaps" } });
    expect(await suggestions.waiting()).toBe(1);
    expect((await store.counts()).clusters).toBe(2);
  });

  it("of a group that fits nobody do not come from what its faces were taken for", async () => {
    const { suggestions, save, discover } = await openClusters();
    await discover({ stranger: await save(around(makeEncoding(9_000), 0, 3), { matched }) });
    expect(await suggestions.all()).toMatchObject([{ state: "waiting", suggestion: null }]);
  });

  it("follow the threshold, the people and the faces", async () => {
    const { store, people, suggestions, save, discover, name, setThreshold } = await openClusters();
    await discover({
      anna: await save(around(anna, 0.1, 4)),
      cleo: await save(around(makeEncoding(9_000), 0, 3)),
      more: await save(around(makeEncoding(9_000), 0.05, 2, 8)),
    });
    expect(await suggestions.waiting()).toBe(2);
    setThreshold(0.01);
    expect(await suggestions.waiting()).toBe(3);
    setThreshold(0.6);
    expect(await suggestions.waiting()).toBe(2);
    await name("cleo", "Cleo");
    expect(await suggestions.waiting()).toBe(0);
    await people.undo();
    expect(await suggestions.waiting()).toBe(2);
    await people.ignore("more", null);
    expect(await suggestions.waiting()).toBe(1);
    const ignored = await store.cluster("more");
    expect(ignored && (await suggestions.of(ignored))).toMatchObject({ state: "ignored", suggestion: null });
    await discover({});
    expect(await suggestions.waiting()).toBe(0);
  });

  it("leave out people that a user said a face is not", async () => {
    const { people, suggestions, save, discover, name } = await openClusters();
    const ids = await save(around(anna, 0.1, 3));
    await discover({ c1: ids });
    await name("c1", "Anna");
    await people.unassign(ids);
    await discover({ c1: ids });
    expect(await suggestions.all()).toMatchObject([{ id: "c1", state: "waiting", suggestion: null }]);
  });
});

/** A distance from Anna at which a group is perhaps her. */
async function perhapsDistance({
  suggestions,
  save,
  discover,
}: Awaited<ReturnType<typeof openClusters>>): Promise<number> {
  for (let away = 0.1; away < 0.6; away += 0.02) {
    await discover({ probe: await save(around(anna, away, 3)) });
    const [probe] = await suggestions.all();
    if (probe?.suggestion?.level === "perhaps") return away;
  }
  throw new Error("no group is perhaps anybody");
}
