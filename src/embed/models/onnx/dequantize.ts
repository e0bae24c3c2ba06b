import type { Tensor } from "./tensor.ts";

/**
 * ONNX' DequantizeLinear, blocked: value = (quantised - zero point) × scale, with one scale and one zero point for every
 * `block` values along `axis`. https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html
 * @throws {Error} when scale or zero point have other dimensions than the blocks.
 */
export function dequantize(
  quantised: Tensor,
  scale: Tensor,
  zeroPoint: Tensor | null,
  { axis, block }: { readonly axis: number; readonly block: number },
): Float32Array {
  const { dims, values } = quantised;
  const length = dims[axis];
  if (length === undefined || !(block > 0))
    throw new Error(`only blocks along an axis are expected: ${axis}, ${block}`);
  const blocks = Math.ceil(length / block);
  const expected = dims.with(axis, blocks).join();
  for (const { dims: other } of zeroPoint === null ? [scale] : [scale, zeroPoint]) {
    if (other.join() !== expected) throw new Error(`[${expected}] scales are expected, not [${other.join()}]`);
  }
  // Rows of `inner` values lie side by side in memory; `length` of them make one run along the axis.
  const inner = dims.slice(axis + 1).reduce((product, dim) => product * dim, 1);
  const result = new Float32Array(values.length);
  for (let row = 0; row * inner < values.length; row++) {
    const run = Math.floor(row / length);
    const blockRow = run * blocks + Math.floor((row % length) / block);
    for (let at = 0; at < inner; at++) {
      const own = row * inner + at;
      const shared = blockRow * inner + at;
      const zero = zeroPoint === null ? 0 : (zeroPoint.values[shared] as number);
      result[own] = ((values[own] as number) - zero) * (scale.values[shared] as number);
    }
  }
  return result;
}
