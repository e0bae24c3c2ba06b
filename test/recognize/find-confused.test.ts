import { expect, it } from "vitest";
import { findConfused } from "../../src/recognize/find-confused.ts";
import { DLIB_SPREAD } from "../../src/recognize/fit.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const anna = makeEncoding(1);
const one = (id: string, away: number, isPerson = false, faces = 2) => ({
  id,
  isPerson,
  faces,
  mean: makeNear(anna, away, 7),
});
const find = async (all: ReturnType<typeof one>[], isSettled = (_a: string, _b: string) => false) =>
  Object.fromEntries(await findConfused(all, 0.6, DLIB_SPREAD, isSettled, async () => undefined));

it("groups are confused with whom they may be, and people with whom their faces may be taken for", async () => {
  expect(await find([one("g", 0), one("h", 0.3), one("far", 0.9), one("p", 0.2, true)])).toEqual({
    g: ["h", "p"],
    h: ["g", "p"],
    far: [],
    p: ["g", "h"],
  });
  // Of many faces their means would have to be all but equal to be one person's; single faces are confused long before.
  expect(await find([one("p", 0, true, 40), one("q", 0.4, true, 40)])).toEqual({ p: ["q"], q: ["p"] });
  expect(await find([one("g", 0, false, 40), one("h", 0.4, false, 40)])).toEqual({ g: [], h: [] });
});

it("those are not of whom it is known", async () => {
  expect(await find([one("g", 0), one("h", 0.1), one("i", 0.2)], (a, b) => a === "g" && b === "h")).toEqual({
    g: ["i"],
    h: ["i"],
    i: ["g", "h"],
  });
});
