/** How far a finger has to go, in pixels. */
const ENOUGH_PX = 90;
/** Before that it may be a tap, or a scroll. */
const STARTS_PX = 14;

/** Listeners for an element that is swiped sideways. */
export interface Swipe {
  start(event: PointerEvent): void;
  move(event: PointerEvent): void;
  end(event: PointerEvent): void;
  cancel(): void;
}

/**
 * A finger (or a pen) that goes sideways over an element.
 *
 * @param moved How far it is by now, in pixels, 0 when it has let go; `done`: far enough, to the right (1) or left (-1).
 */
export function createSwipe(moved: (px: number) => void, done: (to: 1 | -1) => void): Swipe {
  let from: { readonly id: number; readonly x: number; readonly y: number } | null = null;
  let going = false;
  const cancel = () => {
    from = null;
    if (going) moved(0);
    going = false;
  };
  return {
    start({ pointerId, pointerType, isPrimary, clientX, clientY }) {
      if (pointerType === "mouse" || !isPrimary) return;
      from = { id: pointerId, x: clientX, y: clientY };
    },
    move({ pointerId, clientX, clientY }) {
      if (from?.id !== pointerId) return;
      const [x, y] = [clientX - from.x, clientY - from.y];
      if (!going && Math.abs(y) > STARTS_PX) return cancel();
      going ||= Math.abs(x) > STARTS_PX;
      if (going) moved(x);
    },
    end({ pointerId, clientX }) {
      if (from?.id !== pointerId) return;
      const x = clientX - from.x;
      const far = going && Math.abs(x) >= ENOUGH_PX;
      cancel();
      if (far) done(x > 0 ? 1 : -1);
    },
    cancel,
  };
}
