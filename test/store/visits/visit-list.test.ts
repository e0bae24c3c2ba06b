import { expect, it } from "vitest";
import type { VisitFilter } from "../../../src/store/port/visits.ts";
import { toVisitConditions, toVisitQuery } from "../../../src/store/visits/visit-list.ts";
import { lookInto, openSqlite } from "../open-sqlite.ts";
import { makeScene } from "../scene.ts";

const FILTERS: readonly (readonly [VisitFilter, index: string])[] = [
  [{}, "visits_by_time"],
  [{ from: new Date(0), to: new Date() }, "visits_by_time"],
  [{ camera: "gate", from: new Date(0) }, "visits_by_camera"],
  [{ personId: "anna" }, "visits_by_person"],
  [{ strangerId: "s_1" }, "visits_by_stranger"],
  [{ state: "unknown" }, "visits_by_state"],
];

it.each(FILTERS)("visits by %j are read in order from %s", async (filter, index) => {
  const { folder } = await makeScene(openSqlite);
  const { where, values } = toVisitConditions(filter);
  const plan = lookInto(folder, (db) =>
    db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${toVisitQuery(where.join(" AND "))}`)
      .all(...values, 100)
      .map((row) => row.detail),
  );
  expect(plan.join("\n")).toContain(`v USING INDEX ${index}`);
  expect(plan.join("\n")).not.toContain("TEMP B-TREE");
});
