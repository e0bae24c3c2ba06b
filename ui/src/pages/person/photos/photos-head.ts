import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../../app.ts";
import { hints } from "../../../components/hints.ts";
import { icon } from "../../../components/icon.ts";

/** How many photos, and what can be done with the list. */
export function photosHead(
  app: App,
  photos: number,
  selecting: boolean,
  actions: { readonly date: () => void; readonly select: () => void },
): TemplateResult {
  return html`<div class="photos-head">
    <h2>${app.t.count.photos({ n: photos })}</h2>
    <button class="btn plain" ?disabled=${photos === 0} @click=${actions.date}>
      ${icon("cal")}${app.t.person.goToDate}
    </button>
    <button class="btn line" aria-pressed=${selecting} @click=${actions.select}>
      ${selecting ? app.t.select.stop : app.t.select.button}
    </button>
  </div>`;
}

/** Photos that came since wait here, over the list: nothing moves when they come. */
export function newerPhotos(app: App, newer: number, show: () => void): TemplateResult {
  const words = app.t.person;
  return html`<div class="newer-place" role="status">
    ${
      newer > 0
        ? html`<button class="btn primary newer" aria-label=${words.newerLabel({ n: newer })} @click=${show}>
            ${words.newer({ n: newer })}
          </button>`
        : nothing
    }
  </div>`;
}

/** No photo to show: none is stored, or none fits; then `clear` shows all `photos`. */
export function noPhotos(app: App, name: string, photos: number, clear: () => void): TemplateResult {
  const words = app.t.person;
  if (photos === 0) return html`<p class="two" dir="auto">${words.none({ name })}</p>`;
  return html`<div class="card empty">
    <h3 dir="auto">${words.noneFiltered({ name })}</h3>
    <p>${words.noneFilteredHint({ n: photos })}</p>
    <button class="btn tonal" @click=${clear}>${words.clearFilter}</button>
  </div>`;
}

/** The keys of the page. */
export function photoHints(app: App): TemplateResult {
  const words = app.t.person;
  return hints([
    [["←", "→"], words.keyMove],
    [["Enter"], words.keyOpen],
    [[words.keySpace], words.keySelect],
    [["X"], words.keyTakeOut],
    [["M"], words.keyMoveTo],
    [["R"], words.keyRename],
    [["G"], words.keyDate],
    [["Z"], words.keyUndo],
  ]);
}
