import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import { Watch } from "../../state/watch.ts";
import { icon } from "../icon.ts";
import { picture } from "../picture.ts";
import "../ruler/ruler.ts";
import { sayLevel } from "../ruler/say-level.ts";
import { matchAt, proposed, type Suggestion, sameName, suggest } from "./suggest.ts";

/** What a name field asks for: a known person or a new name. */
export interface NameChosen {
  readonly name: string;
  readonly person: PersonJson | null;
  readonly candidate: ClusterCandidate | null;
}

const LONGEST_NAME = 64;
/** Keeps the focus in the field: pressing a line or the button must not take it before the click arrives. */
const keep = (event: Event): void => event.preventDefault();
const ROOM_PX = 8;
const ROOM_ABOVE_PX = 76;
let count = 0;

/**
 * The field for naming faces, with known people as suggestions, nearest first. Fires `chosen` ({@link NameChosen}) and
 * `draft` (the text). Enter takes the line that is highlighted: a listed person whose name begins as is typed comes before
 * a new one, who has a line of their own.
 */
export class NameField extends LitElement {
  static override properties = {
    app: { attribute: false },
    faces: { type: Number },
    placeholder: { attribute: false },
    label: { attribute: false },
    button: { attribute: false },
    primary: { type: Boolean },
    busy: { type: Boolean },
    draft: { attribute: false },
    candidates: { attribute: false },
    except: { attribute: false },
    known: { type: Boolean },
    open: { state: true },
    near: { state: true },
    active: { state: true },
  };
  declare app: App;
  /** How many faces would get the name. */
  declare faces: number;
  declare placeholder: string;
  declare label: string;
  /** The button's label; undefined: "Assign", shown once there is a name. */
  declare button: string | undefined;
  declare primary: boolean;
  declare busy: boolean;
  declare draft: string;
  /** Called when the field gets the focus; undefined: no distances. */
  declare candidates: (() => Promise<readonly ClusterCandidate[]>) | undefined;
  /** A person not to suggest (`person_id`). */
  declare except: string | undefined;
  /** Accept known people only. */
  declare known: boolean;
  declare open: boolean;
  declare near: readonly ClusterCandidate[];
  /** The line that is highlighted; null: the one that is proposed, -1: none. */
  declare active: number | null;
  readonly #id = `names-${++count}`;
  #asked: unknown;
  #shown: Suggestion[] = [];
  /** Enter was pressed before it is known who is listed. */
  #early = false;

  constructor() {
    super();
    new Watch(this, () => [this.app.people.state]);
    this.faces = 0;
    this.draft = "";
    this.open = false;
    this.near = [];
    this.active = null;
    this.primary = false;
    this.known = false;
    this.busy = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Puts the cursor into the field. */
  override focus(): void {
    this.querySelector("input")?.focus();
  }

  #enter = (): void => {
    this.open = true;
    this.app.people.wanted();
    if (!this.candidates || this.#asked === this.candidates) return;
    this.#asked = this.candidates;
    this.candidates().then(
      (near) => {
        this.near = near;
      },
      // Without distances, people are suggested by when they were last seen.
      () => {},
    );
  };

  // On a small screen the list would open below the edge: scroll up, but keep the field in sight.
  protected override updated(changed: PropertyValues<this>): void {
    if (this.#early && ["ready", "failed"].includes(this.app.people.state.get().phase)) {
      this.#early = false;
      this.#takeHighlighted();
    }
    if (!changed.has("open") || !this.open || this.closest(".dock, dialog")) return;
    const list = this.querySelector(".who");
    if (!list) return;
    const free = window.innerHeight - (document.querySelector(".nav")?.getBoundingClientRect().top ?? 0);
    const edge = matchMedia("(min-width: 900px)").matches ? 0 : Math.max(0, free);
    const hidden = list.getBoundingClientRect().bottom - (window.innerHeight - edge - ROOM_PX);
    const above = this.getBoundingClientRect().top - ROOM_ABOVE_PX;
    if (hidden > 0 && above > 0) window.scrollBy({ top: Math.min(hidden, above), behavior: "instant" });
  }

  #leave = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
    this.#early = false;
    this.open = false;
    this.active = null;
  };

  #type = (event: InputEvent): void => {
    this.draft = (event.target as HTMLInputElement).value;
    this.open = true;
    this.active = null;
    this.dispatchEvent(new CustomEvent("draft", { detail: this.draft }));
  };

  #key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const last = this.#shown.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.open = true;
      const next = this.#highlighted() + (event.key === "ArrowDown" ? 1 : -1);
      this.active = next > last ? 0 : next < 0 ? last : next;
    } else if (event.key === "Escape") {
      if (this.draft !== "" || this.open) event.stopPropagation();
      if (this.open && this.#shown.length > 0) this.open = false;
      else if (this.draft !== "") this.#set("");
      else (event.target as HTMLElement).blur();
      this.active = null;
    } else if (/^[1-9]$/.test(event.key) && this.draft === "" && this.open) {
      const line = this.#shown[Number(event.key) - 1];
      if (!line) return;
      event.preventDefault();
      this.#take(line);
    }
  };

  #set(text: string): void {
    this.draft = text;
    this.dispatchEvent(new CustomEvent("draft", { detail: text }));
  }

  #highlighted(): number {
    return this.active ?? proposed(this.#shown, this.draft);
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const { phase } = this.app.people.state.get();
    this.#early = phase === "idle" || phase === "loading";
    // What is taken must have been seen.
    if (!this.open || this.#early) {
      this.open = true;
      this.focus();
      return;
    }
    this.#takeHighlighted();
  };

  #takeHighlighted(): void {
    const line = this.#shown[this.#highlighted()];
    if (line) this.#take(line);
  }

  #choose(text: string): void {
    const name = text.trim();
    if (name === "" || this.busy) return;
    const person = this.app.people.state.get().list.find((one) => sameName(one.name, name)) ?? null;
    this.#fire({
      name: person?.name ?? name,
      person,
      candidate: this.near.find((one) => one.person_id === person?.person_id) ?? null,
    });
  }

  #take(line: Suggestion): void {
    if (line.kind === "new") this.#choose(line.name);
    else this.#fire({ name: line.person.name, person: line.person, candidate: line.candidate });
  }

  #fire(detail: NameChosen): void {
    this.open = false;
    this.active = null;
    this.dispatchEvent(new CustomEvent<NameChosen>("chosen", { detail }));
  }

  protected override render() {
    const { app } = this;
    const people = app.people.state.get().list.filter((person) => person.person_id !== this.except);
    const lines = this.open ? suggest(this.draft, people, this.near) : [];
    this.#shown = this.known ? lines.filter((line) => line.kind === "person") : lines;
    const open = this.#shown.length > 0;
    const ready = this.draft.trim() !== "";
    const at = this.#highlighted();
    return html`<form class="name" @submit=${this.#submit} @focusout=${this.#leave}>
        <input
          .value=${this.draft}
          placeholder=${this.placeholder}
          aria-label=${this.label}
          role="combobox"
          aria-expanded=${open}
          aria-controls=${open ? this.#id : nothing}
          aria-autocomplete="list"
          aria-activedescendant=${open && at >= 0 ? `${this.#id}-${at}` : nothing}
          autocomplete="off"
          autocapitalize="words"
          spellcheck="false"
          enterkeyhint="done"
          dir="auto"
          maxlength=${LONGEST_NAME}
          @focus=${this.#enter}
          @input=${this.#type}
          @keydown=${this.#key}
        />
        ${
          this.button !== undefined || (ready && !this.known)
            ? html`<button class="btn ${this.primary ? "primary" : "tonal"}" type="submit" ?disabled=${!ready || this.busy} @mousedown=${keep}>
                ${this.button ?? app.t.nameField.assign}
              </button>`
            : nothing
        }
      </form>
      ${
        open
          ? html`<ul class="who" id=${this.#id} role="listbox" aria-label=${app.t.nameField.suggestions}>
              ${this.#shown.map((line, n) => this.#line(line, n, n === at))}
            </ul>`
          : nothing
      }`;
  }

  #line(line: Suggestion, at: number, selected: boolean): TemplateResult {
    const { app } = this;
    if (line.kind === "new") {
      return html`<li class="new" id=${`${this.#id}-${at}`} role="option" aria-selected=${selected} @mousedown=${keep} @click=${() => this.#take(line)}>
        <span>${icon("plus")}</span>
        <div class="cut">
          <span>${app.t.nameField.newPerson({ name: line.name })}</span>
          ${this.#shown.length > 1 && proposed(this.#shown, this.draft) === 0 ? html`<p class="cut">${app.t.nameField.notListed}</p>` : nothing}
        </div>
      </li>`;
    }
    const { person, candidate } = line;
    const ruler = candidate
      ? html`<f-ruler
          .t=${app.t}
          .http=${app.http}
          .nearest=${{ who: person.name, distance: candidate.distance }}
          .threshold=${candidate.threshold}
          .say=${sayLevel(app.t, person.name, candidate.level)}
        ></f-ruler>`
      : nothing;
    return html`<li id=${`${this.#id}-${at}`} role="option" aria-selected=${selected} @mousedown=${keep} @click=${() => this.#take(line)}>
      ${picture(app.http, person.thumbnail, { round: true, size: "s40" })}
      <div class="cut">
        <span dir="auto" title=${person.name}>${marked(person.name, this.draft)}</span>
        ${this.faces > 0 ? html`<p class="cut">${app.t.nameField.adds({ n: this.faces })}</p>` : nothing}
      </div>
      ${ruler}
    </li>`;
  }
}

/** The name with the typed part marked, unless folding moved its letters. */
function marked(name: string, typed: string): TemplateResult {
  const length = typed.trim().length;
  const at = length > 0 ? matchAt(name, typed) : -1;
  if (at < 0 || length === 0 || name.normalize("NFKD").length !== name.length) return html`${name}`;
  return html`${name.slice(0, at)}<mark>${name.slice(at, at + length)}</mark>${name.slice(at + length)}`;
}

customElements.define("f-name", NameField);
