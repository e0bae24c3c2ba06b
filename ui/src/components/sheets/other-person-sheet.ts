import { html, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import "../naming/name-field.ts";
import type { NameChosen } from "../naming/name-field.ts";

/** Asks for the other person; answers with that person, or null. Accepts known names only. */
export function otherPersonSheet(
  app: App,
  person: PersonJson,
  done: (other: PersonJson | null) => void,
): TemplateResult {
  const words = app.t.person;
  const take = (event: CustomEvent<NameChosen>) => {
    if (event.detail.person) done(event.detail.person);
    else app.toasts.show({ text: app.t.common.failed.PERSON_NOT_FOUND, bad: true });
  };
  return html`<h2 id="sheet-title" dir="auto">${words.mergeTitle({ name: person.name })}</h2>
    <f-name
      known
      .app=${app}
      .except=${person.person_id}
      .placeholder=${app.t.people.find}
      .label=${words.mergeLabel}
      @chosen=${take}
    ></f-name>
    <div class="do"><button class="btn plain" @click=${() => done(null)}>${app.t.common.cancel}</button></div>`;
}
