import type { Rows } from "../components/lists/rows.ts";

const same = (a: number, b: number): boolean => Math.abs(a - b) < 4;

/**
 * Moves the focus by arrow key over everything in `root` with `data-cluster` or `data-item`: left and right in reading
 * order, up and down to the nearest. Rows beyond the drawn ones are drawn first. False: nowhere to go.
 */
export function moveFocus(root: HTMLElement, key: string): boolean {
  const items = [...root.querySelectorAll<HTMLElement>("[data-cluster], [data-item]")].filter(
    (item) => item.offsetParent !== null,
  );
  if (items.length === 0) return false;
  const active = document.activeElement?.closest<HTMLElement>("[data-cluster], [data-item]");
  const at = active ? items.indexOf(active) : -1;
  const target =
    at < 0
      ? items[0]
      : key === "ArrowLeft" || key === "ArrowRight"
        ? items[at + (key === "ArrowLeft" ? -1 : 1)]
        : vertical(items, at, key);
  if (!target) return false;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest", behavior: "instant" });
  // Rows beyond are drawn on scroll; a held key must not outrun that.
  target.closest<Rows<unknown>>("f-rows")?.lookNow();
  return true;
}

function vertical(items: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  const from = items[at]?.getBoundingClientRect();
  if (!from) return undefined;
  const down = key === "ArrowDown";
  const middle = from.left + from.width / 2;
  let best: { item: HTMLElement; top: number; off: number } | undefined;
  for (const item of items) {
    const box = item.getBoundingClientRect();
    if (down ? box.top <= from.top + 4 : box.top >= from.top - 4) continue;
    const off = Math.abs(box.left + box.width / 2 - middle);
    const nearer = !best || (same(box.top, best.top) ? off < best.off : down ? box.top < best.top : box.top > best.top);
    if (nearer) best = { item, top: box.top, off };
  }
  return best?.item;
}
