import type { ClusterJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { createKept } from "../../../state/kept.ts";
import { extended, renewed, type Selection, toggled } from "../../../state/unknown/selection.ts";

/** What is selected on the page; survives a reload. */
export interface Selecting {
  /** Whether taps select. */
  readonly on: boolean;
  readonly selection: Selection;
  /** Of several the one that looks different from the others. */
  readonly odd: string | null;
  start(): void;
  stop(): void;
  toggle(group: ClusterJson): void;
  extend(groups: readonly ClusterJson[]): void;
  /** The groups as they are now. */
  renew(list: readonly ClusterJson[]): void;
}

const SETTLE_MS = 300;
/** As many as the daemon compares with each other. */
const MOST = 50;
const LEAST = 3;

interface KeptSelection {
  readonly on: boolean;
  readonly selection: Selection;
}

/** @param changed Called when there is something else to draw. */
export function createSelecting(app: Pick<App, "clusters">, changed: () => void): Selecting {
  const kept = createKept<KeptSelection>("unknown.selected");
  const { on: wasOn = false, selection: was = [] } = kept.get() ?? {};
  let on = wasOn;
  let selection = was;
  let odd: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function compare(): Promise<void> {
    const asked = selection;
    try {
      const answer = await app.clusters.compare(asked.map(({ id }) => id));
      if (asked !== selection) return;
      odd = answer.odd;
      changed();
    } catch {
      // Only a hint: what is selected can be named without it.
    }
  }

  function take(next: Selection, nextOn = true): void {
    selection = next;
    on = nextOn;
    if (!selection.some(({ id }) => id === odd)) odd = null;
    kept.set(on ? { on, selection } : undefined);
    clearTimeout(timer);
    if (selection.length >= LEAST && selection.length <= MOST) timer = setTimeout(() => void compare(), SETTLE_MS);
    else odd = null;
    changed();
  }

  if (on) take(selection);
  return {
    get on() {
      return on;
    },
    get selection() {
      return selection;
    },
    get odd() {
      return odd;
    },
    start: () => take(selection),
    stop: () => take([], false),
    toggle(group) {
      const next = toggled(selection, group);
      // The last one taken away by key or long press ends it; the button keeps it on.
      take(next);
    },
    extend: (groups) => take(extended(selection, groups)),
    renew(list) {
      const next = renewed(selection, list);
      if (next === selection) return;
      selection = next;
      kept.set({ on, selection });
    },
  };
}
