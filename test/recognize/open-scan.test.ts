import { expect, it } from "vitest";
import { openScan, ROW } from "../../src/recognize/kernel/open-scan.ts";
import { makeRandom } from "../make/encoding.ts";

it("measures the distances of many rows as plain code does", () => {
  const random = makeRandom(7);
  for (const count of [0, 1, 7, 2_000]) {
    const scan = openScan(count);
    for (let i = 0; i < scan.rows.length; i++) scan.rows[i] = random() - 0.5;
    const probe = Float32Array.from({ length: ROW }, () => random() - 0.5);
    const plain = Array.from({ length: count }, (_, row) =>
      probe.reduce((sum, value, i) => sum + (value - (scan.rows[row * ROW + i] as number)) ** 2, 0),
    );
    expect([...scan.distances(probe)]).toEqual(plain.map((distance) => expect.closeTo(distance, 5)));
  }
});
