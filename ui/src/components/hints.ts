import { html, type TemplateResult } from "lit";

/** Keys with their meaning, as the texts list them. */
export type Hints = readonly (readonly [readonly string[], string])[];

/** The keys of a page, shown where there is a pointer. */
export function hints(list: Hints): TemplateResult {
  return html`<p class="hint">
    ${list.map(([keys, meaning]) => html`<span>${keys.map((key) => html`<kbd>${key}</kbd>`)} ${meaning}</span>`)}
  </p>`;
}
