import { dayKey } from "../../texts/when.ts";
import type { ChangeEntry } from "./changes.ts";

/** A line of the history: a day or a change; `top` and `bottom` mark the ends of a day's block. */
export type ChangeLine =
  | { readonly kind: "day"; readonly key: string; readonly day: Date }
  | {
      readonly kind: "change";
      readonly key: string;
      readonly change: ChangeEntry;
      readonly top: boolean;
      readonly bottom: boolean;
    };

/** Which changes are shown. */
export type ChangeFilter = "all" | "byHand" | "automatic";

const BY_ITSELF = ["schedule", "registry_file"];

/** Whether a filter shows the change. */
export const isShown = ({ via }: ChangeEntry, filter: ChangeFilter): boolean =>
  filter === "all" || (via !== null && BY_ITSELF.includes(via)) === (filter === "automatic");

/** Adds a heading before every day. */
export function toChangeLines(changes: readonly ChangeEntry[]): ChangeLine[] {
  const dayOf = (change: ChangeEntry | undefined) => (change ? dayKey(new Date(change.at)) : null);
  return changes.flatMap((change, at): ChangeLine[] => {
    const day = dayKey(new Date(change.at));
    const top = dayOf(changes[at - 1]) !== day;
    const line = {
      kind: "change",
      key: String(change.id),
      change,
      top,
      bottom: dayOf(changes[at + 1]) !== day,
    } as const;
    return top ? [{ kind: "day", key: day, day: new Date(change.at) }, line] : [line];
  });
}
