import { describe, expect, it } from "vitest";
import { createClusterer } from "../../src/cluster/clusterer.ts";
import { makeFaces } from "../../src/demo/made-faces.ts";
import { FacesError } from "../../src/domain/errors.ts";
import { clusterByDefinition } from "./greedy.ts";
import { onLine, pack } from "./inputs.ts";

const script = (name: string): URL => new URL(`./workers/${name}.mjs`, import.meta.url);

function made(count: number, people: number) {
  return { data: makeFaces(count, people).data, count, dimension: 128 };
}

describe("clustering in a thread", () => {
  it("gives the partition, with the engine that fits the size", async () => {
    const clusterer = createClusterer();
    const few = await clusterer.cluster({ encodings: onLine(0, 5, 0.2), threshold: 0.6, engine: "auto" });
    expect(few).toMatchObject({ engine: "ml-hclust", labels: Int32Array.of(0, 1, 0) });
    const encodings = made(60, 6);
    const more = await clusterer.cluster({ encodings, threshold: 0.6, engine: "auto" });
    expect(more.engine).toBe("native");
    expect(more.labels).toEqual(clusterByDefinition(encodings, 0.6).labels);
    const other = await clusterer.cluster({ encodings, threshold: 0.6, engine: "ml-hclust" });
    expect(other).toMatchObject({ engine: "ml-hclust", labels: more.labels });
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

  it("tells progress that moves steadily and never goes back", async () => {
    const told: number[] = [];
    await createClusterer({ threads: 1 }).cluster({
      encodings: made(6_000, 150),
      threshold: 0.6,
      engine: "native",
      onProgress: (fraction) => told.push(fraction),
    });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    const steps = told.map((fraction, k) => fraction - (told[k - 1] ?? 0));
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
    ["hangs", { silenceMs: 1_500 }, "clustering failed: its thread has not been heard of for 2 s"],
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
