import type { RedoAnswer, UndoAnswer } from "../../../src/wire/out/schemas.ts";
import { cameraTitle } from "./camera.ts";
import { rich } from "./compiled.ts";
import type { Texts } from "./load.ts";

/** What is known of a change; `sentence` in English. */
export interface SaidChange extends Pick<UndoAnswer, "action" | "facts"> {
  readonly sentence: string;
}

type Value = "n" | "who" | "from" | "to" | "number" | "camera" | "count";

/** The messages of an action, or of one of its forms, and what they name. */
interface Form {
  readonly says: keyof Texts["history"]["sentence"];
  readonly needs: readonly Value[];
  readonly undone?: keyof Texts["history"]["undone"];
}

const NAMED: Form = { says: "assign", needs: ["n", "who"], undone: "assign" };

const FORMS: Readonly<Record<string, Form>> = {
  assign: NAMED,
  new_person: NAMED,
  stranger: { says: "stranger", needs: ["n", "number", "who"], undone: "assign" },
  claim: { says: "claim", needs: ["n", "who"], undone: "assign" },
  move: { says: "move", needs: ["n", "who"], undone: "assign" },
  unassign: { says: "unassign", needs: ["n", "who"], undone: "unassign" },
  rename: { says: "rename", needs: ["from", "to"], undone: "rename" },
  merge: { says: "merge", needs: ["from", "to"], undone: "merge" },
  delete: { says: "delete", needs: ["n", "who"], undone: "delete" },
  erase: { says: "erase", needs: ["n"] },
  ignore: { says: "ignore", needs: ["n"], undone: "ignore" },
  unignore: { says: "unignore", needs: ["n"], undone: "unignore" },
  split: { says: "split", needs: ["n"], undone: "split" },
  merge_groups: { says: "join", needs: ["n"] },
  keep_apart: { says: "apart", needs: [] },
  keep_together: { says: "keepTogether", needs: ["n"] },
  reject: { says: "reject", needs: ["n", "who"], undone: "reject" },
  portrait: { says: "portrait", needs: ["who"] },
  is: { says: "is", needs: ["camera", "who"], undone: "is" },
  is_not: { says: "isNot", needs: ["camera", "who"], undone: "is" },
  visit_ignored: { says: "visitIgnored", needs: ["camera"], undone: "is" },
};

/** Changes of version 0.1, and those that named a person who was erased, lack some. */
function valuesOf(t: Texts, { facts }: SaidChange): Partial<Record<Value, string | number>> {
  const { faces, names = [], camera, form } = facts;
  const [last, before] = [names.at(-1), names.slice(0, -1)];
  const values: Partial<Record<Value, string | number | undefined>> = {
    n: faces,
    camera: camera === undefined ? undefined : cameraTitle(camera),
    who: last === undefined ? undefined : t.format.list(form === "stranger" ? [last] : names),
    to: last,
    count: before.length,
    from: before.length > 0 ? t.format.list(before) : undefined,
    number: form === "stranger" ? before[0] : undefined,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const isName = (key: string): boolean => key === "who" || key === "from" || key === "to";

/**
 * What a change did, in the panel's language where all of it is known, else as the daemon says it.
 * @param element Draws a name.
 */
export function changeParts<T>(t: Texts, change: SaidChange, element: (name: string) => T): (string | T)[] {
  const form = FORMS[change.facts.form ?? change.action];
  const values = valuesOf(t, change);
  if (!form?.needs.every((key) => key in values)) return [t.format.capital(change.sentence)];
  const message = t.history.sentence[form.says];
  if (typeof message === "string") return [message];
  const drawn = Object.entries(values).map(([key, value]) => [key, isName(key) ? element(String(value)) : value]);
  return rich(message, Object.fromEntries(drawn) as Record<string, T | number>);
}

/** The same as plain text. */
export const changeText = (t: Texts, change: SaidChange): string => changeParts(t, change, (name) => name).join("");

/** What undoing it did, as a sentence. */
export function undoneText(t: Texts, { action, facts, undone }: UndoAnswer): string {
  const change = { action, facts, sentence: undone.replace(/^taken back: /, "") };
  const form = FORMS[facts.form ?? action];
  const values = valuesOf(t, change);
  if (!form?.undone || !form.needs.every((key) => key in values)) {
    return t.history.undone.other({ what: changeText(t, change) });
  }
  return t.history.undone[form.undone](values as never);
}

/** What redoing it did, as a sentence. */
export function redoneText(t: Texts, { action, facts, redone }: RedoAnswer): string {
  return t.history.redone({ what: changeText(t, { action, facts, sentence: redone.replace(/^done again: /, "") }) });
}
