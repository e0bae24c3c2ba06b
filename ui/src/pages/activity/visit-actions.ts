import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { CandidateJson, VisitDetailAnswer, VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import type { Said } from "../../state/activity/said.ts";
import type { CorrectAs } from "./correct-visit.ts";
import { nameOf } from "./visit-text.ts";

/**
 * The two buttons that put a visit right, always at the same spot: of a known person, of a stranger, or the two people
 * between whom it is not clear. What was just pressed stays, switched off, so that a second press does nothing else.
 */
export function visitActions(
  app: App,
  visit: VisitJson,
  said: Said | undefined,
  detail: VisitDetailAnswer | null,
  correct: (as: CorrectAs) => void,
): unknown {
  const words = app.t.activity;
  const who = nameOf(app, visit, detail);
  const time = app.t.when.time(new Date(visit.to));
  const button = (as: CorrectAs, style: string, label: string, off = false): TemplateResult => html`<button
    class="btn ${style}"
    ?disabled=${off}
    aria-label=${words.row.action({ action: label, who, time })}
    @click=${() => correct(as)}
  >
    ${label}
  </button>`;
  if (said?.kind === "not") {
    return keyed(
      "not",
      html`${button({ kind: "not" }, "line", words.wrong, true)}${button({ kind: "ask" }, "line", words.itIs)}`,
    );
  }
  if (visit.person !== null) {
    return keyed(
      "known",
      html`${button({ kind: "not" }, "line", words.wrong)}${button({ kind: "ask" }, "line", words.itIs)}`,
    );
  }
  if (visit.state === "ambiguous") return keyed("unclear", theTwo(app, detail, correct));
  const ignored = visit.state === "ignored";
  return keyed(
    ignored ? "ignored" : "stranger",
    html`${button({ kind: "ignore" }, "plain", words.ignore, ignored)}${button({ kind: "ask" }, "tonal", words.name)}`,
  );
}

function theTwo(app: App, detail: VisitDetailAnswer | null, correct: (as: CorrectAs) => void): TemplateResult {
  if (!detail) return html`<i class="skel pill"></i><i class="skel pill"></i>`;
  const one = ({ person, person_id: personId }: CandidateJson) => {
    const known = app.people.find(personId);
    return html`<button
      class="btn line who1"
      title=${person}
      @click=${() => correct({ kind: "is", name: person, personId })}
    >
      ${picture(app.http, known?.portrait ?? known?.thumbnail ?? null, { round: true, size: "s24" })}
      <span class="cut" dir="auto">${person}</span>
    </button>`;
  };
  const [first, second] = detail.candidates;
  return html`${first ? one(first) : nothing}${second ? one(second) : nothing}`;
}
