import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import type { SystemState } from "./system-state.ts";

// Measured on photos of real people, twenty of them enrolled: 41 % of strangers' photos get a name at 0.60, 1.5 % at 0.50 (see docs/recognition.md).
const LOOSE_FROM = 0.55;
const STRICT_BELOW = 0.45;

/** The threshold for a name, and the ignored faces. */
export function statusNames(app: App, { status, settings }: SystemState): TemplateResult {
  const words = app.t.status;
  const threshold = settings["recognition.threshold"].value;
  const how = threshold >= LOOSE_FROM ? "loose" : threshold >= STRICT_BELOW ? "even" : "strict";
  const at = app.t.format.threshold(threshold);
  const { ignored } = status.stats;
  return html`<div class="sec"><h2>${words.names}</h2></div>
    <ul class="card rows">
      <li>
        <span data-icon>${icon("gate")}</span>
        <div><strong>${words.strictness[how]({ at })}</strong><p>${words.strictness[`${how}Hint`]}</p></div>
        <a class="btn plain" aria-label=${words.changeStrictness} href=${app.router.href({ page: "threshold" })}>${words.change}</a>
      </li>
      <li>
        <span data-icon>${icon("ignore")}</span>
        <div>
          <strong>${words.ignored({ n: ignored })}</strong>
          <p>${words.ignoredHint}</p>
        </div>
        ${
          ignored === 0
            ? ""
            : html`<a class="btn plain" aria-label=${words.showIgnored} href=${app.router.href({ page: "ignored" })}>${words.show}</a>`
        }
      </li>
    </ul>`;
}
