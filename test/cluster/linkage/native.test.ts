import { expect, it } from "vitest";
import { startHelper } from "../../../src/cluster/distances/start-helper.ts";
import { createNativeLinkage } from "../../../src/cluster/linkage/native.ts";
import { makeFaces } from "../../../src/demo/made-faces.ts";
import { describeLinkage } from "../linkage-contract.ts";

const open = (threads: number) => createNativeLinkage({ threads, startHelper });

describeLinkage("native", { open: () => open(1), ties: true, mostFaces: Number.POSITIVE_INFINITY });

describeLinkage("native, with next to no memory", {
  open: () => createNativeLinkage({ threads: 1, startHelper, pairsBytes: 1000 }),
  ties: true,
  mostFaces: Number.POSITIVE_INFINITY,
});

it("gives the same result on any number of threads", () => {
  const encodings = { data: makeFaces(6_000, 150).data, count: 6_000, dimension: 128 };
  const alone = open(1).cluster(encodings, { threshold: 0.6 });
  for (const threads of [2, 3]) {
    const together = open(threads).cluster(encodings, { threshold: 0.6 });
    expect(together.labels).toEqual(alone.labels);
    expect(together.heights).toEqual(alone.heights);
  }
  expect(new Set(alone.labels).size).toBeLessThan(400);
});

it("gives the same clusters whatever the order of the faces", () => {
  const count = 4_000;
  const { data } = makeFaces(count, 120, 2);
  const turned = new Float32Array(data.length);
  for (let face = 0; face < count; face++) {
    turned.set(data.subarray(face * 128, (face + 1) * 128), (count - 1 - face) * 128);
  }
  const there = open(1).cluster({ data, count, dimension: 128 }, { threshold: 0.6 }).labels;
  const back = open(1).cluster({ data: turned, count, dimension: 128 }, { threshold: 0.6 }).labels.reverse();
  const partner = new Map<number, number>();
  there.forEach((label, face) => {
    if (!partner.has(label)) partner.set(label, back[face]!);
    expect(back[face]).toBe(partner.get(label));
  });
  expect(new Set(partner.values()).size).toBe(new Set(back).size);
});

it("is not thrown by faces far from the others, or far from the origin", () => {
  const { data } = makeFaces(400, 20, 3);
  const apart = open(1).cluster({ data, count: 400, dimension: 128 }, { threshold: 0.6 }).labels;
  const moved = data.map((value, k) => (k >= 399 * 128 ? 1e30 : value));
  const far = open(1).cluster({ data: moved, count: 400, dimension: 128 }, { threshold: 0.6 }).labels;
  expect(far[399]).toBe(Math.max(...far));
  expect(new Set(far).size).toBeGreaterThanOrEqual(new Set(apart.subarray(0, 399)).size);
});
