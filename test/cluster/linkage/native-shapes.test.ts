import { describe, expect, it } from "vitest";
import { makeShape, SHAPES } from "../../../bench/discovery-shapes.mjs";
import { startHelper } from "../../../src/cluster/distances/start-helper.ts";
import type { Encodings } from "../../../src/cluster/linkage/linkage.ts";
import { createNativeLinkage, type NativeLinkageOptions } from "../../../src/cluster/linkage/native.ts";
import { createRandom } from "../../../src/demo/random.ts";
import { clusterByDefinition } from "../cluster-by-definition.ts";
import { clusterPlainly } from "../cluster-plainly.ts";
import { clusterByScikitLearn, scikitLearn } from "../scikit-learn.ts";

const why = scikitLearn ? "" : " (skipped: no Python with scikit-learn)";
const THREADS = [1, 2, 3, 4];
/** Each with every number of threads: as it comes, and with so little memory that there are many stages. */
const BUDGETS: readonly Partial<NativeLinkageOptions>[] = [{}, { pairsBytes: 300_000 }];
const THRESHOLD = 0.6;

/** What the engine makes of it, which has to be the same on any number of threads and in any memory. */
function labelsOn(
  encodings: Encodings,
  {
    threshold = THRESHOLD,
    frames,
    threads = THREADS,
  }: { threshold?: number; frames?: Int32Array; threads?: number[] } = {},
): Int32Array {
  const all = BUDGETS.map((budget) =>
    threads.map((count) => {
      const linkage = createNativeLinkage({ threads: count, startHelper, ...budget });
      return linkage.cluster(encodings, { threshold, ...(frames && { frames }) });
    }),
  );
  const first = all[0]![0]!;
  for (const [ofBudget, ...others] of all) {
    expect(ofBudget!.labels).toEqual(first.labels);
    // The same but for the last bits: means of means, or means of all.
    ofBudget!.heights.forEach((height, k) => {
      if (Math.abs(height - first.heights[k]!) > 1e-6) expect(height).toBe(first.heights[k]);
    });
    for (const other of others) {
      expect(other.labels).toEqual(ofBudget!.labels);
      expect(other.heights).toEqual(ofBudget!.heights);
      expect(other.joins).toEqual(ofBudget!.joins);
    }
  }
  return first.labels;
}

/** Every third face once more, in another order. */
function withDuplicates({ data, count, dimension }: Encodings): Encodings {
  const order = Array.from({ length: count }, (_, face) => (face % 3 === 0 ? (face * 7) % count : face));
  return {
    data: Float32Array.from(order.flatMap((face) => [...data.subarray(face * dimension, (face + 1) * dimension)])),
    count,
    dimension,
  };
}

/** Numbers in whole steps, so that very many distances are equal. */
function onGrid({ data, count, dimension }: Encodings, step: number): Encodings {
  return { data: data.map((value) => Math.round(value / step) * step), count, dimension };
}

/** So many faces of each frame as a camera may see at once, some of none. */
function framesFor(count: number, seed: number): Int32Array {
  const random = createRandom(seed);
  return Int32Array.from({ length: count }, () => (random() < 0.3 ? -1 : Math.floor(random() * (count / 3))));
}

describe.each(SHAPES)("faces of the shape %s", (shape) => {
  it.skipIf(!scikitLearn).each([1_000, 4_000])(`are scikit-learn's partition, %i of them${why}`, (count) => {
    const encodings = makeShape(shape, count);
    expect(labelsOn(encodings)).toEqual(clusterByScikitLearn(scikitLearn!, encodings, THRESHOLD));
  });

  it.skipIf(!scikitLearn).each([0.3, 0.35, 0.45, 0.8])(`are scikit-learn's partition at %f${why}`, (threshold) => {
    const encodings = makeShape(shape, 1_500, { seed: 2 });
    expect(labelsOn(encodings, { threshold })).toEqual(clusterByScikitLearn(scikitLearn!, encodings, threshold));
  });

  it.skipIf(!scikitLearn)(`are scikit-learn's partition with duplicates${why}`, () => {
    const encodings = withDuplicates(makeShape(shape, 1_500, { seed: 3 }));
    expect(labelsOn(encodings)).toEqual(clusterByScikitLearn(scikitLearn!, encodings, THRESHOLD));
  });

  it("break ties by the lowest face", () => {
    const few = makeShape(shape, 400, { seed: 4 });
    // Coarse in few dimensions: most distances are equal to others, and many faces to one another.
    const axes = Float32Array.from({ length: 400 * 6 }, (_, k) => few.data[Math.floor(k / 6) * 128 + (k % 6)]!);
    const encodings = onGrid({ data: axes, count: 400, dimension: 6 }, 1 / 32);
    for (const threshold of [0.05, 0.1, 0.2]) {
      expect(labelsOn(encodings, { threshold })).toEqual(clusterPlainly(encodings, threshold));
    }
  });

  it("stay apart when they are of one frame", () => {
    const encodings = makeShape(shape, 500, { seed: 5 });
    const frames = framesFor(500, 6);
    const labels = labelsOn(encodings, { frames });
    expect(labels).toEqual(clusterPlainly(encodings, THRESHOLD, frames));
    const seen = Array.from(labels, (label, face) => `${label} in ${frames[face]}`).filter(
      (_, face) => frames[face]! >= 0,
    );
    expect(new Set(seen).size).toBe(seen.length);
  });
});

it.skipIf(!scikitLearn).each(["bench", "household"] as const)(
  `ten thousand of the shape %s are scikit-learn's partition${why}`,
  (shape) => {
    const encodings = makeShape(shape, 10_000);
    const labels = labelsOn(encodings, { threads: [2] });
    expect(labels).toEqual(clusterByScikitLearn(scikitLearn!, encodings, THRESHOLD));
  },
  120_000,
);

it.skipIf(!scikitLearn).each(["household", "one-person", "strangers"] as const)(
  `encodings of 512 numbers, of the shape %s, are scikit-learn's partition${why}`,
  (shape) => {
    const encodings = makeShape(shape, 1_500, { dimension: 512 });
    const threshold = shape === "one-person" ? 0.71 : THRESHOLD;
    expect(labelsOn(encodings, { threshold })).toEqual(clusterByScikitLearn(scikitLearn!, encodings, threshold));
  },
);

it("is compared with what the definition says", () => {
  for (const shape of SHAPES) {
    const encodings = makeShape(shape, 40, { seed: 7 });
    const frames = framesFor(40, 8);
    for (const threshold of [0.4, 0.6]) {
      const { labels } = clusterByDefinition(encodings, threshold, frames);
      expect(clusterPlainly(encodings, threshold, frames)).toEqual(labels);
    }
  }
});
