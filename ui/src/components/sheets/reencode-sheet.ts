import { html, nothing, type TemplateResult } from "lit";
import type { ReEncodingJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { modelTitle } from "../../texts/camera.ts";
import "./refused-sheet.css";

/** Asks whether to make new encodings of named people, saying of whom none can be made, and why. */
export function reencodeSheet(app: App, preview: ReEncodingJson, done: (yes: boolean | null) => void): TemplateResult {
  const words = app.t.pictures.again;
  const { people, could_not: without } = preview;
  const can = preview.faces - preview.faces_failed;
  return html`<div>
      <h2 id="sheet-title">${words.sheetTitle({ model: modelTitle(preview.model ?? "") })}</h2>
      <p class="two">${words.can({ n: can, people: people - without.length })}</p>
    </div>
    ${
      without.length === 0
        ? nothing
        : html`<div>
      <p>${words.cannot({ n: without.length })}</p>
      <ul class="refused" tabindex="0">
        ${without.map((one) => html`<li><span dir="auto">${words.reason({ name: one.person, n: one.faces, reason: one.reason })}</span></li>`)}
      </ul>
    </div>`
    }
    <div class="do">
      <button class="btn plain" @click=${() => done(null)}>${app.t.common.cancel}</button>
      ${can === 0 ? nothing : html`<button class="btn primary" autofocus @click=${() => done(true)}>${words.go}</button>`}
    </div>`;
}
