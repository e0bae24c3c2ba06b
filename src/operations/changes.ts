import { Type } from "typebox";
import {
  ChangesAnswerSchema,
  RedoAnswerSchema,
  toChangesAnswer,
  toFactsJson,
  UndoAnswerSchema,
} from "../wire/out/changes.ts";
import { changeId, pageInput } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { toPage } from "./declare/pages.ts";
import type { System } from "./system/system.ts";

const path = "/api/changes";
const at = { change: "path.id" } as const;
const NOT_UNDOABLE = "409 `NOT_UNDOABLE` with the reason, as where a later change touched the same.";

/** The history of changes to people, and the ways back and forth. */
export const changeOperations = {
  changes: defineOperation({
    tag: "operation",
    summary: "What was changed, newest first",
    access: "admin",
    command: "changes",
    http: { method: "GET", path },
    input: pageInput,
    answer: ChangesAnswerSchema,
    async run(input, { store }) {
      const page = await store.changes(toPage(input));
      const faces = await store.facesById([...new Set(page.items.flatMap((change) => change.faceIds))]);
      return toChangesAnswer(page, new Map(faces.map((face) => [face.id, face])));
    },
  }),

  undo: defineOperation({
    tag: "operation",
    summary: "Take back the last change to people, or the one that is named",
    description: NOT_UNDOABLE,
    access: "admin",
    command: "undo",
    http: { method: "POST", path: "/api/undo" },
    input: { change: Type.Optional(changeId) },
    answer: UndoAnswerSchema,
    run: ({ change }, { people }) => undo(people, change),
  }),

  undoChange: defineOperation({
    tag: "operation",
    summary: "Take back this change to people",
    description: NOT_UNDOABLE,
    access: "admin",
    http: { method: "POST", path: `${path}/:id/undo`, at },
    input: { change: changeId },
    answer: UndoAnswerSchema,
    run: ({ change }, { people }) => undo(people, change),
  }),

  redo: defineOperation({
    tag: "operation",
    summary: "Make the change that was taken back last, or the one that is named, stand again",
    access: "admin",
    command: "redo",
    input: { change: Type.Optional(changeId) },
    answer: RedoAnswerSchema,
    run: ({ change }, { people }) => redo(people, change),
  }),

  redoChange: defineOperation({
    tag: "operation",
    summary: "Make this change, which was taken back, stand again",
    description: NOT_UNDOABLE,
    access: "admin",
    http: { method: "POST", path: `${path}/:id/redo`, at },
    input: { change: changeId },
    answer: RedoAnswerSchema,
    run: ({ change }, { people }) => redo(people, change),
  }),
};

async function undo(people: System["people"], id: number | undefined) {
  const { sentence, action, facts, change } = await people.undo(id);
  return { undone: sentence, action, facts: toFactsJson(facts), change };
}

async function redo(people: System["people"], id: number | undefined) {
  const { sentence, action, facts, change } = await people.redo(id);
  return { redone: sentence, action, facts: toFactsJson(facts), change };
}
