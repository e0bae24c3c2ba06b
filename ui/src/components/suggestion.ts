import { html, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../src/wire/out/schemas.ts";
import type { App } from "../app.ts";
import { compareGroup } from "../pages/unknown/known.ts";
import { confirmSuggestion, declineSuggestion } from "../pages/unknown/naming.ts";
import { icon } from "./icon.ts";
import { bestPicture, picture } from "./picture.ts";
import "./ruler/ruler.ts";

type Suggestion = NonNullable<ClusterJson["suggestion"]>;

/**
 * Who a group may be. Sure: both pictures and one press to confirm. Perhaps: a question that is answered with the faces side
 * by side; nothing here confirms it.
 */
export function suggestionOf(app: App, cluster: ClusterJson, suggestion: Suggestion): TemplateResult {
  return suggestion.level === "sure" ? sure(app, cluster, suggestion) : perhaps(app, cluster, suggestion);
}

function sure(app: App, cluster: ClusterJson, suggestion: Suggestion): TemplateResult {
  const words = app.t.discover.card;
  const name = suggestion.person;
  const person = app.people.find(suggestion.person_id);
  return html`<div class="looks">
    <p class="cut" title=${name}>${words.looksLike(html`<strong><bdi>${name}</bdi></strong>`)}</p>
    <div class="pairing">
      ${picture(app.http, bestPicture(cluster.representatives), { size: "s72" })}
      ${picture(app.http, person?.thumbnail ?? null, { size: "s72", round: true })}
      <f-ruler
        plain
        .t=${app.t}
        .http=${app.http}
        .nearest=${{ who: name, distance: suggestion.distance }}
        .threshold=${suggestion.threshold}
      ></f-ruler>
    </div>
    <div class="yes">
      <button class="btn tonal" aria-label=${words.confirmLabel(cluster.size, name)} @click=${() => confirmSuggestion(app, cluster)}>
        ${icon("check")}${words.confirm}
      </button>
      <button class="btn plain" dir="auto" @click=${() => declineSuggestion(app, cluster)}>${words.not(name)}</button>
    </div>
  </div>`;
}

function perhaps(app: App, cluster: ClusterJson, suggestion: Suggestion): TemplateResult {
  const words = app.t.discover.card;
  const name = suggestion.person;
  const person = app.people.find(suggestion.person_id);
  return html`<div class="looks perhaps">
    ${picture(app.http, person?.thumbnail ?? null, { size: "s44", round: true })}
    <p title=${name}>${words.couldBe(html`<bdi>${name}</bdi>`)}</p>
    <button class="btn plain" aria-label=${words.compareLabel(cluster.size, name)} @click=${() => compareGroup(app, cluster)}>
      ${words.compare}
    </button>
  </div>`;
}
