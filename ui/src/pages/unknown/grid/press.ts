const LONG_PRESS_MS = 450;
const MOVED_PX = 10;

/** A long press of a finger on a tile. */
export interface Press {
  down(event: PointerEvent, tile: HTMLElement): void;
  /** The browser's own menu must not open over it. */
  menu(event: Event): void;
  /** Whether the click that follows ends a long press. */
  held(): boolean;
}

export function createPress(run: (tile: HTMLElement) => void): Press {
  let pressing = false;
  let long = false;

  return {
    down(event, tile) {
      long = false;
      if (event.pointerType !== "touch") return;
      pressing = true;
      const from = { x: event.clientX, y: event.clientY };
      const timer = setTimeout(() => {
        long = true;
        run(tile);
      }, LONG_PRESS_MS);
      const end = (): void => {
        clearTimeout(timer);
        pressing = false;
        window.removeEventListener("pointerup", end);
        window.removeEventListener("pointercancel", end);
        window.removeEventListener("pointermove", move);
      };
      const move = (at: PointerEvent): void => {
        if (Math.hypot(at.clientX - from.x, at.clientY - from.y) > MOVED_PX) end();
      };
      window.addEventListener("pointerup", end);
      window.addEventListener("pointercancel", end);
      window.addEventListener("pointermove", move);
    },
    menu(event) {
      if (pressing || long) event.preventDefault();
    },
    held: () => long,
  };
}
