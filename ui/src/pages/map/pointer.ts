import { type At, moved, toMap, type View, zoomed } from "./geometry.ts";

/** A finger that moves less taps. px */
const TAP = 6;
const WHEEL = 1.15;

/** Handlers of the board: a finger draws around several or moves the map, a wheel makes it larger. */
export interface Pointer {
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(): void;
  wheel(event: WheelEvent): void;
}

/** @param on `plane`: what the map is drawn on; `draws`: whether a finger draws; lines are on the map. */
export function createPointer(on: {
  readonly plane: () => Element | null;
  readonly view: () => View;
  readonly draws: () => boolean;
  readonly moveTo: (view: View) => void;
  readonly draw: (line: readonly At[]) => void;
  readonly drawn: (line: readonly At[]) => void;
}): Pointer {
  let pressed: { at: At; readonly px: At; moves: boolean } | null = null;
  let line: readonly At[] = [];

  /** On the plane, 0 to 1. */
  function at({ clientX, clientY }: MouseEvent): At {
    const box = on.plane()?.getBoundingClientRect();
    return box ? { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height } : { x: 0.5, y: 0.5 };
  }

  return {
    down(event) {
      if (event.button !== 0 || (event.target as Element).closest(".ctl, .again")) return;
      pressed = { at: at(event), px: { x: event.clientX, y: event.clientY }, moves: false };
      line = [toMap(pressed.at, on.view())];
    },
    move(event) {
      if (!pressed) return;
      if (!pressed.moves) {
        if (Math.hypot(event.clientX - pressed.px.x, event.clientY - pressed.px.y) < TAP) return;
        pressed.moves = true;
        // So the press ends here wherever it does, and what lies under it is not tapped.
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
      }
      const now = at(event);
      if (on.draws()) {
        line = [...line, toMap(now, on.view())];
        on.draw(line);
      } else {
        on.moveTo(moved(on.view(), { x: now.x - pressed.at.x, y: now.y - pressed.at.y }));
        pressed.at = now;
      }
    },
    up() {
      const moves = pressed?.moves === true;
      pressed = null;
      on.draw([]);
      if (moves && on.draws()) on.drawn(line);
    },
    wheel(event) {
      event.preventDefault();
      on.moveTo(zoomed(on.view(), event.deltaY < 0 ? WHEEL : 1 / WHEEL, at(event)));
    },
  };
}
