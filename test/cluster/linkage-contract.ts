import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Encodings, Linkage } from "../../src/cluster/linkage/linkage.ts";
import { realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";
import { clusterByDefinition } from "./cluster-by-definition.ts";
import {
  anyFaces,
  collinearFaces,
  duplicatedFaces,
  evenFaces,
  groupedFaces,
  onLine,
  pack,
  thresholds,
} from "./inputs.ts";

export interface ContractOptions {
  readonly open: () => Linkage;
  /** Whether ties go to the lowest face; else they go anyhow. */
  readonly ties: boolean;
  /** How many of the real faces are few enough for it. */
  readonly mostFaces: number;
}

/** Seeded, so that every failure can be reproduced. */
const SETTINGS = { seed: 20_260_218, numRuns: 150 };

/** The contract of every engine. */
export function describeLinkage(name: string, { open, ties, mostFaces }: ContractOptions): void {
  const labels = (encodings: Encodings, threshold: number, frames?: Int32Array): number[] => [
    ...open().cluster(encodings, { threshold, ...(frames && { frames }) }).labels,
  ];

  describe(`linkage: ${name}`, () => {
    it("makes no cluster of no faces, one of one, and one or two of two", () => {
      expect(labels(pack([]), 0.6)).toEqual([]);
      expect(labels(onLine(3), 0.6)).toEqual([0]);
      expect(labels(onLine(0, 0.5), 0.6)).toEqual([0, 0]);
      expect(labels(onLine(0, 0.7), 0.6)).toEqual([0, 1]);
    });

    it("merges only what is strictly nearer than the threshold", () => {
      expect(labels(onLine(0, 0.5), 0.5)).toEqual([0, 1]);
      expect(labels(onLine(0, 0.5), 0.500_000_1)).toEqual([0, 0]);
      expect(labels(onLine(1, 1), 0)).toEqual([0, 1]);
    });

    it("goes by the mean of all distances, not by the nearest or the furthest face", () => {
      // 0 and 0.5 merge; 1.3 is at 0.8 from the nearer, at 1.05 on average, at 1.3 from the further.
      expect(labels(onLine(0, 0.5, 1.3), 1)).toEqual([0, 0, 1]);
      expect(labels(onLine(0, 0.5, 1.3), 1.1)).toEqual([0, 0, 0]);
    });

    it("puts equal faces into one cluster, all at height 0", () => {
      const forty = pack(Array(40).fill([0.1, -0.2, 0.3]));
      const { labels: one, heights, joins } = open().cluster(forty, { threshold: 0.1 });
      expect([...one]).toEqual(Array(40).fill(0));
      expect([...heights]).toEqual(Array(39).fill(0));
      expect([...joins]).toEqual(Array(40).fill(0));
    });

    it("numbers clusters in the order of their lowest face", () => {
      expect(labels(onLine(9, 1, 9.1, 5, 1.1, 5.1), 0.5)).toEqual([0, 1, 0, 2, 1, 2]);
    });

    it("never puts two faces of one frame together, but for faces without a frame", () => {
      expect(labels(onLine(0, 0.1, 0.15), 0.6, Int32Array.of(7, 7, -1))).toEqual([0, 1, 1]);
      expect(labels(onLine(0, 0.1, 0.15), 0.6, Int32Array.of(-1, -1, -1))).toEqual([0, 0, 0]);
      expect(labels(onLine(0, 0, 0), 0.6, Int32Array.of(3, 3, 4)).slice(0, 2)).toEqual([0, 1]);
    });

    it("returns heights that count the clusters of every lower threshold", () => {
      fc.assert(
        fc.property(groupedFaces, thresholds, (encodings, threshold) => {
          const { heights } = open().cluster(encodings, { threshold });
          expect([...heights]).toEqual([...heights].sort((a, b) => a - b));
          expect(heights.every((height) => height < threshold)).toBe(true);
          const lower = threshold * 0.7;
          const fewer = new Set(open().cluster(encodings, { threshold: lower }).labels).size;
          expect(encodings.count - heights.filter((height) => height < lower).length).toBe(fewer);
        }),
        SETTINGS,
      );
    });

    it("returns joins that count the faces left alone at every lower threshold", () => {
      fc.assert(
        fc.property(fc.oneof(groupedFaces, duplicatedFaces), thresholds, (encodings, threshold) => {
          const { joins } = open().cluster(encodings, { threshold });
          expect([...joins]).toEqual([...joins].sort((a, b) => a - b));
          expect(joins.every((height) => height < threshold)).toBe(true);
          const lower = threshold * 0.7;
          const sizes = new Map<number, number>();
          for (const label of open().cluster(encodings, { threshold: lower }).labels) {
            sizes.set(label, (sizes.get(label) ?? 0) + 1);
          }
          const alone = [...sizes.values()].filter((size) => size === 1).length;
          expect(encodings.count - joins.filter((height) => height < lower).length).toBe(alone);
        }),
        SETTINGS,
      );
    });

    it.each([
      ["any", anyFaces],
      ["grouped", groupedFaces],
      ["collinear", collinearFaces],
      ["duplicated", duplicatedFaces],
    ])("merges %s faces as the definition says", (_, faces) => {
      fc.assert(
        fc.property(faces, thresholds, (encodings, threshold) => {
          const expected = clusterByDefinition(encodings, threshold);
          const { labels: got, heights } = open().cluster(encodings, { threshold });
          expect([...got]).toEqual([...expected.labels]);
          heights.forEach((height, k) => {
            expect(Math.abs(height - expected.heights[k]!)).toBeLessThan(1e-6 * threshold);
          });
        }),
        SETTINGS,
      );
    });

    if (ties) {
      it("breaks ties by the lowest face", () => {
        fc.assert(
          fc.property(evenFaces, thresholds, (encodings, threshold) => {
            expect(labels(encodings, threshold)).toEqual([...clusterByDefinition(encodings, threshold).labels]);
          }),
          SETTINGS,
        );
      });
    }

    it("keeps faces of one frame apart as the definition says", () => {
      const framed = groupedFaces.chain((encodings) =>
        fc.tuple(
          fc.constant(encodings),
          fc.array(fc.integer({ min: -1, max: 9 }), { minLength: encodings.count, maxLength: encodings.count }),
        ),
      );
      fc.assert(
        fc.property(framed, thresholds, ([encodings, numbers], threshold) => {
          const frames = Int32Array.from(numbers);
          expect(labels(encodings, threshold, frames)).toEqual([
            ...clusterByDefinition(encodings, threshold, frames).labels,
          ]);
        }),
        SETTINGS,
      );
    });

    it("reports progress that never goes back and ends at 1", () => {
      const reported: number[] = [];
      open().cluster(onLine(...Array.from({ length: 90 }, (_, i) => i * 0.37)), {
        threshold: 0.6,
        onProgress: (fraction) => reported.push(fraction),
      });
      expect(reported).toEqual([...reported].sort((a, b) => a - b));
      expect(reported.at(-1)).toBe(1);
    });

    it("refuses what does not fit together", () => {
      const two = { data: new Float32Array(6), count: 2, dimension: 4 };
      expect(() => open().cluster(two, { threshold: 0.6 })).toThrow("expected 2 × 4 numbers, got 6");
      expect(() => open().cluster(onLine(1), { threshold: Number.NaN })).toThrow("threshold");
      expect(() => open().cluster(onLine(1), { threshold: 0.6, frames: new Int32Array(2) })).toThrow("1 frame numbers");
    });

    describeRealFaces(open, mostFaces);
  });
}

function describeRealFaces(open: () => Linkage, most: number): void {
  const folder = sharedData();
  const why = folder ? "" : " (skipped: the folder of real faces is not there)";
  it.skipIf(!folder).each(["0.50", "0.55", "0.60"] as const)(
    `gives scikit-learn's partition of real faces at %s${why}`,
    (at) => {
      const faces = realFaces(folder!);
      const few = faces.slice(0, most);
      const got = open().cluster(pack(few.map((face) => face.encoding)), { threshold: Number(at) }).labels;
      if (few.length < faces.length) {
        expect([...got]).toEqual([...clusterByDefinition(pack(few.map((face) => face.encoding)), Number(at)).labels]);
        return;
      }
      const first = new Map<number, number>();
      const reference = realLabels(folder!).map(({ labels }) => {
        const label = labels[at];
        if (!first.has(label)) first.set(label, first.size);
        return first.get(label);
      });
      expect([...got]).toEqual(reference);
      expect(new Set(got).size).toBe({ "0.50": 171, "0.55": 100, "0.60": 83 }[at]);
    },
  );
}
