import { expect, it } from "vitest";
import { newestFirst, toActivityLines } from "../../../../ui/src/state/activity/activity-lines.ts";
import { makeVisitJson } from "../../make-visit-json.ts";

const NOW = new Date(2026, 1, 18, 12);
const on = (id: number, day: number) => makeVisitJson(id, { to: new Date(2026, 1, day, 10, 0, id).toISOString() });

it("a heading stands before every day but today, and the ends of each day's block are marked", () => {
  const lines = toActivityLines([on(4, 18), on(3, 17), on(2, 17), on(1, 16)], NOW);
  expect(lines.map((line) => (line.kind === "day" ? line.key : [line.key, line.top, line.bottom]))).toEqual([
    ["v_4", true, true],
    "2026-02-17",
    ["v_3", true, false],
    ["v_2", false, true],
    "2026-02-16",
    ["v_1", true, true],
  ]);
});

it("the last face decides what is newest", () => {
  const visits = [on(1, 17), on(2, 18), on(3, 16)].sort(newestFirst);
  expect(visits.map((visit) => visit.visit_id)).toEqual(["v_2", "v_1", "v_3"]);
});
