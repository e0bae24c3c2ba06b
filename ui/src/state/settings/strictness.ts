import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import type { Settings } from "./overrides.ts";

/** Range of the line: the thresholds the daemon has tried. */
export const STRICTEST = 0.4;
export const LOOSEST = 0.7;
export const STEP = 0.01;
export const LARGE_STEP = 0.05;

/** What the line applies to: recognition, grouping, or both. */
export type Scope = "both" | "names" | "groups";

export const SCOPES: readonly Scope[] = ["both", "names", "groups"];

const KEYS = { names: "recognition.threshold", groups: "discovery.threshold" } as const;

/** The thresholds that the line changes. */
export interface Lines {
  readonly names: number;
  readonly groups: number;
}

/** The user's choice; null: untouched, so the line shows the value in force. */
export interface Choice {
  readonly at: number | null;
  readonly scope: Scope | null;
}

/** The line as it is drawn, and what using it would change. */
export interface Line {
  readonly at: number;
  readonly scope: Scope;
  /** The value in force. */
  readonly now: number;
  readonly before: Lines;
  /** The thresholds if the line is used. */
  readonly after: Lines;
  /** For `PATCH api/settings`; empty: nothing would change. */
  readonly changes: Readonly<Partial<Record<(typeof KEYS)[keyof Lines], number>>>;
}

/** The nearest value the line can take. */
export function snapToStep(value: number): number {
  return Math.round(Math.min(LOOSEST, Math.max(STRICTEST, value)) / STEP) / Math.round(1 / STEP);
}

export function inForce(settings: Settings): Lines {
  return { names: settings[KEYS.names].value, groups: settings[KEYS.groups].value };
}

/** One line serves both thresholds, unless they differ. */
export function toLine(before: Lines, choice: Choice): Line {
  const scope = choice.scope ?? (before.names === before.groups ? "both" : "names");
  const now = scope === "groups" ? before.groups : before.names;
  const at = choice.at ?? snapToStep(now);
  const touched = (which: keyof Lines) => choice.at !== null && (scope === "both" || scope === which);
  const after = { names: touched("names") ? at : before.names, groups: touched("groups") ? at : before.groups };
  const changed = (["names", "groups"] as const).filter((which) => after[which] !== before[which]);
  return {
    at,
    scope,
    now,
    before,
    after,
    changes: Object.fromEntries(changed.map((which) => [KEYS[which], at])),
  };
}

type Step = ThresholdAnswer["steps"][number];

/** The result at exactly this threshold; undefined if it was not tried. */
export function stepAt(study: ThresholdAnswer, threshold: number): Step | undefined {
  return study.steps.find((step) => Math.abs(step.threshold - threshold) < STEP / 100);
}

/** Groups waiting for a name as Discover counts them, without single faces. Null: too many faces to try. */
export function groupsOf(step: Step | undefined): number | null {
  return step && step.clusters !== null && step.alone !== null ? step.clusters - step.alone : null;
}

/** Faces only just within the line, farthest first. */
export function atTheLine(study: ThresholdAnswer, threshold: number, count: number): ThresholdAnswer["at_the_line"] {
  return study.at_the_line.filter((face) => face.distance < threshold).slice(0, count);
}

/** Bar heights as shares of the highest, per bin from 0 to 1; distances beyond 1 count in the last bin. */
export function toBars({ bin, nearest, second }: ThresholdAnswer["histogram"]): {
  readonly nearest: readonly number[];
  readonly second: readonly number[];
} {
  const pieces = Math.round(1 / bin);
  const fold = (counts: readonly number[]) => {
    const folded = counts.slice(0, pieces);
    const beyond = counts.slice(pieces).reduce((sum, count) => sum + count, 0);
    if (folded.length > 0) folded[folded.length - 1] = (folded.at(-1) ?? 0) + beyond;
    return folded;
  };
  const [near, next] = [fold(nearest), fold(second)];
  const highest = Math.max(1, ...near, ...next);
  return { nearest: near.map((count) => count / highest), second: next.map((count) => count / highest) };
}
