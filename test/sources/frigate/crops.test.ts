import { expect, it } from "vitest";
import { toFaceLibrary } from "../../../src/sources/frigate/crops.ts";

it("lists the faces that Frigate cut out, the newest first, and counts the people", () => {
  const library = toFaceLibrary({
    train: [
      "1607123955.475377-mxklsc-1607123958.5-unknown-0.62.webp",
      "1607123955.475377-mxklsc-1607123959.25-John_Smith-0.93.webp",
      "1607123990.1-abc123-1607123991.0-unknown-0.0.webp",
    ],
    Anna: ["Anna_1607.webp"],
    Ben: [],
  });
  expect(library.people).toBe(1);
  expect(library.crops).toEqual([
    {
      file: "1607123990.1-abc123-1607123991.0-unknown-0.0.webp",
      eventId: "1607123990.1-abc123",
      takenAt: new Date(1607123991000),
    },
    {
      file: "1607123955.475377-mxklsc-1607123959.25-John_Smith-0.93.webp",
      eventId: "1607123955.475377-mxklsc",
      takenAt: new Date(1607123959250),
    },
    {
      file: "1607123955.475377-mxklsc-1607123958.5-unknown-0.62.webp",
      eventId: "1607123955.475377-mxklsc",
      takenAt: new Date(1607123958500),
    },
  ]);
});

it("leaves out what is no crop", () => {
  const files = ["../../etc/passwd", "1607.1-a-1607.2-x/../y-0.1.webp", ".DS_Store", "1607.1-a.webp", 7, null];
  expect(toFaceLibrary({ train: files })).toEqual({ crops: [], people: 0 });
});

it("is empty for whatever else is answered", () => {
  for (const answer of [null, [], "x", 7, { train: "x" }])
    expect(toFaceLibrary(answer)).toEqual({ crops: [], people: 0 });
});
