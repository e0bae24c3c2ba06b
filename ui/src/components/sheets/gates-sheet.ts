import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import type { Changes, Settings } from "../../state/settings/overrides.ts";
import "./setting-sheet.css";

/** The gates with the bounds that the daemon sets. */
const FIELDS = [
  { key: "snapshots.min_score", word: "score", min: 0.5, max: 1, step: 0.01 },
  { key: "snapshots.min_face_px", word: "size", min: 10, max: 1_000, step: 1 },
  { key: "snapshots.min_norm", word: "norm", min: 0, max: 30, step: 0.1 },
] as const;

/** Asks what a face in a picture needs to be taken. Answers what is changed; the defaults are given back. */
export function gatesSheet(app: App, settings: Settings, done: (changes: Changes | null) => void): TemplateResult {
  const words = app.t.pictures.gates;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const changed = FIELDS.map(({ key }) => [key, Number(form.get(key))] as const).filter(
      ([key, value]) => value !== settings[key].value,
    );
    done(Object.fromEntries(changed));
  };
  return html`<form class="setting" @submit=${save}>
    <div>
      <h2 id="sheet-title">${words.title}</h2>
      <p class="two">${words.text}</p>
    </div>
    ${FIELDS.map(
      ({ key, word, min, max, step }, index) => html`<label class="field"
        ><span>${words[word]({ usual: app.t.format.number(settings[key].default) })}</span
        ><input name=${key} type="number" inputmode="decimal" min=${min} max=${max} step=${step} required
          ?autofocus=${index === 0} .value=${String(settings[key].value)}
      /></label>`,
    )}
    <div class="do">
      <button class="btn plain" type="button" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn primary">${words.save}</button>
    </div>
  </form>`;
}
