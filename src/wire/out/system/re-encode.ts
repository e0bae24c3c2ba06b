import { type Static, Type } from "typebox";
import { RE_ENCODE_FAILURES, type ReEncoding, WHY_NOT_RE_ENCODED } from "../../../domain/pictures/re-encoding.ts";
import { Nullable, Time, toTime } from "../values.ts";

export const ReEncodingSchema = Type.Object({
  state: Type.Enum(["idle", "running", "done", "cancelled", "failed"]),
  model: Nullable(Type.String()),
  dry_run: Type.Boolean(),
  people: Type.Integer(),
  people_done: Type.Integer(),
  faces: Type.Integer({ description: "of which looks are made, with those that were encoded by an earlier run" }),
  faces_done: Type.Integer(),
  faces_failed: Type.Integer({ description: "of `faces_done`" }),
  enrolled: Type.Integer({ description: "people who got looks of the model" }),
  could_not: Type.Array(
    Type.Object({
      person: Type.String(),
      person_id: Type.String(),
      faces: Type.Integer(),
      code: Type.Enum([...RE_ENCODE_FAILURES]),
      reason: Type.String(),
    }),
    { description: "people without a single look of the model" },
  ),
  started_at: Nullable(Time),
  finished_at: Nullable(Time),
  error: Nullable(Type.String()),
  change_id: Nullable(Type.Integer({ description: "in the history, to be undone" })),
});
export type ReEncodingJson = Static<typeof ReEncodingSchema>;

export function toReEncodingJson(run: ReEncoding): ReEncodingJson {
  return {
    state: run.state,
    model: run.model,
    dry_run: run.dryRun,
    people: run.people,
    people_done: run.peopleDone,
    faces: run.faces,
    faces_done: run.facesDone,
    faces_failed: run.facesFailed,
    enrolled: run.enrolled,
    could_not: run.couldNot.map(({ name, personId, faces, failure }) => ({
      person: name,
      person_id: personId,
      faces,
      code: failure,
      reason: WHY_NOT_RE_ENCODED[failure],
    })),
    started_at: toTime(run.startedAt),
    finished_at: toTime(run.finishedAt),
    error: run.error,
    change_id: run.change,
  };
}
