/** When discoveries start on their own, as offered to the user. */
export type Plan =
  | { readonly kind: "never" }
  /** Every day at this time, `HH:MM`. */
  | { readonly kind: "daily"; readonly time: string }
  | { readonly kind: "cron"; readonly expression: string };

/** Reads a cron expression (null: never). */
export function toPlan(expression: string | null): Plan {
  if (expression === null) return { kind: "never" };
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(expression.trim()) ?? [];
  if (minute === undefined || hour === undefined || Number(hour) > 23 || Number(minute) > 59) {
    return { kind: "cron", expression };
  }
  return { kind: "daily", time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}` };
}

/** The inverse of `toPlan`. */
export function toCron(plan: Plan): string | null {
  if (plan.kind === "never") return null;
  if (plan.kind === "cron") return plan.expression.trim();
  const [hour, minute] = plan.time.split(":").map(Number);
  return `${minute} ${hour} * * *`;
}
