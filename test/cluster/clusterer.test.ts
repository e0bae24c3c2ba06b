import { describe, expect, it } from "vitest";
import { createClusterer, type EngineChoice } from "../../src/cluster/clusterer.ts";
import { makeFaces } from "../../src/demo/made-faces.ts";
import { FacesError } from "../../src/domain/errors.ts";
import { clusterByDefinition } from "./cluster-by-definition.ts";
import { onLine, pack } from "./inputs.ts";

const script = (name: string): URL => new URL(`./workers/${name}.mjs`, import.meta.url);

function made(count: number, people: number) {
  return { data: makeFaces(count, people).data, count, dimension: 128 };
}

describe("clustering in a thread", () => {
  it.each(["auto", "native", "ml-hclust"] as const)("gives the partition with engine %s", async (engine) => {
    const encodings = made(60, 6);
    const { labels } = await createClusterer().cluster({ encodings, threshold: 0.6, engine });
    expect(labels).toEqual(clusterByDefinition(encodings, 0.6).labels);
  });

  it("takes the native engine for auto, however few the faces: equally near pairs merge lowest face first", async () => {
    const labelsBy = async (engine: EngineChoice) => {
      const { labels } = await createClusterer().cluster({ encodings: onLine(0, 1, 2, 2), threshold: 1.1, engine });
      return [...labels];
    };
    expect(await labelsBy("auto")).toEqual([0, 0, 1, 1]);
    expect(await labelsBy("ml-hclust")).toEqual([0, 1, 1, 1]);
  });

  it("takes no faces, and faces that are not in shared memory", async () => {
    const clusterer = createClusterer();
    const none = { data: new Float32Array(), count: 0, dimension: 0 };
    expect((await clusterer.cluster({ encodings: none, threshold: 0.6, engine: "auto" })).labels).toHaveLength(0);
    const encodings = { ...made(30, 3), data: made(30, 3).data.slice() };
    const { labels } = await clusterer.cluster({ encodings, threshold: 0.6, engine: "native" });
    expect(labels).toEqual(clusterByDefinition(encodings, 0.6).labels);
    expect(encodings.data).toHaveLength(30 * 128);
  });

  it("keeps faces of one frame apart", async () => {
    const frames = Int32Array.of(1, 1, 2);
    const encodings = onLine(0, 0.1, 0.15);
    for (const engine of ["native", "ml-hclust"] as const) {
      const { labels } = await createClusterer().cluster({ encodings, threshold: 0.6, engine, frames });
      expect(labels).toEqual(Int32Array.of(0, 1, 1));
    }
  });

  it("reports progress that moves steadily and never goes back", async () => {
    const reported: number[] = [];
    await createClusterer({ threads: 1 }).cluster({
      encodings: made(6_000, 150),
      threshold: 0.6,
      engine: "native",
      onProgress: (fraction) => reported.push(fraction),
    });
    expect(reported).toEqual([...reported].sort((a, b) => a - b));
    expect(reported.at(-1)).toBe(1);
    const steps = reported.map((fraction, k) => fraction - (reported[k - 1] ?? 0));
    expect(Math.max(...steps)).toBeLessThan(0.05);
  });

  it("refuses what does not fit together before a thread is started", async () => {
    const encodings = { data: new Float32Array(5), count: 2, dimension: 3 };
    await expect(createClusterer().cluster({ encodings, threshold: 0.6, engine: "auto" })).rejects.toThrow(RangeError);
  });
});

describe("cancelling", () => {
  it("ends a running thread, and rejects with an AbortError", async () => {
    const abort = new AbortController();
    const answer = createClusterer().cluster({
      encodings: made(20_000, 400),
      threshold: 0.6,
      engine: "native",
      signal: abort.signal,
      onProgress: () => abort.abort(new Error("not wanted")),
    });
    await expect(answer).rejects.toMatchObject({ name: "AbortError", cause: new Error("not wanted") });
  });

  it("starts nothing when it is cancelled already", async () => {
    const signal = AbortSignal.abort();
    const answer = createClusterer().cluster({ encodings: onLine(1), threshold: 0.6, engine: "auto", signal });
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a thread that fails", () => {
  const request = { encodings: pack([[1, 2]]), threshold: 0.6, engine: "native" } as const;

  it.each([
    ["throws", {}, "clustering failed: a fault in the thread"],
    ["hangs", { silenceMs: 1_500 }, "clustering failed: its thread has sent nothing for 2 s"],
    [
      "eats-memory",
      { resourceLimits: { maxOldGenerationSizeMb: 24 } },
      "clustering failed: its thread ran out of memory",
    ],
    ["ends-early", {}, "clustering failed: its thread ended with code 3 before it was done"],
  ])("rejects with the reason when it %s, and the next one works", async (name, options, reason) => {
    const failing = createClusterer({ ...options, script: script(name) }).cluster(request);
    await expect(failing).rejects.toThrow(reason);
    await expect(failing).rejects.toBeInstanceOf(FacesError);
    await expect(failing).rejects.toMatchObject({ code: "DISCOVERY_FAILED" });
    expect((await createClusterer().cluster(request)).labels).toEqual(Int32Array.of(0));
  });
});
