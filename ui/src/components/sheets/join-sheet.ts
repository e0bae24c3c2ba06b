import { html, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { picture } from "../picture.ts";
import "./merge-sheet.css";

/** Shows which two people become one, under which name; answers whether to do it. */
export function joinSheet(
  app: App,
  one: PersonJson,
  other: PersonJson,
  done: (yes: boolean | null) => void,
): TemplateResult {
  const words = app.t.discover.merge;
  const side = (person: PersonJson) => html`<div>
    ${picture(app.http, person.thumbnail, { round: true })}
    <p class="cut" dir="auto">${person.name}</p>
    <p>${app.t.people.photosAndLooks({ photos: person.faces, looks: person.encodings })}</p>
  </div>`;
  return html`<div>
      <h2 id="sheet-title" dir="auto">${words.joinTitle(one.name, other.name)}</h2>
      <p class="two" dir="auto">${words.joinHint(other.name, one.faces + other.faces, one.encodings + other.encodings)}</p>
    </div>
    <div class="versus round">${side(one)}${side(other)}</div>
    <div class="do">
      <button class="btn plain" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn primary" autofocus @click=${() => done(true)}>${words.join}</button>
    </div>`;
}
