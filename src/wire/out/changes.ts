import { type Static, Type } from "typebox";
import type { Change } from "../../domain/change.ts";
import type { Face } from "../../domain/face.ts";
import type { PageOf } from "../../domain/page.ts";
import { FaceSchema, toFaceJson } from "./faces.ts";
import { ChangeId, NextCursor, Nullable, named, Time, toNamed, toTime } from "./values.ts";

/** What a change's sentence says, for other languages. */
const FactsSchema = Type.Object(
  {
    form: Type.Optional(Type.Enum(["new_person", "moved", "automatic", "stranger", "is", "is_not", "visit_ignored"])),
    faces: Type.Optional(Type.Integer()),
    names: Type.Optional(Type.Array(Type.String())),
    camera: Type.Optional(Type.String()),
  },
  { description: "what the sentence says, for other languages: photos, and names as they were then, in its order" },
);
export type ChangeFactsJson = Static<typeof FactsSchema>;

export function toFactsJson({ names, ...facts }: Change["facts"]): ChangeFactsJson {
  return { ...facts, ...(names ? { names: [...names] } : {}) };
}

const changeKeys = {
  id: Type.Integer(),
  at: Time,
  action: Type.String(),
  sentence: Type.String({ description: "what was done" }),
  facts: FactsSchema,
  via: Nullable(Type.Enum(["panel", "http", "mqtt", "homeassistant", "registry_file", "schedule", "cli"])),
  user: Nullable(Type.String({ description: "of Home Assistant's ingress, or the login at the embedded broker" })),
  undone_at: Nullable(Time),
  blocked: Nullable(Type.String({ description: "why it cannot be undone, or redone where it is undone" })),
  blocked_by: Nullable(Type.Integer({ description: "the later change that has to be undone first" })),
};

export const ChangesAnswerSchema = Type.Object({
  changes: Type.Array(
    Type.Object({
      ...changeKeys,
      faces: Type.Array(FaceSchema, { description: "the first few that it touched" }),
      people: Type.Array(Type.Object(named)),
    }),
  ),
  next_cursor: NextCursor,
});
export type ChangesAnswer = Static<typeof ChangesAnswerSchema>;

/** A change without its faces and people: the live event `change`. */
export function toChangeEntryJson(change: Change) {
  return {
    id: change.id,
    at: change.at.toISOString(),
    action: change.action,
    sentence: change.sentence,
    facts: toFactsJson(change.facts),
    via: change.via,
    user: change.user,
    undone_at: toTime(change.undoneAt),
    blocked: change.blocked,
    blocked_by: change.blockedBy,
  };
}

/** @param faces By id, those that are still there. */
export function toChangesAnswer(
  { items, nextCursor }: PageOf<Change>,
  faces: ReadonlyMap<number, Face>,
): ChangesAnswer {
  return {
    changes: items.map((change) => ({
      ...toChangeEntryJson(change),
      faces: change.faceIds.flatMap((id) => {
        const face = faces.get(id);
        return face ? [toFaceJson(face)] : [];
      }),
      people: change.people.map(toNamed),
    })),
    next_cursor: nextCursor,
  };
}

export const UndoAnswerSchema = Type.Object({
  undone: Type.String({ description: "a sentence" }),
  action: Type.String(),
  facts: FactsSchema,
  change: ChangeId,
});
export type UndoAnswer = Static<typeof UndoAnswerSchema>;

export const RedoAnswerSchema = Type.Object({
  redone: Type.String({ description: "a sentence" }),
  action: Type.String(),
  facts: FactsSchema,
  change: ChangeId,
});
export type RedoAnswer = Static<typeof RedoAnswerSchema>;
