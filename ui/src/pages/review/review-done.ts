import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import { type Given, questionsOf, toOutcome } from "../../state/review/review.ts";

const FACES = 3;

/** Nothing is left to ask: what the answers came to. */
export function reviewDone(app: App, given: readonly Given[]): TemplateResult {
  const words = app.t.review;
  const asked = given.flatMap(questionsOf);
  const back = html`<a class="btn primary" href=${app.router.href({ page: "unknown" })}>${words.back}</a>`;
  if (asked.length === 0) {
    return html`<section class="card empty">
      <h1 tabindex="-1">${words.noneTitle}</h1>
      <p>${words.noneHint}</p>
      ${back}
    </section>`;
  }
  const { faces, named, unknown, unsure } = toOutcome(given);
  const people = app.t.format.list(named.map(({ name, faces: n }) => words.donePerson({ who: name, n })));
  const said = [
    faces > 0 ? words.doneNamed({ n: faces, people }) : null,
    unknown > 0 ? words.doneUnknown({ n: unknown }) : null,
    unsure > 0 ? words.doneUnsure({ n: unsure }) : null,
  ];
  const persons = [...new Map(asked.map(({ person }) => [person.person_id, person])).values()].slice(0, FACES);
  return html`<section class="card empty">
    <span class="stack"
      >${persons.map((one) => picture(app.http, one.portrait ?? one.thumbnail, { size: "s56", round: true }))}</span
    >
    <h1 tabindex="-1">${words.doneTitle({ n: asked.length })}</h1>
    <p dir="auto">${said.filter((text) => text !== null).join(" ")}</p>
    ${back}
    ${faces > 0 ? html`<a class="btn plain" href=${app.router.href({ page: "history" })}>${words.changes}</a>` : nothing}
  </section>`;
}
