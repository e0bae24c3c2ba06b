/** The changes that this page made and that still stand, so that undo never takes back another person's work. */
export interface OwnChanges {
  /** Takes note of a change in the answer of a write, if there is one. */
  note(answer: unknown): void;
  /** Ids of the last ones, the newest first. */
  last(count: number): readonly number[];
  /** It was undone. */
  drop(id: number): void;
}

export function createOwnChanges(): OwnChanges {
  let ids: readonly number[] = [];
  return {
    note(answer) {
      if (typeof answer !== "object" || answer === null || !("change" in answer) || "undone" in answer) return;
      const { change } = answer;
      if (typeof change === "number") ids = [...ids.filter((id) => id !== change), change];
    },
    last: (count) => ids.slice(ids.length - Math.min(count, ids.length)).reverse(),
    drop(id) {
      ids = ids.filter((one) => one !== id);
    },
  };
}
