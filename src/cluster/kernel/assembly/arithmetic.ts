import { axes, means, memberHead, memberNext, points, previewBlur, previews, previewStep, starts, stride, weights } from "./run";

@inline
export function sumLanes(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

@inline
export function sumHalves(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** The upper two of four float32, as float64. */
@inline
export function promoteHigh(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1));
}

/** Squared distance of two rows by differences: no cancellation, so its relative error is a few float32 roundings. */
@inline
export function squared(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  for (let end = a + bytes; a < end; a += 64, b += 64) {
    const d0 = f32x4.sub(v128.load(a), v128.load(b)), d1 = f32x4.sub(v128.load(a, 16), v128.load(b, 16));
    const d2 = f32x4.sub(v128.load(a, 32), v128.load(b, 32)), d3 = f32x4.sub(v128.load(a, 48), v128.load(b, 48));
    s0 = f32x4.add(s0, f32x4.mul(d0, d0)); s1 = f32x4.add(s1, f32x4.mul(d1, d1));
    s2 = f32x4.add(s2, f32x4.mul(d2, d2)); s3 = f32x4.add(s3, f32x4.mul(d3, d3));
  }
  return sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
}

/** The same in float64. */
@inline
export function squaredExactly(a: usize, b: usize, bytes: usize): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
  for (let end = a + bytes; a < end; a += 16, b += 16) {
    const va = v128.load(a), vb = v128.load(b);
    const d0 = f64x2.sub(f64x2.promote_low_f32x4(va), f64x2.promote_low_f32x4(vb));
    const d1 = f64x2.sub(promoteHigh(va), promoteHigh(vb));
    s0 = f64x2.add(s0, f64x2.mul(d0, d0)); s1 = f64x2.add(s1, f64x2.mul(d1, d1));
  }
  return sumHalves(f64x2.add(s0, s1));
}

/** Squared distance of the rows at two addresses, float32. */
export function squaredDistance(a: usize, b: usize): f64 {
  return <f64>squared(a, b, <usize>stride << 2);
}

/** Address of a point's row. */
@inline
export function rowOf(point: i32): usize {
  return points + <usize>point * (<usize>stride << 2);
}

@inline
export function word(array: usize, index: i32): i32 {
  return load<i32>(array + (<usize>index << 2));
}

@inline
export function setWord(array: usize, index: i32, value: i32): void {
  store<i32>(array + (<usize>index << 2), value);
}

/** Address of a point's coordinates along the filter axes, int16. */
@inline
function previewOf(point: i32): usize {
  return previews + <usize>point * (<usize>axes << 1);
}

/** Squared distance of two previews, in steps. */
@inline
function squaredSteps(a: usize, b: usize, bytes: usize): i32 {
  let sum = i32x4.splat(0);
  for (let end = a + bytes; a < end; a += 16, b += 16) {
    const d = i16x8.sub(v128.load(a), v128.load(b));
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(d, d));
  }
  return (i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1)) + (i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3));
}

/** Whether the distances between the faces of two clusters surely add up to `sum` or more: those along the filter axes do. */
export function surelyFarther(i: i32, j: i32, sum: f64): bool {
  const bytes = <usize>axes << 1;
  let left = sum;
  for (let x = word(memberHead, i); x >= 0; x = word(memberNext, x)) {
    const a = previewOf(x), times = <f64>word(weights, x);
    for (let y = word(memberHead, j); y >= 0; y = word(memberNext, y)) {
      const steps = Math.sqrt(<f64>squaredSteps(a, previewOf(y), bytes)) - previewBlur;
      left -= times * <f64>word(weights, y) * Math.max(0, steps) * previewStep;
    }
    if (left < 0) return true;
  }
  return false;
}

/** Sum of the distances between the faces of two clusters (their members linked), from float32 squares. */
export function sumBetween(i: i32, j: i32): f64 {
  const bytes = <usize>stride << 2;
  let sum: f64 = 0;
  for (let x = word(memberHead, i); x >= 0; x = word(memberNext, x)) {
    const a = rowOf(x);
    let part: f64 = 0;
    for (let y = word(memberHead, j); y >= 0; y = word(memberNext, y)) {
      part += <f64>word(weights, y) * Math.sqrt(<f64>squared(a, rowOf(y), bytes));
    }
    sum += <f64>word(weights, x) * part;
  }
  return sum;
}

/** The same in float64 throughout, always in the same order. */
export function sumExactly(i: i32, j: i32): f64 {
  const bytes = <usize>stride << 2;
  let sum: f64 = 0;
  for (let x = word(memberHead, i); x >= 0; x = word(memberNext, x)) {
    const a = rowOf(x);
    for (let y = word(memberHead, j); y >= 0; y = word(memberNext, y)) {
      const times = <f64>word(weights, x) * <f64>word(weights, y);
      sum += times * Math.sqrt(squaredExactly(a, rowOf(y), bytes));
    }
  }
  return sum;
}

/** Sum of the distances between the faces of two nodes of a stage, whose points lie side by side. */
export function sumOfNodes(i: i32, j: i32): f64 {
  const bytes = <usize>stride << 2;
  const endI = word(starts, i + 1), startJ = word(starts, j), endJ = word(starts, j + 1);
  let sum: f64 = 0;
  for (let x = word(starts, i); x < endI; x++) {
    const a = rowOf(x);
    let part: f64 = 0;
    for (let y = startJ; y < endJ; y++) part += <f64>word(weights, y) * Math.sqrt(<f64>squared(a, rowOf(y), bytes));
    sum += <f64>word(weights, x) * part;
  }
  return sum;
}

/** Sum of the distances of a node's faces to the row at `mean`. */
export function sumToMean(i: i32, mean: usize): f64 {
  const bytes = <usize>stride << 2;
  const end = word(starts, i + 1);
  let sum: f64 = 0;
  for (let x = word(starts, i); x < end; x++) {
    sum += <f64>word(weights, x) * Math.sqrt(<f64>squared(rowOf(x), mean, bytes));
  }
  return sum;
}

/** Sum of the distances of a cluster's faces (its members linked) to the row at `mean`. */
export function sumOfMembers(i: i32, mean: usize): f64 {
  const bytes = <usize>stride << 2;
  let sum: f64 = 0;
  for (let x = word(memberHead, i); x >= 0; x = word(memberNext, x)) {
    sum += <f64>word(weights, x) * Math.sqrt(<f64>squared(rowOf(x), mean, bytes));
  }
  return sum;
}

/** Writes the mean of two rows, weighted, over the first. */
export function blend(into: usize, share: f32, other: usize): void {
  const own = f32x4.splat(share), rest = f32x4.splat(1 - share);
  for (let end = into + (<usize>stride << 2); into < end; into += 16, other += 16) {
    v128.store(into, f32x4.add(f32x4.mul(own, v128.load(into)), f32x4.mul(rest, v128.load(other))));
  }
}

/** Mean squared distance of a node's faces to its mean. */
export function spreadOf(node: i32): f64 {
  const bytes = <usize>stride << 2;
  const mean = means + <usize>node * bytes;
  let sum: f64 = 0, faces: f64 = 0;
  for (let x = word(starts, node), end = word(starts, node + 1); x < end; x++) {
    const times = <f64>word(weights, x);
    faces += times;
    sum += times * <f64>squared(rowOf(x), mean, bytes);
  }
  return sum / faces;
}

/** Writes the mean of the points of each node, summed in float64. */
export function writeMeans(into: usize, nodes: i32): void {
  const bytes = <usize>stride << 2;
  for (let node = 0; node < nodes; node++, into += bytes) {
    const start = word(starts, node), end = word(starts, node + 1);
    if (end - start == 1) {
      memory.copy(into, rowOf(start), bytes);
      continue;
    }
    let faces: f64 = 0;
    for (let x = start; x < end; x++) faces += <f64>word(weights, x);
    const share = f64x2.splat(1 / faces);
    for (let at: usize = 0; at < bytes; at += 16) {
      let low = f64x2.splat(0), high = f64x2.splat(0);
      for (let x = start; x < end; x++) {
        const v = v128.load(rowOf(x) + at), w = f64x2.splat(<f64>word(weights, x));
        low = f64x2.add(low, f64x2.mul(w, f64x2.promote_low_f32x4(v)));
        high = f64x2.add(high, f64x2.mul(w, promoteHigh(v)));
      }
      const l = f32x4.demote_f64x2_zero(f64x2.mul(low, share)), h = f32x4.demote_f64x2_zero(f64x2.mul(high, share));
      v128.store(into + at, v128.shuffle<i64>(l, h, 0, 2));
    }
  }
}
