import { expect, it } from "vitest";
import { openScan, ROW } from "../../../src/recognize/kernel/open-scan.ts";
import { makeRandom } from "../../make/encoding.ts";

it("measures many rows as plain code does, and finds those in between", () => {
  const random = makeRandom(7);
  for (const count of [0, 1, 7, 2_000]) {
    const scan = openScan(count);
    for (let i = 0; i < scan.rows.length; i++) scan.rows[i] = random() - 0.5;
    const probe = Float32Array.from({ length: ROW }, () => random() - 0.5);
    const plain = Array.from({ length: count }, (_, row) =>
      probe.reduce((sum, value, i) => sum + (value - (scan.rows[row * ROW + i] as number)) ** 2, 0),
    );
    const least = scan.measure(probe);
    if (count > 0) expect(least).toBeCloseTo(Math.min(...plain), 5);
    const sorted = [...plain].sort((a, b) => a - b);
    const middle = ((sorted[count >> 2] ?? 0) + (sorted[(count >> 2) + 1] ?? 0)) / 2;
    const rowsIn = (above: number, most: number) =>
      plain.flatMap((distance, row) => (distance > above && distance <= most ? [row] : []));
    expect([...scan.between(-1, middle)]).toEqual(rowsIn(-1, middle));
    expect([...scan.between(middle, 1_000)]).toEqual(rowsIn(middle, 1_000));
    expect([...scan.between(1_000, 2_000)]).toEqual([]);
  }
});

it("puts what is no number in every between: it is for others to judge", () => {
  const scan = openScan(3);
  scan.rows[ROW] = Number.NaN;
  scan.measure(new Float32Array(ROW));
  expect([...scan.between(5, 6)]).toEqual([1]);
});
