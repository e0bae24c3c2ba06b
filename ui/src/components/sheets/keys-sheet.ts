import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { singleKeys } from "../../state/single-keys.ts";
import type { Texts } from "../../texts/load.ts";

type Word = keyof Texts["keys"];

/** Keys and what they do, by where they do it. Between two keys "–" means all from the one to the other. */
const GROUPS: readonly { readonly of: Word; readonly rows: readonly (readonly [readonly string[], Word])[] }[] = [
  {
    of: "everywhere",
    rows: [
      [["←", "→", "↑", "↓"], "move"],
      [["Space"], "select"],
      [["/"], "search"],
      [["Z"], "undo"],
      [["D"], "look"],
      [["Shift", "1", "–", "4"], "page"],
      [["Esc"], "back"],
      [["?"], "list"],
    ],
  },
  {
    of: "unknown",
    rows: [
      [["Enter"], "name"],
      [["O"], "open"],
      [["I"], "ignore"],
      [["1", "–", "9"], "pick"],
    ],
  },
  {
    of: "review",
    rows: [
      [["Y"], "yes"],
      [["N"], "no"],
      [["S"], "notSure"],
    ],
  },
  {
    of: "group",
    rows: [
      [["X"], "out"],
      [["M"], "moveTo"],
      [["N"], "name"],
    ],
  },
  {
    of: "person",
    rows: [
      [["R"], "rename"],
      [["X"], "notThis"],
      [["G"], "date"],
    ],
  },
  {
    of: "activity",
    rows: [
      [["W"], "wrong"],
      [["P"], "itIs"],
      [["N"], "name"],
      [["I"], "ignore"],
      [["Enter"], "why"],
      [["F"], "filter"],
    ],
  },
  {
    of: "map",
    rows: [
      [["←", "→", "↑", "↓"], "nearest"],
      [["O"], "open"],
    ],
  },
  {
    of: "photo",
    rows: [
      [["←", "→"], "photos"],
      [["↑", "↓"], "visits"],
      [["+", "−", "0"], "zoom"],
      [["Tab"], "faces"],
    ],
  },
];

/** All keys, and whether single ones do something. */
export function keysSheet(app: App, done: (nothing: null) => void): TemplateResult {
  const words = app.t.keys;
  const switched = (event: Event) => singleKeys.set((event.target as HTMLInputElement).checked);
  return html`<h2 id="sheet-title">${words.title}</h2>
    <label class="single-keys">
      <input type="checkbox" .checked=${singleKeys.on()} aria-describedby="single-keys-hint" @change=${switched} />
      <span><b>${words.single}</b><small id="single-keys-hint">${words.singleHint}</small></span>
    </label>
    ${GROUPS.map(
      ({ of, rows }) => html`<h3 class="keys-of">${words[of]}</h3>
        <dl class="keys">
          ${rows.map(
            ([keys, meaning]) =>
              html`<dt>${keys.map((key) => (key === "–" ? "–" : html`<kbd>${key}</kbd>`))}</dt><dd>${words[meaning]}</dd>`,
          )}
        </dl>`,
    )}
    <div class="do"><button class="btn tonal" autofocus @click=${() => done(null)}>${app.t.common.close}</button></div>`;
}
