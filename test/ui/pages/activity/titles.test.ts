import { expect, it } from "vitest";
import { countDay } from "../../../../ui/src/pages/activity/titles.ts";
import { dayKey } from "../../../../ui/src/texts/when.ts";
import { makeVisitJson } from "../../make-visit-json.ts";

const visits = [
  makeVisitJson(1, { state: "recognized", person: "Anna" }),
  makeVisitJson(2, { state: "corrected", person: "Bob" }),
  makeVisitJson(3, { state: "ambiguous" }),
  makeVisitJson(4),
  makeVisitJson(5, { state: "corrected" }),
  makeVisitJson(6, { to: "2026-02-10T10:00:00.000Z" }),
];
const day = dayKey(new Date(visits[0]?.to ?? ""));

it("the visits of a day are counted by who came", () => {
  expect(countDay({ visits, complete: true }, day)).toEqual({
    all: 5,
    known: 2,
    strangers: 2,
    unclear: 1,
    more: false,
  });
});

it("a day may have more than are loaded where even the oldest of them is of it", () => {
  expect(countDay({ visits: visits.slice(0, 5), complete: false }, day).more).toBe(true);
  expect(countDay({ visits, complete: false }, day).more).toBe(false);
  expect(countDay({ visits: [], complete: false }, day).more).toBe(false);
});
