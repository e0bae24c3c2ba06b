/** What of a photo is seen: enlarged `scale` times, moved by shares of its shown width and height from the middle. */
export interface StageView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The whole photo. */
export const WHOLE: StageView = { scale: 1, x: 0, y: 0 };

const LARGEST = 8;

/** The photo never leaves the stage: at most half of what it is larger by can be moved to either side. */
export function toView({ scale, x, y }: StageView): StageView {
  const fit = Math.min(Math.max(scale, 1), LARGEST);
  const most = (fit - 1) / 2;
  const within = (value: number) => Math.min(Math.max(value, -most), most) + 0;
  return { scale: fit, x: within(x), y: within(y) };
}

/**
 * Enlarged by `factor`, so that what is at the point stays there.
 * @param at Shares of the shown width and height from the middle.
 */
export function zoomed({ scale, x, y }: StageView, factor: number, at = { x: 0, y: 0 }): StageView {
  const next = Math.min(Math.max(scale * factor, 1), LARGEST);
  const by = next / scale;
  return toView({ scale: next, x: at.x - (at.x - x) * by, y: at.y - (at.y - y) * by });
}
