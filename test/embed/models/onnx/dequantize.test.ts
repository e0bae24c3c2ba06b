import { describe, expect, it } from "vitest";
import { dequantize } from "../../../../src/embed/models/onnx/dequantize.ts";
import type { Tensor } from "../../../../src/embed/models/onnx/tensor.ts";

const DIMS = [2, 5, 3];
const QUANTISED: Tensor = { dims: DIMS, values: Int8Array.from({ length: 30 }, (_, at) => 8 * at - 120) };

/** A tensor with values that are all different. */
function different(dims: readonly number[], step: number): Tensor {
  const length = dims.reduce((product, dim) => product * dim, 1);
  return { dims, values: Float32Array.from({ length }, (_, at) => step * (at + 1)) };
}

describe("dequantize", () => {
  it.each([
    { axis: 0, block: 2, blocks: [1, 5, 3] },
    { axis: 0, block: 1, blocks: [2, 5, 3] },
    { axis: 1, block: 2, blocks: [2, 3, 3] },
    { axis: 1, block: 64, blocks: [2, 1, 3] },
    { axis: 2, block: 2, blocks: [2, 5, 2] },
    { axis: 2, block: 3, blocks: [2, 5, 1] },
  ])(
    "is (value - zero point) × scale with one of each for $block values along axis $axis",
    ({ axis, block, blocks }) => {
      const scale = different(blocks, 0.25);
      const zero = different(blocks, 1);
      const result = dequantize(QUANTISED, scale, zero, { axis, block });
      // By definition, one value at a time.
      for (let a = 0; a < 2; a++) {
        for (let b = 0; b < 5; b++) {
          for (let c = 0; c < 3; c++) {
            const own = (a * 5 + b) * 3 + c;
            const at = [a, b, c].with(axis, Math.floor(([a, b, c][axis] as number) / block));
            const [, height = 0, width = 0] = blocks;
            const shared = ((at[0] as number) * height + (at[1] as number)) * width + (at[2] as number);
            const value = (QUANTISED.values[own] as number) - (zero.values[shared] as number);
            expect(result[own]).toBe(Math.fround(value * (scale.values[shared] as number)));
          }
        }
      }
    },
  );

  it("has zero points of 0 when there are none", () => {
    const one: Tensor = { dims: [4], values: Int8Array.of(-128, -1, 0, 127) };
    expect([...dequantize(one, { dims: [2], values: [2, 3] }, null, { axis: 0, block: 2 })]).toEqual([
      -256, -2, 0, 381,
    ]);
  });

  it("refuses scales and zero points that do not fit the blocks", () => {
    const right = different([2, 3, 3], 1);
    const wrong = different([2, 2, 3], 1);
    const blocks = { axis: 1, block: 2 };
    expect(() => dequantize(QUANTISED, wrong, right, blocks)).toThrow("[2,3,3] scales are expected, not [2,2,3]");
    expect(() => dequantize(QUANTISED, right, wrong, blocks)).toThrow("not [2,2,3]");
  });

  it.each([
    { axis: 3, block: 2 },
    { axis: 1, block: 0 },
    { axis: -1, block: 2 },
  ])("refuses axis $axis with blocks of $block", (blocks) => {
    expect(() => dequantize(QUANTISED, different([2, 3, 3], 1), null, blocks)).toThrow("only blocks along an axis");
  });
});
