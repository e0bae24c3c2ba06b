import { describe, expect, it } from "vitest";
import { dropOverlaps } from "../../../src/embed/detect/drop-overlaps.ts";
import { readDetections } from "../../../src/embed/detect/read-detections.ts";

/** YuNet's outputs for a picture of 64 × 32 pixels that shows nothing. */
function makeOutputs(): Record<string, Float32Array> {
  return Object.fromEntries(
    [8, 16, 32].flatMap((stride) => {
      const cells = (64 / stride) * (32 / stride);
      return [
        [`cls_${stride}`, new Float32Array(cells)],
        [`obj_${stride}`, new Float32Array(cells)],
        [`bbox_${stride}`, new Float32Array(4 * cells)],
        [`kps_${stride}`, new Float32Array(10 * cells)],
      ] as const;
    }),
  );
}

function show(outputs: Record<string, Float32Array>, stride: number, cell: number, score: number): void {
  outputs[`cls_${stride}`]?.set([score], cell);
  outputs[`obj_${stride}`]?.set([score], cell);
}

describe("what the detector's outputs say", () => {
  it("is nothing where no cell is sure enough", () => {
    const outputs = makeOutputs();
    show(outputs, 8, 3, 0.59);
    expect(readDetections(outputs, 64, 0.6)).toEqual([]);
  });

  it("is a box and five points, measured from the cell's corner in cells", () => {
    const outputs = makeOutputs();
    // Third column, second row of the cells of 16 pixels.
    const cell = 1 * 4 + 2;
    outputs.cls_16?.set([0.5], cell);
    outputs.obj_16?.set([0.72], cell);
    outputs.bbox_16?.set([0.5, 0.25, Math.log(2), Math.log(3)], 4 * cell);
    outputs.kps_16?.set([0, 0, 1, 0, 0.5, 0.5, 0, 1, -1, 2], 10 * cell);
    const [found, ...others] = readDetections(outputs, 64, 0.6);
    expect(others).toEqual([]);
    expect(found?.score).toBeCloseTo(0.6, 5);
    expect(found?.box.x).toBeCloseTo(40 - 16, 5);
    expect(found?.box.y).toBeCloseTo(20 - 24, 5);
    expect(found?.box.width).toBeCloseTo(32, 5);
    expect(found?.box.height).toBeCloseTo(48, 5);
    expect(found?.landmarks).toEqual([
      { x: 32, y: 16 },
      { x: 48, y: 16 },
      { x: 40, y: 24 },
      { x: 32, y: 32 },
      { x: 16, y: 48 },
    ]);
  });

  it("takes probabilities for at most 1", () => {
    const outputs = makeOutputs();
    show(outputs, 32, 1, 1.7);
    expect(readDetections(outputs, 64, 0.6).map(({ score }) => score)).toEqual([1]);
  });

  it("is an error for other weights", () => {
    const { kps_32: _, ...outputs } = makeOutputs();
    expect(() => readDetections(outputs, 64, 0.6)).toThrow("no output kps_32");
  });

  it("is one face where boxes overlap, the surest", () => {
    const outputs = makeOutputs();
    // Two neighbours see the same face of 32 pixels, a third one another.
    for (const [cell, score] of [
      [0, 0.8],
      [1, 0.9],
      [7, 0.7],
    ] as const) {
      show(outputs, 8, cell, score);
      outputs.bbox_8?.set([0, 0, Math.log(4), Math.log(4)], 4 * cell);
    }
    const all = readDetections(outputs, 64, 0.6);
    expect(all).toHaveLength(3);
    expect(dropOverlaps(all).map(({ score }) => Number(score.toFixed(2)))).toEqual([0.9, 0.7]);
  });
});
