import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { PeopleAlikeAnswer, PersonJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { picture } from "../../picture.ts";
import "../../ruler/ruler.ts";
import "./merge-people.css";

/**
 * Two people side by side, at one size, and how far they are apart; asks which name stays. Fires `answered` with the person
 * who stays, or null.
 */
export class MergePeople extends LitElement {
  static override properties = {
    app: { attribute: false },
    pair: { attribute: false },
    distance: { attribute: false },
    stays: { state: true },
  };
  declare app: App;
  declare pair: readonly [PersonJson, PersonJson];
  /** null: not known. */
  declare distance: PeopleAlikeAnswer["people"][number] | null;
  declare stays: 0 | 1;

  constructor() {
    super();
    this.stays = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  // The one with more photos is more likely to have the right name.
  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    const [one, other] = this.pair;
    this.stays = other.faces > one.faces ? 1 : 0;
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>("input:checked")?.focus();
  }

  #answer(person: PersonJson | null): void {
    this.dispatchEvent(new CustomEvent<PersonJson | null>("answered", { detail: person }));
  }

  #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#answer(this.pair[this.stays]);
  };

  protected override render() {
    const words = this.app.t.mergePeople;
    const stays = this.pair[this.stays];
    const goes = this.pair[this.stays === 0 ? 1 : 0];
    const result = { name: stays.name, other: goes.name, n: stays.faces + goes.faces };
    return html`<form @submit=${this.#submit}>
      <h2 id="sheet-title">${words.same}</h2>
      <div class="duo" role="radiogroup" aria-label=${words.whichStays}>${this.pair.map((_, at) => this.#side(at as 0 | 1))}</div>
      ${this.distance ? this.#ruler(this.distance) : nothing}
      <p class="two small" dir="auto">${words.result(result)}</p>
      <div class="do">
        <button class="btn plain" type="button" @click=${() => this.#answer(null)}>${this.app.t.common.cancel}</button>
        <button class="btn primary" dir="auto">${words.into({ name: stays.name })}</button>
      </div>
    </form>`;
  }

  #side(at: 0 | 1): TemplateResult {
    const { app } = this;
    const words = app.t.mergePeople;
    const { name, faces, encodings, portrait, thumbnail } = this.pair[at];
    return html`<label>
      ${picture(app.http, portrait ?? thumbnail, { round: true })}
      <strong dir="auto" title=${name}>${name}</strong>
      <span class="two">${words.has({ photos: faces, looks: encodings })}</span>
      <input type="radio" name="stays" .checked=${this.stays === at} aria-label=${words.keep({ name })} @change=${() => {
        this.stays = at;
      }} />
    </label>`;
  }

  #ruler({ distance, threshold }: PeopleAlikeAnswer["people"][number]): TemplateResult {
    const { app } = this;
    const words = app.t.mergePeople;
    const [, other] = this.pair;
    const say =
      distance < threshold
        ? ({ text: words.alike, tone: "sure" } as const)
        : ({ text: words.different, tone: "unsure" } as const);
    return html`<f-ruler
      .t=${app.t}
      .http=${app.http}
      .nearest=${{ who: other.name, distance, thumbnail: other.portrait ?? other.thumbnail }}
      .threshold=${threshold}
      .say=${say}
    ></f-ruler>`;
  }
}

customElements.define("f-merge-people", MergePeople);
