import { html, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { icon } from "../../../components/icon.ts";
import { picture } from "../../../components/picture.ts";
import { inOrder } from "../../../state/people/presence.ts";

/** People as targets for what is dragged, last seen first. A press gives them what is selected, else opens their page. */
export function shelf(
  app: App,
  selecting: boolean,
  actions: { readonly person: (person: PersonJson) => void; readonly fresh: () => void },
): TemplateResult {
  const words = app.t.unknown.shelf;
  const people = inOrder(app.people.state.get().list, "seen", app.t.lang);
  return html`<aside class="card shelf" aria-label=${words.title}>
    <h2>${words.title}</h2>
    <p>${selecting ? words.hintSelected : words.hint}</p>
    <ul>
      ${people.map(
        (person) => html`<li>
          <button data-person=${person.person_id} title=${person.name} @click=${() => actions.person(person)}>
            ${picture(app.http, person.portrait ?? person.thumbnail, { round: true, size: "s56" })}<span class="cut" dir="auto">${person.name}</span>
          </button>
        </li>`,
      )}
      <li>
        <button class="new" data-person="" ?disabled=${!selecting} @click=${actions.fresh}><span>${icon("plus")}</span>${words.new}</button>
      </li>
    </ul>
  </aside>`;
}
