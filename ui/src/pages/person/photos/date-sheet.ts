import { html, type TemplateResult } from "lit";
import type { App } from "../../../app.ts";

/** Asks for a day between the first and the last one with photos; answers with `YYYY-MM-DD`. */
export function dateSheet(
  app: App,
  range: { readonly first: string; readonly last: string },
  done: (day: string | null) => void,
): TemplateResult {
  const words = app.t.person;
  const go = (event: SubmitEvent) => {
    event.preventDefault();
    const day = new FormData(event.target as HTMLFormElement).get("day");
    if (typeof day === "string" && day !== "") done(day);
  };
  return html`<form @submit=${go}>
    <h2 id="sheet-title">${words.goToDateTitle}</h2>
    <div class="name">
      <input type="date" name="day" required aria-label=${words.day} min=${range.first} max=${range.last} value=${range.last} autofocus />
    </div>
    <div class="do">
      <button class="btn plain" type="button" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn primary">${words.go}</button>
    </div>
  </form>`;
}
