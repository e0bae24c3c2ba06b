const START_PX = 6;

/** A drag of tiles with the mouse, from the press to where it is let go. */
export interface Drag {
  /** Of a press on a tile: `take` says what is dragged, once the mouse has moved; null: nothing. */
  down(event: PointerEvent, take: () => HTMLElement | null): void;
  /** Whether the click that follows ends a drag. */
  dragged(): boolean;
}

/** @param drop Called with the `data-person` of where it was let go; empty: a new person. */
export function createDrag(drop: (person: string) => void, ended: () => void): Drag {
  let just = false;

  function down(event: PointerEvent, take: () => HTMLElement | null): void {
    just = false;
    if (event.pointerType !== "mouse" || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const from = { x: event.clientX, y: event.clientY };
    let ghost: HTMLElement | null = null;
    let over: HTMLElement | null = null;

    const aim = (target: HTMLElement | null): void => {
      if (target === over) return;
      over?.classList.remove("over");
      target?.classList.add("over");
      over = target;
    };
    const move = (at: PointerEvent): void => {
      if (!ghost) {
        if (Math.hypot(at.clientX - from.x, at.clientY - from.y) < START_PX) return;
        ghost = take();
        if (!ghost) {
          end();
          return;
        }
        document.body.append(ghost);
      }
      at.preventDefault();
      ghost.style.left = `${at.clientX - 48}px`;
      ghost.style.top = `${at.clientY - 48}px`;
      aim(document.elementFromPoint(at.clientX, at.clientY)?.closest<HTMLElement>("[data-person]") ?? null);
    };
    const end = (): void => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", abort, true);
      ghost?.remove();
      aim(null);
      if (ghost) ended();
    };
    const up = (): void => {
      const person = over?.dataset.person;
      just = ghost !== null;
      end();
      if (just && person !== undefined) drop(person);
    };
    const abort = (key: KeyboardEvent): void => {
      if (key.key !== "Escape" || !ghost) return;
      key.preventDefault();
      key.stopPropagation();
      end();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", abort, true);
  }

  return { down, dragged: () => just };
}
