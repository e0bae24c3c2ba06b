import { expect, it } from "vitest";
import { varianceOf } from "../../../src/domain/vectors/encoding.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { openSqlite } from "../open-sqlite.ts";
import { makeScene } from "../scene.ts";

it("takes of each hour at a camera one face: the frames of one visit say nothing about other days", async () => {
  const { store, enrol, add } = await makeScene(openSqlite);
  const [door, later, garden] = [1, 2, 3].map((seed) => makeNear(makeEncoding(1), 0.3, seed)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  await enrol(
    "Anna",
    { camera: "door", capturedAt: new Date("2026-02-18T10:05:00Z"), encoding: door },
    { camera: "door", capturedAt: new Date("2026-02-18T10:06:00Z"), encoding: makeEncoding(9) },
    { camera: "door", capturedAt: new Date("2026-02-18T12:00:00Z"), encoding: later },
    { camera: "garden", capturedAt: new Date("2026-02-18T10:06:00Z"), encoding: garden },
  );
  await add({ encoding: makeEncoding(5) });
  const [anna, ...others] = await store.personVariances();
  expect(others).toEqual([]);
  expect(anna).toMatchObject({ model: "dlib", faces: 3 });
  expect(anna?.variance).toBeCloseTo(varianceOf([door, later, garden]), 6);
});
