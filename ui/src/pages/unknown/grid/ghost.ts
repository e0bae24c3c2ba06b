import type { App } from "../../../app.ts";
import { photosOf, type Selection } from "../../../state/unknown/selection.ts";

/** What is drawn under the mouse while groups are dragged: the tile's photo, and how many photos there are in all. */
export function ghostOf(app: App, tile: HTMLElement, groups: Selection): HTMLElement {
  const ghost = document.createElement("i");
  ghost.className = "drag pic";
  ghost.setAttribute("aria-hidden", "true");
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.textContent = app.t.format.number(photosOf(groups));
  const face = tile.querySelector(".face")?.cloneNode(true);
  ghost.append(...(face ? [face] : []), badge);
  return ghost;
}

/** Fades the tiles of what is dragged; of nothing: none. */
export function showHeld(root: HTMLElement, groups: Selection): void {
  for (const tile of root.querySelectorAll(".cell.held")) tile.classList.remove("held");
  for (const { id } of groups) root.querySelector(`[data-cluster="${CSS.escape(id)}"]`)?.classList.add("held");
}
