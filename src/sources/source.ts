import type { TakeSnapshot } from "../domain/pictures/snapshot.ts";

/** How a source of pictures is, for people: where its pictures come from, or why none come. */
export interface SourceReport {
  readonly ok: boolean;
  readonly sentence: string;
}

/** What every source is built with. */
export interface SourceDeps {
  readonly take: TakeSnapshot;
  /** Says how a source is (`frigate`, `pull:front_door`, `folder`); one that is not ok is a problem. */
  readonly report: (source: string, state: SourceReport) => void;
}

/** Listens to a topic filter; returns how to stop. What the broker has retained comes first, with `retain`. */
export type Subscribe = (filter: string, listener: (message: { readonly retain: boolean }) => void) => () => void;
