import type { Change } from "../../domain/change.ts";
import type { Page, PageOf } from "../../domain/page.ts";
import type { Person } from "../../domain/person.ts";

/** What undoing or redoing a change did. */
export interface Undone {
  /** The change's id. */
  readonly change: number;
  /** What was undone or redone, as a sentence. */
  readonly sentence: string;
  readonly action: string;
  readonly facts: Change["facts"];
  /** People touched by the change, as they were before. */
  readonly before: readonly Person[];
  /** The same people after it; those that it removed are missing. */
  readonly after: readonly Person[];
}

/**
 * The history of changes to people: each can be undone and redone, whenever it was made, unless a later one that stands
 * touched the same faces, people, encodings or clusters. Independent ones are undone in any order. At most 1,000 are kept.
 */
export interface ChangeStore {
  /** Newest first. */
  changes(page: Page): Promise<PageOf<Change>>;
  /** null: it is not kept, or not any more. */
  change(id: number): Promise<Change | null>;
  /**
   * Undoes a change; without an id the last one that stands. Faces that arrived since stay.
   * @throws `NOTHING_TO_UNDO` without an id, with the reason when an erasure or a purge took the last change;
   *   `CHANGE_NOT_FOUND`; `NOT_UNDOABLE` with the reason
   */
  undo(change?: number): Promise<Undone>;
  /**
   * Makes an undone change stand again; without an id the one that was undone last.
   * @throws `CHANGE_NOT_FOUND`; `NOT_UNDOABLE` with the reason
   */
  redo(change?: number): Promise<Undone>;
  /** Deletes changes that were made before. */
  trimChanges(before: Date): Promise<void>;
}
