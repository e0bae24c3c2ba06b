import { html, type TemplateResult } from "lit";

/** Keys and their meaning, from the texts. */
export type Hints = readonly (readonly [readonly string[], string])[];

/** A page's keys, shown where there is a pointer. */
export function hints(list: Hints): TemplateResult {
  return html`<p class="hint">
    ${list.map(([keys, meaning]) => html`<span>${keys.map((key) => html`<kbd>${key}</kbd>`)} ${meaning}</span>`)}
  </p>`;
}
