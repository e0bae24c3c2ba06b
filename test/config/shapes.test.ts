import { expect, test } from "vitest";
import { isCron } from "../../src/config/shapes.ts";

test.each(["0 3 * * *", "*/5 * * * * *", "0 0 29 2 *"])("%s is a cron expression", (expression) => {
  expect(isCron(expression)).toBe(true);
});

test.each(["", "every day", "61 * * * *", "0 0 31 2 *", "2030-01-01T00:00:00"])(
  "%j is none: it is no expression, or its time does not come again and again",
  (expression) => {
    expect(isCron(expression)).toBe(false);
  },
);
