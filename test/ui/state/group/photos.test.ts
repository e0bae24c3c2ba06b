import { describe, expect, it } from "vitest";
import { type GroupFace, keepPlaces, toRange, toVisitLines } from "../../../../ui/src/state/group/photos.ts";
import { makeFaceJson } from "../../make-face-json.ts";

const face = (id: number, over: Partial<GroupFace> = {}): GroupFace => ({
  ...makeFaceJson({ face_id: id, camera: "door", timestamp: "2026-02-01T10:00:00.000Z" }),
  distance: 0.2,
  different: false,
  ...over,
});
const ids = (faces: readonly GroupFace[]) => faces.map(({ face_id }) => face_id);

describe("photos that are loaded again", () => {
  it("stay where they are, with what is new of them; those that left stay too, new ones come last", () => {
    const shown = [face(1), face(2), face(3)];
    const loaded = [face(9), face(3, { different: true }), face(1)];
    const kept = keepPlaces(shown, loaded);
    expect(ids(kept)).toEqual([1, 2, 3, 9]);
    expect(kept[2]?.different).toBe(true);
  });
});

describe("photos by visit", () => {
  it("have the newest visit first, its newest photo first, and begin at the first of its photos", () => {
    const lines = toVisitLines([
      face(1, { visit_id: "a", camera: "door", timestamp: "2026-02-01T10:00:00.000Z" }),
      face(2, { visit_id: "b", camera: "garden", timestamp: "2026-02-02T10:00:00.000Z" }),
      face(3, { visit_id: "a", camera: "door", timestamp: "2026-02-01T10:00:05.000Z" }),
    ]);
    expect(lines).toMatchObject([
      { kind: "visit", camera: "garden", photos: 1 },
      { kind: "photos", faces: [{ face_id: 2 }] },
      { kind: "visit", camera: "door", at: new Date("2026-02-01T10:00:00.000Z"), photos: 2 },
      { kind: "photos", faces: [{ face_id: 3 }, { face_id: 1 }] },
    ]);
  });

  it("are a visit each where they belong to none, and come in lines of 60", () => {
    const alone = [face(1, { visit_id: null }), face(2, { visit_id: null })];
    expect(toVisitLines(alone).filter(({ kind }) => kind === "visit")).toHaveLength(2);
    const many = Array.from({ length: 130 }, (_, i) => face(i, { visit_id: "a" }));
    const sizes = toVisitLines(many).flatMap((line) => (line.kind === "photos" ? [line.faces.length] : []));
    expect(sizes).toEqual([60, 60, 10]);
  });
});

it("selects from one photo to another in either direction, and only the second where the first is not there", () => {
  const faces = [face(5), face(3), face(8), face(1)];
  expect(toRange(faces, 3, 1)).toEqual([3, 8, 1]);
  expect(toRange(faces, 8, 5)).toEqual([5, 3, 8]);
  expect(toRange(faces, 99, 8)).toEqual([8]);
});
