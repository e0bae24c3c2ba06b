import type { Face } from "../face.ts";
import type { Person } from "../person.ts";

/**
 * What would make recognition better. `same_person`: two people who are probably one; `alike`: two whom `classic` may take for
 * one another; `misplaced_look`, `misplaced_faces`: what is another's; `drift`: a person who looks different lately;
 * `few_faces`: a person known from too little; `profile`: another profile serves these people better.
 */
export type AdviceKind =
  | "same_person"
  | "alike"
  | "misplaced_look"
  | "misplaced_faces"
  | "drift"
  | "few_faces"
  | "profile";

/** A request that does what is advised, as HTTP has it. */
export interface AdviceAction {
  /** What it does, for a button. */
  readonly label: string;
  readonly method: "POST" | "PATCH";
  /** Relative to the server's root. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Advice {
  /** The same as long as the same is advised. */
  readonly id: string;
  readonly kind: AdviceKind;
  /** The one it is about first. */
  readonly people: readonly Person[];
  /** A sentence. */
  readonly reason: string;
  /** The face that shows it best. */
  readonly picture: Face | null;
  readonly action: AdviceAction;
}
