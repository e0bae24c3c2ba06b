import type { LitElement } from "lit";

/** A list of photos that knows where they are drawn. */
interface PhotoList extends LitElement {
  /** The photo that an element belongs to. */
  faceAt(target: EventTarget | null): { readonly face_id: number } | undefined;
  focusOn(photo: number): Promise<boolean>;
}

/**
 * Where the photo that has the focus is drawn anew, as after the list was loaded again, it gets the focus back: the body
 * never keeps it. A press or a focus elsewhere ends that.
 */
export function keepFocus(list: PhotoList): void {
  let focused: number | null = null;
  const follow = ({ target }: Event): void => {
    focused = target instanceof Element ? (list.faceAt(target)?.face_id ?? null) : null;
  };
  list.addController({
    hostConnected() {
      document.addEventListener("focusin", follow);
      document.addEventListener("pointerdown", follow);
    },
    hostDisconnected() {
      document.removeEventListener("focusin", follow);
      document.removeEventListener("pointerdown", follow);
    },
    hostUpdated() {
      if (focused !== null && document.activeElement === document.body) void list.focusOn(focused);
    },
  });
}
