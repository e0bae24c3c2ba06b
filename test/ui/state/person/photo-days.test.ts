import { describe, expect, it } from "vitest";
import type { PersonFaceJson } from "../../../../src/wire/out/schemas.ts";
import {
  ALL,
  neighbourOf,
  type PhotoDay,
  recounted,
  toPhotoDays,
  toPhotosLines,
  withFaces,
  withoutFaces,
  withPage,
} from "../../../../ui/src/state/person/photo-days.ts";
import { makeFaceJson } from "../../make-face-json.ts";

const face = (id: number, date: number, hour = 12, overrides: Partial<PersonFaceJson> = {}): PersonFaceJson => ({
  ...makeFaceJson({
    face_id: id,
    camera: "door",
    timestamp: new Date(2026, 1, date, hour).toISOString(),
    state: "assigned",
  }),
  distance: null,
  different: false,
  ...overrides,
});
const counted = (...counts: readonly (readonly [date: number, photos: number, recognized?: number])[]) =>
  counts.map(([date, photos, recognized = 0]) => ({ day: `2026-02-0${date}`, photos, recognized }));
const shown = (days: readonly PhotoDay[]) =>
  days.map((day) => [day.key.slice(-1), day.photos, day.faces.map((one) => one.face_id), day.next]);

describe("photos by day", () => {
  it("are known by number, newest day first, before one is loaded", () => {
    expect(shown(toPhotoDays(counted([1, 3], [3, 2], [2, 0])))).toEqual([
      ["3", 2, [], undefined],
      ["1", 3, [], undefined],
    ]);
  });

  it("are filled by pages, each going on where the last one ended", () => {
    const days = toPhotoDays(counted([3, 2], [2, 2], [1, 1]));
    const once = withPage(days, "2026-02-03", [face(9, 3, 9), face(8, 3, 8), face(7, 2, 9)], "cursor");
    expect(shown(once)).toEqual([
      ["3", 2, [9, 8], null],
      ["2", 2, [7], "cursor"],
      ["1", 1, [], undefined],
    ]);
    const twice = withPage(once, "2026-02-02", [face(6, 2, 8), face(5, 1)], null);
    expect(shown(twice)).toEqual([
      ["3", 2, [9, 8], null],
      ["2", 2, [7, 6], null],
      ["1", 1, [5], null],
    ]);
  });

  it("can be loaded from a day in the middle", () => {
    const days = toPhotoDays(counted([3, 2], [2, 1], [1, 1]));
    expect(shown(withPage(days, "2026-02-02", [face(7, 2)], "cursor"))).toEqual([
      ["3", 2, [], undefined],
      ["2", 1, [7], "cursor"],
      ["1", 1, [], undefined],
    ]);
  });

  it("are as many as there are: a day that turns out empty goes, one that nobody counted comes", () => {
    const days = toPhotoDays(counted([3, 2], [2, 4]));
    expect(shown(withPage(days, "2026-02-03", [face(9, 3), face(5, 1)], null))).toEqual([
      ["3", 1, [9], null],
      ["1", 1, [5], null],
    ]);
  });

  it("go at once when they are taken out, and come back where they were", () => {
    const days = withPage(
      toPhotoDays(counted([3, 3], [2, 1])),
      "2026-02-03",
      [face(9, 3, 9), face(8, 3, 8), face(7, 3, 7), face(6, 2)],
      null,
    );
    const out = withoutFaces(days, new Set([8, 6]));
    expect(shown(out)).toEqual([["3", 2, [9, 7], null]]);
    expect(shown(withFaces(out, [face(8, 3, 8), face(6, 2)]))).toEqual(shown(days));
  });

  it("come back by likeness where that is the order", () => {
    const all = [face(1, 3, 1, { distance: 0.6 }), face(2, 3, 2, { distance: 0.5 }), face(3, 3, 3, { distance: 0.4 })];
    const days = [{ key: ALL, photos: 3, faces: all, next: null }];
    const out = withoutFaces(days, new Set([2]));
    expect(out[0]?.faces.map((one) => one.face_id)).toEqual([1, 3]);
    expect(withFaces(out, [all[1] as PersonFaceJson])[0]?.faces.map((one) => one.face_id)).toEqual([1, 2, 3]);
  });

  it("are loaded again only where the count is not right any more", () => {
    const days = withPage(
      toPhotoDays(counted([3, 1], [2, 1], [1, 1])),
      "2026-02-03",
      [face(9, 3), face(8, 2)],
      "cursor",
    );
    const { days: again, stale } = recounted(days, counted([3, 2], [2, 1], [1, 5]));
    expect(stale).toEqual(["2026-02-03"]);
    expect(shown(again)).toEqual([
      ["3", 2, [9], null],
      ["2", 1, [8], "cursor"],
      ["1", 5, [], undefined],
    ]);
  });

  it("are loaded again where one is named now that was recognized", () => {
    const one = face(9, 3, 12, { state: "unassigned" });
    const days = withPage(toPhotoDays(counted([3, 1, 1])), "2026-02-03", [one], null);
    expect(recounted(days, counted([3, 1, 1])).stale).toEqual([]);
    expect(recounted(days, counted([3, 1, 0])).stale).toEqual(["2026-02-03"]);
  });
});

describe("the lines of a list of photos", () => {
  it("have a title for each day, and as many cells as there are photos, loaded or not", () => {
    const days = withPage(toPhotoDays(counted([3, 1], [2, 5])), "2026-02-03", [face(9, 3), face(8, 2)], "cursor");
    const lines = toPhotosLines(days, 3);
    expect(
      lines.map((line) =>
        line.kind === "day" ? `day of ${line.photos}` : line.cells.map((cell) => cell?.face_id ?? 0),
      ),
    ).toEqual(["day of 1", [9], "day of 5", [8, 0, 0], [0, 0]]);
  });

  it("have no days where the least alike come first", () => {
    const lines = toPhotosLines([{ key: ALL, photos: 1, faces: [face(9, 3)], next: null }], 3);
    expect(lines.map((line) => line.kind)).toEqual(["photos"]);
  });
});

describe("the photo that gets the focus", () => {
  const faces = [1, 2, 3, 4].map((face_id) => ({ face_id }));
  const next = (...ids: number[]) => neighbourOf(faces, new Set(ids))?.face_id;

  it("is the one after those that go, else the one before", () => {
    expect(next(2)).toBe(3);
    expect(next(1, 3)).toBe(4);
    expect(next(4)).toBe(3);
    expect(next(3, 4)).toBe(2);
  });

  it("is none where all go", () => {
    expect(next(1, 2, 3, 4)).toBeUndefined();
  });
});
