import { type Static, Type } from "typebox";
import { type Gap, PROBLEMS, type Problem } from "../../../domain/health/problem.ts";
import { Nullable, Time, toTime } from "../values.ts";

const CODES = Object.keys(PROBLEMS) as Problem["code"][];

export const ProblemSchema = Type.Object({
  code: Type.Enum(CODES),
  sentence: Type.String(),
  subject: Nullable(Type.String({ description: "a topic, a source of pictures, cameras" })),
  since: Time,
  severity: Type.Enum(["error", "warning"], { description: "error: faces are not received, or not stored" }),
});
export type ProblemJson = Static<typeof ProblemSchema>;

export function toProblemJson({ code, sentence, subject, since, severity }: Problem): ProblemJson {
  return { code, sentence, subject, since: since.toISOString(), severity };
}

/** The live event `problem`: all open ones. */
export interface ProblemsJson {
  readonly problems: readonly ProblemJson[];
}

export function toProblemsJson({ problems }: { readonly problems: readonly Problem[] }): ProblemsJson {
  return { problems: problems.map(toProblemJson) };
}

export const GapSchema = Type.Object({ from: Time, to: Nullable(Time) });
export type GapJson = Static<typeof GapSchema>;

export function toGapJson({ from, to }: Gap): GapJson {
  return { from: from.toISOString(), to: toTime(to) };
}
