import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";

/** All keys. */
export function keysSheet(app: App, done: (nothing: null) => void): TemplateResult {
  const words = app.t.common.keys;
  return html`<h2 id="sheet-title">${words.title}</h2>
    <dl class="keys">
      ${words.rows.map(
        ([keys, meaning]) =>
          html`<dt>${keys.map((key) => (key === "–" ? "–" : html`<kbd>${key}</kbd>`))}</dt><dd>${meaning}</dd>`,
      )}
    </dl>
    <div class="do"><button class="btn tonal" autofocus @click=${() => done(null)}>${app.t.common.close}</button></div>`;
}
