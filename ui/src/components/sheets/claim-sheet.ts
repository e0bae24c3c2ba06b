import { html, type TemplateResult } from "lit";
import type { ClaimAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { tickTiles, untickedOf } from "./tick-tiles.ts";

/** Earlier photos that would also get the name, the least alike first; answers which of them do not. */
export function claimSheet(
  app: App,
  who: string,
  answer: ClaimAnswer,
  done: (leaveOut: readonly number[] | null) => void,
): TemplateResult {
  const words = app.t.claim;
  const n = answer.claimed;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    done(untickedOf(event.target as HTMLFormElement));
  };
  return html`<form @submit=${submit}>
    <div>
      <h2 id="sheet-title" dir="auto">${words.title({ n, who })}</h2>
      <p class="two" dir="auto">${words.order({ who })}</p>
    </div>
    ${tickTiles(
      app,
      answer.faces.toSorted((a, b) => b.distance - a.distance),
    )}
    <div class="do">
      <button class="btn plain" type="button" @click=${() => done(null)}>${words.no}</button>
      <button class="btn primary" autofocus>${app.t.claim.addTicked}</button>
    </div>
  </form>`;
}
