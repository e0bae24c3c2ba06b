import { expect, it } from "vitest";
import { toCron, toPlan } from "../../../../ui/src/state/settings/schedule.ts";

it.each([
  [null, { kind: "never" }],
  ["0 3 * * *", { kind: "daily", time: "03:00" }],
  ["30 23 * * *", { kind: "daily", time: "23:30" }],
  ["0 3 * * 1", { kind: "cron", expression: "0 3 * * 1" }],
  ["*/5 * * * *", { kind: "cron", expression: "*/5 * * * *" }],
  ["75 3 * * *", { kind: "cron", expression: "75 3 * * *" }],
] as const)("%j is %j, and back", (expression, plan) => {
  expect(toPlan(expression)).toEqual(plan);
  expect(toCron(plan)).toBe(expression);
});
