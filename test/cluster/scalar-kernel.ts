const { fround } = Math;

/** The kernel's squared distance, number by number: four running sums of four lanes, float32 after every step. */
export function scalarSquared(points: Float32Array, stride: number, i: number, j: number): number {
  const sums = new Float32Array(16);
  for (let k = 0; k < stride; k++) {
    const difference = fround(points[i * stride + k]! - points[j * stride + k]!);
    sums[k % 16] = fround(sums[k % 16]! + fround(difference * difference));
  }
  const lane = (k: number): number => fround(fround(sums[k]! + sums[4 + k]!) + fround(sums[8 + k]! + sums[12 + k]!));
  return fround(fround(lane(0) + lane(1)) + fround(lane(2) + lane(3)));
}

/** The kernel's float64 squared distance: two running sums of two lanes. */
export function scalarSquaredExactly(points: Float32Array, stride: number, i: number, j: number): number {
  const sums = [0, 0, 0, 0];
  for (let k = 0; k < stride; k++) {
    const difference = points[i * stride + k]! - points[j * stride + k]!;
    sums[k % 4] = sums[k % 4]! + difference * difference;
  }
  return sums[0]! + sums[2]! + (sums[1]! + sums[3]!);
}

/** The pass in plain words: each pair nearer than the reach, as `row,other,distance`, sorted. */
export function scalarPairs(
  points: Float32Array,
  { count, stride, reach }: { count: number; stride: number; reach: number },
): string[] {
  const pairs: string[] = [];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const distance = Math.sqrt(scalarSquared(points, stride, i, j));
      if (distance < reach) pairs.push(`${i},${j},${distance}`, `${j},${i},${distance}`);
    }
  }
  return pairs.sort();
}
