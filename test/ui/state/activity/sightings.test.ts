import { describe, expect, it } from "vitest";
import { type SeenFace, toActivityLines, toSightings } from "../../../../ui/src/state/activity/sightings.ts";
import { makeFaceJson } from "../../make-face-json.ts";

const anna = { person: "Anna", person_id: "anna", score: 0.7, distance: 0.3 };
let made = 0;

/** A face at a time of 18 February, as `at("10:00:05")`. */
function at(time: string, over: Partial<SeenFace> = {}, day = 18): SeenFace {
  made++;
  return {
    ...makeFaceJson({
      face_id: made,
      camera: "front_door",
      timestamp: new Date(`2026-02-${day}T${time}`).toISOString(),
    }),
    event_type: over.matched ? "recognized" : "unknown",
    candidates: [],
    ...over,
  };
}

const sizes = (faces: readonly SeenFace[], cooldownMs: number) =>
  toSightings(faces, cooldownMs).map((one) => one.faces.length);

describe("faces as events", () => {
  it("go together for as long as the cooldown lasts from the first of them, newest event first", () => {
    const faces = [at("10:00:00"), at("10:00:20"), at("10:00:29"), at("10:00:30"), at("10:00:45")];
    expect(sizes(faces, 30_000)).toEqual([2, 3]);
    expect(sizes(faces.toReversed(), 30_000)).toEqual([2, 3]);
  });

  it("are one each where there is no cooldown", () => {
    expect(sizes([at("10:00:00"), at("10:00:00")], 0)).toEqual([1, 1]);
  });

  it("stay apart by camera and by answer, also when they come in between", () => {
    const faces = [
      at("10:00:00", { matched: anna }),
      at("10:00:01"),
      at("10:00:02", { matched: anna }),
      at("10:00:03", { camera: "garden" }),
      at("10:00:04", { event_type: "ambiguous" }),
    ];
    expect(sizes(faces, 30_000)).toEqual([1, 1, 1, 2]);
  });

  it("say who it was by what is known now, and what it was taken for then", () => {
    const [julia, later, stranger] = toSightings(
      [
        at("10:00:00"),
        at("11:00:00", { person: "Bo", person_id: "bo", state: "assigned" }),
        at("12:00:00", { matched: anna, person: "Julia", person_id: "julia", state: "assigned" }),
      ],
      30_000,
    );
    expect(julia).toMatchObject({ who: { name: "Julia" }, takenFor: "Anna", namedLater: false });
    expect(later).toMatchObject({ who: { name: "Bo" }, takenFor: null, namedLater: true });
    expect(stranger).toMatchObject({ who: null, takenFor: null, namedLater: false });
  });
});

describe("the list of sightings", () => {
  it("has a line before every day but today, and says where a day's block begins and ends", () => {
    const sightings = toSightings([at("10:00:00"), at("09:00:00"), at("20:00:00", {}, 17)], 30_000);
    const lines = toActivityLines(sightings, new Date("2026-02-18T12:00:00"));
    expect(lines.map((line) => (line.kind === "day" ? "day" : [line.top, line.bottom]))).toEqual([
      [true, false],
      [false, true],
      "day",
      [true, true],
    ]);
  });
});
