import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { Watch } from "../../../state/watch.ts";
import { icon } from "../../icon.ts";
import { sameName } from "../../naming/suggest.ts";
import { picture } from "../../picture.ts";
import { type Choice, isLikely, moveChoice, type NearPerson, toChoices } from "./choices.ts";
import "./choose-person.css";

const LONGEST_NAME = 64;
/** Distances that take longer than this are not waited for: people are shown as last seen, and stay where they are. */
const NEAR_MS = 1_500;
const SKELETONS = 8;

/** Whom was chosen: a known person, or a new one by this name. */
export interface PersonChosen {
  readonly name: string;
  readonly person: PersonJson | null;
}

/** A field to search by, and the people under it, as many as there are; fires `chosen` with {@link PersonChosen}. */
export class ChoosePerson extends LitElement {
  static override properties = {
    app: { attribute: false },
    candidates: { attribute: false },
    except: { attribute: false },
    allowNew: { type: Boolean },
    draft: { attribute: false },
    typed: { state: true },
    active: { state: true },
    near: { state: true },
    asking: { state: true },
  };
  declare app: App;
  declare candidates: readonly NearPerson[] | Promise<readonly NearPerson[]> | undefined;
  /** A person not to offer (`person_id`). */
  declare except: string | undefined;
  declare allowNew: boolean;
  /** What the field holds at first; what is typed is fired as `draft`. */
  declare draft: string;
  declare typed: string;
  declare active: number;
  /** Null: not known yet. */
  declare near: readonly NearPerson[] | null;
  /** For the new person's name. */
  declare asking: boolean;
  #choices: readonly Choice[] = [];

  constructor() {
    super();
    new Watch(this, () => [this.app.people.state]);
    this.allowNew = true;
    this.draft = "";
    this.typed = "";
    this.active = -1;
    this.near = null;
    this.asking = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.people.wanted();
    this.typed = this.draft;
    if (this.typed.trim() !== "") this.active = 0;
    void this.#wait();
  }

  async #wait(): Promise<void> {
    const late = new Promise<readonly NearPerson[]>((resolve) => setTimeout(() => resolve([]), NEAR_MS));
    try {
      this.near = await Promise.race([this.candidates ?? [], late]);
    } catch {
      // Without distances, people are offered by when they were last seen.
      this.near = [];
    }
    if (this.active < 0 && isLikely(this.near, this.except)) this.active = 0;
  }

  // On a touch screen the keyboard would cover the people, who are mostly among the first.
  protected override firstUpdated(): void {
    if (matchMedia("(pointer: coarse)").matches)
      this.closest("dialog")?.querySelector<HTMLElement>("#sheet-title")?.focus();
    else this.#field?.focus();
  }

  protected override updated(): void {
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  get #field(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  #type = (event: InputEvent): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.active = this.typed.trim() === "" ? -1 : 0;
    this.dispatchEvent(new CustomEvent<string>("draft", { detail: this.typed }));
  };

  #key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      const choice = this.#choices[this.active];
      if (choice) this.#take(choice);
      return;
    }
    const vertical = event.key === "ArrowUp" || event.key === "ArrowDown";
    // Within a name they move the cursor.
    const horizontal = (event.key === "ArrowLeft" || event.key === "ArrowRight") && this.typed === "";
    if (!vertical && !horizontal) return;
    event.preventDefault();
    const rtl = getComputedStyle(this).direction === "rtl";
    const key = rtl && horizontal ? (event.key === "ArrowLeft" ? "ArrowRight" : "ArrowLeft") : event.key;
    this.active = moveChoice(key, this.active, this.#choices, this.#columns());
  };

  #columns(): number {
    const grid = this.querySelector(".choices");
    return grid ? getComputedStyle(grid).gridTemplateColumns.split(" ").length : 1;
  }

  #take(choice: Choice): void {
    if (choice.kind === "new" && choice.name === "") {
      this.asking = true;
      this.#field?.focus();
      return;
    }
    const detail: PersonChosen =
      choice.kind === "new" ? { name: choice.name, person: null } : { name: choice.person.name, person: choice.person };
    this.dispatchEvent(new CustomEvent<PersonChosen>("chosen", { detail }));
  }

  protected override render() {
    const { app, near } = this;
    const words = app.t.choosePerson;
    const { phase, list } = app.people.state.get();
    const ready = near !== null && phase !== "idle" && phase !== "loading";
    const people = list.filter((person) => person.person_id !== this.except);
    const choices = ready ? toChoices(people, this.typed, { near, allowNew: this.allowNew, locale: app.t.lang }) : [];
    // The name of the one left out cannot be a new person's.
    this.#choices = list.some((person) => person.person_id === this.except && sameName(person.name, this.typed))
      ? choices.filter(({ kind }) => kind === "person")
      : choices;
    const hint = this.asking ? words.newName : this.allowNew ? words.findOrNew : words.find;
    return html`<label class="find whom">
        ${icon(this.asking ? "plus" : "search")}
        <input
          .value=${this.typed}
          placeholder=${hint}
          aria-label=${hint}
          role="combobox"
          aria-expanded="true"
          aria-controls="choices"
          aria-autocomplete="list"
          aria-activedescendant=${this.active >= 0 ? `choice-${this.active}` : nothing}
          autocomplete="off"
          autocapitalize="words"
          spellcheck="false"
          enterkeyhint="done"
          dir="auto"
          maxlength=${LONGEST_NAME}
          @input=${this.#type}
          @keydown=${this.#key}
        />
      </label>
      <ul class="choices" id="choices" role="listbox" aria-label=${words.people} aria-busy=${!ready}>
        ${
          ready
            ? this.#choices.map((choice, at) => this.#choice(choice, at))
            : Array.from({ length: SKELETONS }, () => html`<li aria-hidden="true"><i class="skel s56 tall"></i></li>`)
        }
      </ul>
      ${ready && this.#choices.length === 0 ? html`<p class="two" role="status">${words.none}</p>` : nothing}`;
  }

  #choice(choice: Choice, at: number): TemplateResult {
    const selected = at === this.active;
    // The focus stays in the field.
    const keep = (event: Event) => event.preventDefault();
    if (choice.kind === "new") {
      const { newPerson, newPersonNamed } = this.app.t.choosePerson;
      return html`<li class="new" id=${`choice-${at}`} role="option" aria-selected=${selected} @mousedown=${keep} @click=${() => this.#take(choice)}>
        <span>${icon("plus")}</span>
        <p class="cut" dir="auto">${choice.name === "" ? newPerson : newPersonNamed({ name: choice.name })}</p>
      </li>`;
    }
    const { person } = choice;
    return html`<li id=${`choice-${at}`} role="option" aria-selected=${selected} title=${person.name} @mousedown=${keep} @click=${() => this.#take(choice)}>
      ${picture(this.app.http, person.portrait ?? person.thumbnail, { round: true, size: "s56" })}
      <span dir="auto">${person.name}</span>
    </li>`;
  }
}

customElements.define("f-choose-person", ChoosePerson);
