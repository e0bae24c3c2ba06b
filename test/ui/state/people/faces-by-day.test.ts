import { describe, expect, it } from "vitest";
import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import { toFacesLines } from "../../../../ui/src/state/people/faces-by-day.ts";
import { makeFaceJson } from "../../make-face-json.ts";

let id = 0;
const face = (camera: string, at: Date): FaceJson => {
  id++;
  return makeFaceJson({ face_id: id, camera, timestamp: at.toISOString() });
};
const at = (day: number, hour: number, minute = 0) => new Date(2026, 1, day, hour, minute);

describe("faces by day and camera", () => {
  it("come newest first, under their day", () => {
    const lines = toFacesLines([face("garden", at(1, 9)), face("garden", at(3, 9)), face("garden", at(3, 18))]);
    expect(lines.map((line) => (line.kind === "day" ? `day ${line.faces}` : line.cells.length))).toEqual([
      "day 2",
      2,
      "day 1",
      1,
    ]);
    expect(lines[0]?.kind === "day" && lines[0].day.getDate()).toBe(3);
  });

  it("say camera and time once for what was seen in one go", () => {
    const lines = toFacesLines([
      face("garden", at(3, 9, 0)),
      face("garden", at(3, 9, 2)),
      face("door", at(3, 9, 3)),
      face("door", at(3, 9, 20)),
    ]);
    const cells = lines[1]?.kind === "faces" ? lines[1].cells : [];
    expect(cells.map((cell) => [cell.face.camera, cell.starts])).toEqual([
      ["door", true],
      ["door", true],
      ["garden", true],
      ["garden", false],
    ]);
  });

  it("do not make one endless line of a day with many faces", () => {
    const lines = toFacesLines(Array.from({ length: 150 }, (_, n) => face("door", at(3, 9, n % 60))));
    expect(lines.slice(1).every((line) => line.kind === "faces" && line.cells.length <= 60)).toBe(true);
    expect(lines.slice(1).reduce((sum, line) => sum + (line.kind === "faces" ? line.cells.length : 0), 0)).toBe(150);
  });
});
