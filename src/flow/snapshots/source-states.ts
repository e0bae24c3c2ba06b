import type { Bus } from "../../domain/events.ts";
import type { SourceState } from "../../domain/pictures/snapshots-state.ts";

/** How the sources of pictures are, by name: `frigate`, `pull:front_door`, `folder`. */
export interface SourceStates {
  /** null: it has ended. One that is not ok is a problem. */
  set(source: string, state: SourceState | null): void;
  list(): readonly (SourceState & { readonly source: string })[];
}

export function createSourceStates(bus: Bus): SourceStates {
  const states = new Map<string, SourceState>();
  return {
    set(source, state) {
      const before = states.get(source);
      if (state) states.set(source, state);
      else states.delete(source);
      const message = state && !state.ok ? state.sentence : null;
      const last = before && !before.ok ? before.sentence : null;
      if (message === last) return;
      bus.emit("problem", { source: `pictures of ${source}`, code: "SOURCE_FAILED", message, subject: source });
    },
    list: () => [...states].map(([source, state]) => ({ source, ...state })),
  };
}
