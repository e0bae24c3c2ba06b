/** By what way a change was asked for. */
export type ChangeVia = "panel" | "http" | "mqtt" | "homeassistant" | "registry_file" | "schedule" | "cli";

/** Who asked for a change: the way, and the user where that is known. */
export interface ChangeOrigin {
  readonly via: ChangeVia;
  readonly user: string | null;
}

/** A change to people, as the history shows it. */
export interface Change extends ChangeOrigin {
  readonly id: number;
  readonly at: Date;
  readonly action: string;
  /** What was done, as a sentence. */
  readonly sentence: string;
  /** When it was undone; null: it stands. */
  readonly undoneAt: Date | null;
  /** Why it cannot be undone, or redone where it was undone; null: it can. */
  readonly blocked: string | null;
  /** Of the faces it touched, the first few that are still there. */
  readonly faceIds: readonly number[];
  /** person_ids of the people it touched. */
  readonly personIds: readonly string[];
}
