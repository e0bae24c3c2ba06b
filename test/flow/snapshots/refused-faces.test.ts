import { expect, it } from "vitest";
import { createRefusedFaces } from "../../../src/flow/snapshots/refused-faces.ts";
import { makeClock } from "../../make/clock.ts";

const gates = { minScore: 0.8, minFacePx: 28, minNorm: 9 };
const at = new Date("2026-02-18T10:00:00Z");

function found(failed: "score" | "size" | "norm", thumbnail = 1) {
  const box = { x: 1, y: 2, width: 30, height: 20 };
  const norm = failed === "norm" ? 7.5 : null;
  return { box, score: 0.7, failed, encoding: null, norm, thumbnail: Uint8Array.of(thumbnail) } as const;
}

it("says of each face which gate it failed, and by how much, newest first", () => {
  const refused = createRefusedFaces(makeClock());
  for (const failed of ["score", "size", "norm"] as const) refused.add("door", at, found(failed), gates);
  refused.add("garden", at, found("score"), gates);
  expect(refused.list("door").map(({ gate, value, needed }) => ({ gate, value, needed }))).toEqual([
    { gate: "norm", value: 7.5, needed: 9 },
    { gate: "size", value: 20, needed: 28 },
    { gate: "score", value: 0.7, needed: 0.8 },
  ]);
  expect(refused.list()[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    camera: "garden",
    at,
    gate: "score",
    value: 0.7,
    needed: 0.8,
    score: 0.7,
    facePx: 20,
    norm: null,
    box: { x: 1, y: 2, width: 30, height: 20 },
  });
});

it("keeps the last 20 of a camera, and their pictures", () => {
  const refused = createRefusedFaces(makeClock());
  refused.add("garden", at, found("score", 99), gates);
  const [first] = refused.list("garden");
  for (let i = 0; i < 25; i++) refused.add("door", at, found("score", i), gates);
  const list = refused.list("door");
  expect(list.map(({ id }) => refused.thumbnail(id)?.[0])).toEqual(Array.from({ length: 20 }, (_, i) => 24 - i));
  expect(refused.thumbnail(first?.id ?? "")).toEqual(Uint8Array.of(99));
  expect(refused.thumbnail("0123456789abcdef")).toBeNull();
});

it("forgets each after an hour, and all when it ends", () => {
  const clock = makeClock();
  const refused = createRefusedFaces(clock);
  refused.add("door", at, found("score"), gates);
  clock.advance(1_800_000);
  refused.add("door", at, found("size"), gates);
  const [, old] = refused.list();
  clock.advance(1_799_999);
  expect(refused.list()).toHaveLength(2);
  clock.advance(1);
  expect(refused.list().map(({ gate }) => gate)).toEqual(["size"]);
  expect(refused.thumbnail(old?.id ?? "")).toBeNull();
  refused.clear();
  expect(refused.list()).toEqual([]);
});
