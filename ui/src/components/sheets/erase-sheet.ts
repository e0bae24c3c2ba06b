import { html, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";

/** Asks before erasing: the one thing that cannot be undone. */
export function eraseSheet(app: App, person: PersonJson, done: (yes: boolean | null) => void): TemplateResult {
  const words = app.t.people.person;
  return html`<div>
      <h2 id="sheet-title" dir="auto">${words.eraseTitle(person.faces, person.name)}</h2>
      <p class="two">${words.eraseText}</p>
    </div>
    <div class="do">
      <button class="btn plain" autofocus @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn danger" @click=${() => done(true)}>${words.eraseYes}</button>
    </div>`;
}
