// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { createSwipe } from "../../../../ui/src/pages/review/swipe.ts";

/** A finger that touches at 100, 100 and goes to these points. */
function swipe(to: readonly (readonly [number, number])[], pointerType = "touch") {
  const moved: number[] = [];
  const done: number[] = [];
  const finger = createSwipe(
    (px) => moved.push(px),
    (way) => done.push(way),
  );
  const at = (type: string, [clientX, clientY]: readonly [number, number]) =>
    new PointerEvent(type, { pointerId: 1, pointerType, isPrimary: true, clientX, clientY });
  finger.start(at("pointerdown", [100, 100]));
  for (const point of to) finger.move(at("pointermove", point));
  finger.end(at("pointerup", to.at(-1) ?? [100, 100]));
  return { moved, done };
}

it("follows a finger that goes sideways, and is done when it went far enough", () => {
  expect(
    swipe([
      [150, 102],
      [200, 104],
    ]),
  ).toEqual({ moved: [50, 100, 0], done: [1] });
  expect(
    swipe([
      [50, 100],
      [5, 100],
    ]),
  ).toEqual({ moved: [-50, -95, 0], done: [-1] });
});

it("does nothing for a finger that came back, for a tap, for scrolling and for a mouse", () => {
  expect(
    swipe([
      [180, 100],
      [120, 100],
    ]),
  ).toEqual({ moved: [80, 20, 0], done: [] });
  expect(swipe([[104, 103]])).toEqual({ moved: [], done: [] });
  expect(
    swipe([
      [105, 140],
      [250, 150],
    ]),
  ).toEqual({ moved: [], done: [] });
  expect(swipe([[250, 100]], "mouse")).toEqual({ moved: [], done: [] });
});
