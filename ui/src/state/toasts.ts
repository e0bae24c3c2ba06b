import { createObservable, type Observable } from "./observable.ts";

/** A sentence shown for ten seconds, optionally with a button that undoes or redoes. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
  /** A face beside the text; `round` for a person. */
  readonly picture?: { readonly thumbnail: string | null; readonly round: boolean } | undefined;
  readonly undo?: (() => void) | undefined;
  readonly redo?: (() => void) | undefined;
  /** A second button: what may be wanted next. */
  readonly more?: { readonly label: string; readonly run: () => void } | undefined;
}

/** At most one toast is shown: a newer one replaces it. */
export interface Toasts {
  readonly shown: Observable<Toast | null>;
  show(toast: { text: string; bad?: boolean } & Pick<Toast, "picture" | "undo" | "redo" | "more">): void;
  dismiss(): void;
}

export function createToasts(): Toasts {
  const shown = createObservable<Toast | null>(null);
  let last = 0;
  return {
    shown,
    show({ text, bad = false, picture, undo, redo, more }) {
      last++;
      shown.set({ id: last, text, bad, picture, undo, redo, more });
    },
    dismiss: () => shown.set(null),
  };
}
