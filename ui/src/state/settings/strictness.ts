import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import type { Settings } from "./overrides.ts";

/** Between these the line can be moved: what the daemon has tried. */
export const STRICTEST = 0.4;
export const LOOSEST = 0.7;
export const STEP = 0.01;
export const LEAP = 0.05;

/** What the line is for: who gets a name, which faces make a group, or both. */
export type Scope = "both" | "names" | "groups";

export const SCOPES: readonly Scope[] = ["both", "names", "groups"];

const KEYS = { names: "recognition.threshold", groups: "discovery.threshold" } as const;

/** The settings that the line changes, by what they are for. */
export interface Lines {
  readonly names: number;
  readonly groups: number;
}

/** Where the person has put the line; null: not touched, so it stands where it is in force. */
export interface Choice {
  readonly at: number | null;
  readonly scope: Scope | null;
}

/** The line as it is drawn, and what using it would change. */
export interface Line {
  readonly at: number;
  readonly scope: Scope;
  /** What is in force where the line is moved. */
  readonly now: number;
  readonly before: Lines;
  /** As they would be with the line used. */
  readonly after: Lines;
  /** For `PATCH api/settings`; empty: nothing would change. */
  readonly changes: Readonly<Partial<Record<(typeof KEYS)[keyof Lines], number>>>;
}

/** A place where the line can stand. */
export function toPlace(value: number): number {
  return Math.round(Math.min(LOOSEST, Math.max(STRICTEST, value)) / STEP) / Math.round(1 / STEP);
}

export function inForce(settings: Settings): Lines {
  return { names: settings[KEYS.names].value, groups: settings[KEYS.groups].value };
}

/** One line serves both, unless they have been set apart. */
export function toLine(before: Lines, choice: Choice): Line {
  const scope = choice.scope ?? (before.names === before.groups ? "both" : "names");
  const now = scope === "groups" ? before.groups : before.names;
  const at = choice.at ?? toPlace(now);
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

/** What was tried at this very threshold; undefined: it lies between or beyond what was tried. */
export function stepAt(study: ThresholdAnswer, threshold: number): Step | undefined {
  return study.steps.find((step) => Math.abs(step.threshold - threshold) < STEP / 100);
}

/** Groups that wait for a name, as Discover counts them: what is alone is no group. Null: too many faces to try. */
export function groupsOf(step: Step | undefined): number | null {
  return step && step.clusters !== null && step.alone !== null ? step.clusters - step.alone : null;
}

/** Faces that the line only just lets in, the farthest first. */
export function atTheLine(study: ThresholdAnswer, threshold: number, count: number): ThresholdAnswer["at_the_line"] {
  return study.at_the_line.filter((face) => face.distance < threshold).slice(0, count);
}

/** Shares of the highest, for each piece of the ruler from 0 to 1; what lies beyond 1 stands at its end. */
export function toHumps({ bin, nearest, second }: ThresholdAnswer["histogram"]): {
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
