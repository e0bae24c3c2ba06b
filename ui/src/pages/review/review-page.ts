import { html, nothing, type TemplateResult } from "lit";
import type { Answer } from "../../api/review.ts";
import { icon } from "../../components/icon.ts";
import { createReview, type Given, type Question, questionsOf, type Review } from "../../state/review/review.ts";
import { Watch } from "../../state/watch.ts";
import { rich } from "../../texts/compiled.ts";
import { Page } from "../page.ts";
import { reviewDone } from "./review-done.ts";
import "./review-page.css";
import { loadPhotos, type Photos } from "./review-photos.ts";
import { type Chosen, reviewQuestion } from "./review-question.ts";
import { reviewSure } from "./review-sure.ts";
import { createSwipe } from "./swipe.ts";

const NEAREST: Chosen = { group: 0, person: 0 };
/** With more, the parts would be too thin to see. */
const MOST_PARTS = 24;
const KEYS: Readonly<Record<string, Answer>> = { y: "yes", n: "no", s: "unsure" };

/** "Same person?": one question at a time, answered at the thumb. */
export class ReviewPage extends Page {
  static override properties = { ...Page.properties, chosen: { state: true }, photos: { state: true } };
  declare chosen: Chosen;
  /** By question; those that are not there are being loaded. */
  declare photos: ReadonlyMap<string, Photos>;
  readonly #asked = new Set<string>();
  #review: Review | undefined;
  #shown = "";
  #touched = false;

  constructor() {
    super();
    this.chosen = NEAREST;
    this.photos = new Map();
    new Watch(this, () => [this.app.now, this.#state]);
  }

  get #state(): Review["state"] {
    return this.#questions.state;
  }

  get #questions(): Review {
    this.#review ??= createReview(this.app.review, (change) => this.app.system.undo(change));
    return this.#review;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("focusin", () => {
      this.#touched = true;
    });
    void this.#questions.load();
  }

  protected override willUpdate(): void {
    const { questions } = this.#state.get();
    const [first, next] = questions;
    if ((first?.id ?? "") !== this.#shown) this.chosen = NEAREST;
    this.#shown = first?.id ?? "";
    // The next one is there when this one is answered.
    for (const question of [first, next]) if (question) void this.#load(question);
  }

  protected override updated(): void {
    // What had the focus may have gone with its question.
    if (this.#touched && document.activeElement === document.body)
      this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  async #load(question: Question): Promise<void> {
    if (this.#asked.has(question.id)) return;
    this.#asked.add(question.id);
    const photos = await loadPhotos(this.app, question);
    this.photos = new Map(this.photos).set(question.id, photos);
  }

  override onKey(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    const answer = KEYS[key];
    if (answer) void this.#questions.answer(answer);
    else if (key === "z" && this.#state.get().given.length > 0) void this.#questions.undo();
    else if (key === "escape") this.app.router.go({ page: "unknown" });
    else return false;
    return true;
  }

  readonly #swipe = createSwipe(
    (px) => {
      const duo = this.querySelector<HTMLElement>(".duo");
      duo?.style.setProperty("--swiped", `${px}px`);
      duo?.classList.toggle("swiped", px !== 0);
    },
    (to) => void this.#questions.answer(to > 0 ? "yes" : "no"),
  );

  protected override render() {
    const { phase, questions, given } = this.#state.get();
    const [question] = questions;
    return html`${this.#top(question)}
      ${
        phase === "failed"
          ? this.#failed()
          : question
            ? this.#ask(question)
            : phase === "loading"
              ? html`<p class="sr" role="status">${this.app.t.common.loading}</p>`
              : reviewDone(this.app, given)
      }`;
  }

  #failed(): TemplateResult {
    const { t } = this.app;
    return html`<section class="card empty">
      <h1 tabindex="-1">${t.common.failed.title}</h1>
      <p>${this.app.explain(this.#state.get().error)}</p>
      <button class="btn primary" @click=${() => this.#questions.load()}>${t.common.tryAgain}</button>
    </section>`;
  }

  #top(question: Question | undefined): TemplateResult {
    const { open, given, phase } = this.#state.get();
    const words = this.app.t.review;
    const answered = given.flatMap(questionsOf).length;
    const all = answered + open;
    const last = given.at(-1);
    const say = question ? words.at({ at: answered + 1, of: all }) : phase === "ready" ? words.done : "";
    const asked = question && words.asked({ at: answered + 1, of: all, who: question.person.name });
    return html`<div class="topline">
        <a class="btn square" href=${this.app.router.href({ page: "unknown" })} aria-label=${words.close}>${icon("close")}</a>
        <span class="cut" aria-hidden="true">${say}</span><span class="sr" role="status">${asked ?? say}</span>
        ${
          last
            ? html`<button class="btn plain" title=${this.#undoes(last)} aria-label=${this.#undoes(last)} @click=${() => this.#questions.undo()}>
                ${icon("undo")}${words.undo}
              </button>`
            : nothing
        }
      </div>
      ${all > 0 ? this.#progress(answered, all) : nothing}`;
  }

  #undoes(given: Given): string {
    const words = this.app.t.review;
    if (given.kind === "sure") return words.undoSure({ n: given.questions.length });
    const who = given.question.person.name;
    if (given.answer === "yes") return words.undoYes({ who });
    return given.answer === "no" ? words.undoNo({ who }) : words.undoUnsure({ who });
  }

  #progress(answered: number, all: number): TemplateResult {
    const parts =
      all > MOST_PARTS
        ? html`<i class="yes" style=${`flex-grow: ${answered}`}></i><i style=${`flex-grow: ${all - answered}`}></i>`
        : Array.from(
            { length: all },
            (_, at) => html`<i class=${at < answered ? "yes" : at === answered ? "at" : ""}></i>`,
          );
    return html`<div
      class="prog"
      role="progressbar"
      aria-label=${this.app.t.review.progress}
      aria-valuemin="0"
      aria-valuemax=${all}
      aria-valuenow=${answered}
    >
      ${parts}
    </div>`;
  }

  #ask(question: Question): TemplateResult {
    const sure = this.#state.get().questions.filter(({ level }) => level === "sure");
    const swipe = this.#swipe;
    return html`${sure.length > 1 ? reviewSure(this.app, sure, (some) => this.#questions.acceptSure(some)) : nothing}
      <div
        class="ask"
        @pointerdown=${swipe.start}
        @pointermove=${swipe.move}
        @pointerup=${swipe.end}
        @pointercancel=${swipe.cancel}
      >
        <h1 tabindex="-1">${this.app.t.review.title}</h1>
        ${reviewQuestion(this.app, {
          question,
          photos: this.photos.get(question.id) ?? null,
          chosen: this.chosen,
          choose: (chosen) => {
            this.chosen = chosen;
          },
        })}
      </div>
      ${this.#answers(question)}`;
  }

  #answers(question: Question): TemplateResult {
    const { refused } = this.#state.get();
    const words = this.app.t.review;
    const give = (answer: Answer) => () => this.#questions.answer(answer);
    const yes = html`<b>${words.yes}</b>`;
    const does = rich(words.yesDoes, { yes, n: question.cluster.size, who: question.person.name });
    // For what is only perhaps, the three answers weigh the same: a likely mistake must not be the easy tap.
    const main = question.level === "sure" ? "act main" : "act";
    return html`<div class="dock low answers" role="region" aria-label=${words.answer}>
      ${
        refused
          ? html`<p class="note" role="alert">${icon("warn")}${words.refused({ reason: this.app.explain(refused) })}</p>`
          : html`<p class="note"><span dir="auto">${does}</span></p>`
      }
      <div class="acts">
        <button class="act" @click=${give("no")}>${icon("close")}<span>${words.no} <kbd class="broad">N</kbd></span></button>
        <button class="act" @click=${give("unsure")}>${icon("unsure")}<span>${words.unsure} <kbd class="broad">S</kbd></span></button>
        <button class=${main} @click=${give("yes")}>${icon("check")}<span>${words.yes} <kbd class="broad">Y</kbd></span></button>
      </div>
    </div>`;
  }
}

customElements.define("f-review", ReviewPage);
