import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import "../naming/name-field.ts";
import type { NameChosen } from "../naming/name-field.ts";

/** Asks who it is; answers with the name of a known or a new person, or null. */
export function whoSheet(app: App, done: (name: string | null) => void): TemplateResult {
  const words = app.t.activity.who;
  const take = ({ detail }: CustomEvent<NameChosen>) => done(detail.person?.name ?? detail.name);
  return html`<h2 id="sheet-title">${words.title}</h2>
    <f-name .app=${app} .placeholder=${words.placeholder} .label=${words.label} @chosen=${take}></f-name>
    <div class="do"><button class="btn plain" @click=${() => done(null)}>${app.t.common.cancel}</button></div>`;
}
