import type { Person } from "./person.ts";

/** By what way a change was asked for. */
export type ChangeVia = "panel" | "http" | "mqtt" | "homeassistant" | "registry_file" | "schedule" | "cli";

/** Who asked for a change: the way, and the user where that is known. */
export interface ChangeOrigin {
  readonly via: ChangeVia;
  readonly user: string | null;
}

/** What a change's sentence says, so that it can be said in other languages too. */
export interface ChangeFacts {
  /** Which sentence it is; without one it is the only one of its action. */
  readonly form: "new_person" | "moved" | "automatic" | "stranger" | "is" | "is_not" | "visit_ignored";
  /** Photos that it is about. */
  readonly faces: number;
  /** Who it is about, by the names that they had, in the sentence's order. */
  readonly names: readonly string[];
  readonly camera: string;
}

/** A change to people, as the history shows it. */
export interface Change {
  /** null, and no user: not known, as of changes that version 0.1 kept. */
  readonly via: ChangeVia | null;
  readonly user: string | null;
  readonly id: number;
  readonly at: Date;
  readonly action: string;
  /** What was done, as a sentence. */
  readonly sentence: string;
  /** What of it is known besides; empty for changes of version 0.1, and where a person was erased since. */
  readonly facts: Partial<ChangeFacts>;
  /** When it was undone; null: it stands. */
  readonly undoneAt: Date | null;
  /** Why it cannot be undone, or redone where it was undone; null: it can. */
  readonly blocked: string | null;
  /** Id of the later change that has to be undone before this one; null: that is not what stands in the way. */
  readonly blockedBy: number | null;
  /** Of the faces it touched, the first few that are still there. */
  readonly faceIds: readonly number[];
  /** Of the people it touched, those who are there. */
  readonly people: readonly Person[];
}
