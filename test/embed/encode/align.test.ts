import { describe, expect, it } from "vitest";
import type { Landmarks } from "../../../src/embed/detect/detection.ts";
import { ALIGNED_SIZE, alignFace, fitTemplate } from "../../../src/embed/encode/align.ts";
import { apply, fitSimilarity, invert, toAngle } from "../../../src/embed/encode/similarity.ts";
import { warp } from "../../../src/embed/encode/warp.ts";
import { type Raster, toPlanes } from "../../../src/embed/picture/raster.ts";

/** Where the encoder expects the landmarks. */
const TEMPLATE: Landmarks = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];
const IDENTITY = { a: 1, b: 0, dx: 0, dy: 0 };

function makeRaster(width: number, height: number): Raster {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 37) % 251);
  return { data, width, height };
}

describe("a similarity", () => {
  it("is found again from points that it moved", () => {
    const moved = { a: 0.4 * Math.cos(0.5), b: 0.4 * Math.sin(0.5), dx: 7, dy: -3 };
    const points = TEMPLATE.map((point) => apply(invert(moved), point));
    const found = fitSimilarity(points, TEMPLATE);
    for (const key of ["a", "b", "dx", "dy"] as const) expect(found[key]).toBeCloseTo(moved[key], 9);
    expect(toAngle(found)).toBeCloseTo(0.5, 9);
  });

  it("is next to nothing for a face that is where it should be", () => {
    const { a, b, dx, dy } = fitTemplate(TEMPLATE);
    expect([a, b]).toEqual([expect.closeTo(1, 9), expect.closeTo(0, 9)]);
    expect([dx, dy]).toEqual([expect.closeTo(0, 2), expect.closeTo(0, 2)]);
  });
});

describe("a warped picture", () => {
  it("is the same when nothing moves", () => {
    const raster = makeRaster(20, 20);
    expect(warp(raster, IDENTITY, 20)).toEqual(raster);
  });

  it("has the mean of two pixels between them, and black outside", () => {
    const raster: Raster = { data: Uint8Array.from([10, 20, 30, 50, 60, 71]), width: 2, height: 1 };
    const { data } = warp(raster, { ...IDENTITY, dx: -0.5 }, 2);
    // Half of the last pixel lies outside.
    expect([...data]).toEqual([30, 40, 51, 25, 30, 36, 0, 0, 0, 0, 0, 0]);
  });

  it("is turned as its landmarks are", () => {
    const raster = makeRaster(ALIGNED_SIZE, ALIGNED_SIZE);
    const middle = (ALIGNED_SIZE - 1) / 2;
    const turned = { a: 0, b: 1, dx: 2 * middle, dy: 0 };
    const { data, width, height } = warp(raster, turned, ALIGNED_SIZE);
    const landmarks = TEMPLATE.map((point) => apply(turned, point));
    const [a, b, c, d, e] = landmarks as [...Landmarks];
    const upright = alignFace({ data, width, height }, [a, b, c, d, e]);
    // Both means of the template differ by a hundredth of a pixel: less than a step of the warp.
    expect(upright.data).toEqual(raster.data);
  });
});

describe("a network's input", () => {
  it("has the colours in planes, in the order that is wanted, and zeros right and below", () => {
    const raster: Raster = { data: Uint8Array.from([1, 2, 3, 4, 5, 6]), width: 2, height: 1 };
    expect([...toPlanes(raster, "rgb")]).toEqual([1, 4, 2, 5, 3, 6]);
    expect([...toPlanes(raster, "bgr", 3, 2)]).toEqual([3, 6, 0, 0, 0, 0, 2, 5, 0, 0, 0, 0, 1, 4, 0, 0, 0, 0]);
  });
});
