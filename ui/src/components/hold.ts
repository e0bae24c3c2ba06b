const HOLD_MS = 500;
const MOVED_PX = 10;

/** Listeners of an element in which a long press of a finger does something else than a tap. */
export interface Hold {
  readonly pointerdown: (event: PointerEvent) => void;
  readonly pointermove: (event: PointerEvent) => void;
  readonly pointerup: () => void;
  readonly contextmenu: (event: Event) => void;
  /** Whether the click that is handled now only ends a long press: it must do nothing. */
  held(): boolean;
}

/** @param run called with what was pressed for long */
export function createHold(run: (target: HTMLElement) => void): Hold {
  let press: { readonly timer: ReturnType<typeof setTimeout>; readonly x: number; readonly y: number } | null = null;
  let isHeld = false;
  const end = () => {
    if (press) clearTimeout(press.timer);
    press = null;
  };
  return {
    pointerdown(event) {
      isHeld = false;
      if (event.pointerType !== "touch" || !(event.target instanceof HTMLElement)) return;
      end();
      const { target, clientX: x, clientY: y } = event;
      const timer = setTimeout(() => {
        press = null;
        isHeld = true;
        run(target);
      }, HOLD_MS);
      press = { timer, x, y };
    },
    pointermove(event) {
      if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > MOVED_PX) end();
    },
    pointerup: end,
    // A finger's long press opens the browser's menu of the picture.
    contextmenu(event) {
      if (press || isHeld) event.preventDefault();
    },
    held() {
      const was = isHeld;
      isHeld = false;
      return was;
    },
  };
}
