import { describe, expect, it } from "vitest";
import { withThumbnails } from "../../../ui/src/state/thumbnails.ts";

describe("pictures that are made after their faces have come", () => {
  const faces = [
    { face_id: 1, thumbnail: null },
    { face_id: 2, thumbnail: "api/faces/2/thumbnail" },
    { face_id: 3, thumbnail: null },
  ];

  it("appear where they were missing", () => {
    expect(withThumbnails(faces, new Map([[1, "api/faces/1/thumbnail"]]))).toEqual([
      { face_id: 1, thumbnail: "api/faces/1/thumbnail" },
      faces[1],
      faces[2],
    ]);
  });

  it("leave a list alone that they do not concern", () => {
    expect(
      withThumbnails(
        faces,
        new Map([
          [2, "x"],
          [9, "y"],
        ]),
      ),
    ).toBe(faces);
  });
});
