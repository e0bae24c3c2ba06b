import { describe, expect, test } from "vitest";
import { chooseInFrame, chooseInThumbnail } from "../../../src/flow/re-encode/choose-face.ts";
import { makePictureFaces } from "../../make/found-face.ts";

const left = { x: 0, y: 40, width: 60, height: 80 };
const right = { x: 80, y: 40, width: 60, height: 80 };
const middle = { x: 40, y: 40, width: 60, height: 80 };

describe("of the faces in a frame", () => {
  const found = makePictureFaces({ box: left }, { box: right });

  test("the one that the box is of is chosen, though another detector drew it", () => {
    expect(chooseInFrame(found, { x: 84, y: 30, width: 50, height: 70 })?.box).toEqual(right);
  });

  test("none is chosen that only touches the box", () => {
    expect(chooseInFrame(found, { x: 45, y: 40, width: 60, height: 80 })).toBeNull();
    expect(chooseInFrame(makePictureFaces({ box: left }), right)).toBeNull();
  });

  test("a lone one is chosen where no box is known, none of several", () => {
    expect(chooseInFrame(makePictureFaces({ box: left }), null)?.box).toEqual(left);
    expect(chooseInFrame(found, null)).toBeNull();
    expect(chooseInFrame({ ...found, faces: [] }, null)).toBeNull();
  });
});

describe("of the faces in a thumbnail", () => {
  test("the central one is chosen, not the surest one", () => {
    const found = makePictureFaces({ box: left, score: 0.99 }, { box: middle, score: 0.8 }, { box: right });
    expect(chooseInThumbnail(found)?.box).toEqual(middle);
  });

  test("of two that share the middle the one nearest to it is chosen", () => {
    const beside = { x: 60, y: 30, width: 60, height: 80 };
    expect(chooseInThumbnail(makePictureFaces({ box: beside }, { box: middle }))?.box).toEqual(middle);
  });

  test("none at the edge is chosen, nor one that is far too small", () => {
    expect(chooseInThumbnail(makePictureFaces({ box: left }))).toBeNull();
    expect(chooseInThumbnail(makePictureFaces({ box: { x: 60, y: 70, width: 20, height: 20 } }))).toBeNull();
  });
});
