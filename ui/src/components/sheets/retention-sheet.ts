import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import "./setting-sheet.css";

const MOST_DAYS = 36_500;

/** Asks how many days to keep unnamed faces. */
export function retentionSheet(app: App, days: number, done: (days: number | null) => void): TemplateResult {
  const words = app.t.status.retention;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    done(Number(new FormData(event.target as HTMLFormElement).get("days")));
  };
  return html`<form class="setting" @submit=${save}>
    <div>
      <h2 id="sheet-title">${words.title}</h2>
      <p class="two">${words.text}</p>
    </div>
    <label class="field"
      ><span>${words.label}</span
      ><input name="days" type="number" inputmode="numeric" min="0" max=${MOST_DAYS} step="1" required autofocus .value=${String(days)}
    /></label>
    <div class="do">
      <button class="btn plain" type="button" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn primary">${words.save}</button>
    </div>
  </form>`;
}
