import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { bestPicture, picture } from "../../components/picture.ts";
import type { Question } from "../../state/review/review.ts";

const FACES = 3;

/** The sure ones, to be accepted at once, or looked at first. */
export function reviewSure(
  app: App,
  sure: readonly Question[],
  accept: (questions: readonly Question[]) => void,
): TemplateResult {
  const words = app.t.review;
  const names = [...new Set(sure.map(({ person }) => person.name))];
  const look = async () => {
    const ticked = await app.ask<readonly Question[]>((done) => sureSheet(app, sure, done));
    if (ticked) accept(ticked);
  };
  return html`<section class="card surebox" aria-label=${words.sure}>
    <span class="stack">${sure.slice(0, FACES).map((one) => picture(app.http, bestPicture(one.cluster.representatives)))}</span>
    <div>
      <strong>${words.sureTitle({ n: sure.length })}</strong>
      <p class="cut" dir="auto">${names.join(", ")}</p>
    </div>
    <button class="btn plain broad" @click=${look}>${words.look}</button>
    <button class="btn tonal" @click=${() => accept(sure)}>${words.accept({ n: sure.length })}</button>
  </section>`;
}

/** All sure ones side by side; answers with those that stay ticked. */
function sureSheet(
  app: App,
  sure: readonly Question[],
  done: (ticked: readonly Question[] | null) => void,
): TemplateResult {
  const words = app.t.review;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const ticked = new FormData(event.target as HTMLFormElement).getAll("question");
    done(sure.filter(({ id }) => ticked.includes(id)));
  };
  return html`<form @submit=${submit}>
    <div>
      <h2 id="sheet-title">${words.sureTitle({ n: sure.length })}</h2>
      <p class="two">${words.sureHint}</p>
    </div>
    <ul class="pairs">
      ${sure.map(
        ({ id, cluster, person }) => html`<li>
          <label>
            <input type="checkbox" name="question" value=${id} checked />
            ${picture(app.http, bestPicture(cluster.representatives), { size: "s56" })}
            ${picture(app.http, person.portrait ?? person.thumbnail, { size: "s56", round: true })}
            <span class="cut" dir="auto">${words.surePair({ n: cluster.size, who: person.name })}</span>
          </label>
        </li>`,
      )}
    </ul>
    <div class="do">
      <button class="btn plain" type="button" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn primary" autofocus>${words.acceptTicked}</button>
    </div>
  </form>`;
}
