import { createKept, type Kept } from "../kept.ts";
import { createObservable, type Observable } from "../observable.ts";

/** What is chosen on a group's page. */
export interface Chosen {
  readonly selected: ReadonlySet<number>;
  /** Taken out: they do not get the name. */
  readonly out: ReadonlySet<number>;
  /** A half-typed name; null: nothing is being named. */
  readonly draft: string | null;
}

/** What is chosen on a group's page, kept over a reload. */
export interface Choice {
  readonly state: Observable<Chosen>;
  /** Selects a face, or no longer. */
  toggle(face: number): void;
  select(faces: Iterable<number>): void;
  clear(): void;
  /** Takes faces out, or puts them back; nothing is selected then. */
  take(faces: Iterable<number>, out: boolean): void;
  type(draft: string | null): void;
  /** Forgets faces that are not in the group any more. */
  keepOnly(faces: Iterable<number>): void;
  /** Nothing is chosen and nothing kept. */
  forget(): void;
}

interface Stored {
  readonly selected: readonly number[];
  readonly out: readonly number[];
  readonly draft: string | null;
}

const NOTHING: Chosen = { selected: new Set(), out: new Set(), draft: null };

/** @param group Its id. */
export function createChoice(group: string, kept: Kept<Stored> = createKept(`group.${group}`)): Choice {
  const before = kept.get();
  const state = createObservable<Chosen>(
    before ? { selected: new Set(before.selected), out: new Set(before.out), draft: before.draft } : NOTHING,
  );

  function change(part: Partial<Chosen>): void {
    const next = { ...state.get(), ...part };
    state.set(next);
    const isNothing = next.selected.size === 0 && next.out.size === 0 && next.draft === null;
    kept.set(isNothing ? undefined : { ...next, selected: [...next.selected], out: [...next.out] });
  }

  return {
    state,
    toggle(face) {
      const selected = new Set(state.get().selected);
      if (!selected.delete(face)) selected.add(face);
      change({ selected });
    },
    select: (faces) => change({ selected: new Set([...state.get().selected, ...faces]) }),
    clear: () => change({ selected: new Set() }),
    take(faces, isOut) {
      const out = new Set(state.get().out);
      for (const face of faces) isOut ? out.add(face) : out.delete(face);
      change({ out, selected: new Set() });
    },
    type: (draft) => change({ draft }),
    keepOnly(faces) {
      const there = new Set(faces);
      const { selected, out } = state.get();
      if ([...selected, ...out].every((face) => there.has(face))) return;
      change({
        selected: new Set([...selected].filter((face) => there.has(face))),
        out: new Set([...out].filter((face) => there.has(face))),
      });
    },
    forget: () => change(NOTHING),
  };
}
