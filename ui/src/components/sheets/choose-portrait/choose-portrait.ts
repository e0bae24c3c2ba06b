import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { PersonFaceJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { moveFocus } from "../../../pages/move-focus.ts";
import { icon } from "../../icon.ts";
import { picture } from "../../picture.ts";
import "./choose-portrait.css";

/** The photo that was chosen; null: whichever is most like the person. */
export interface PortraitChosen {
  readonly face: number | null;
  readonly thumbnail: string | null;
}

const PAGE = 120;
const SKELETONS = 12;

/** The photos of a person that have a picture, newest first; fires `chosen` with {@link PortraitChosen}. */
export class ChoosePortrait extends LitElement {
  static override properties = {
    app: { attribute: false },
    who: { attribute: false },
    chosen: { state: true },
    faces: { state: true },
    cursor: { state: true },
    error: { state: true },
  };
  declare app: App;
  /** person_id */
  declare who: string;
  /** The face that is chosen now, as the first page says. */
  declare chosen: number | null;
  declare faces: readonly PersonFaceJson[];
  /** Of the next page; undefined: none was asked for yet, null: there is none. */
  declare cursor: string | null | undefined;
  declare error: unknown;
  #loading = false;
  #observer: IntersectionObserver | null = null;

  constructor() {
    super();
    this.faces = [];
    this.chosen = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  async #load(): Promise<void> {
    if (this.#loading || this.cursor === null) return;
    this.#loading = true;
    try {
      const { person, faces, next_cursor } = await this.app.registry.one(this.who, {
        state: "assigned",
        limit: PAGE,
        ...(this.cursor === undefined ? {} : { cursor: this.cursor }),
      });
      const isFirst = this.faces.length === 0;
      this.faces = [...this.faces, ...faces.filter((face) => face.thumbnail !== null)];
      this.chosen = person.portrait_face;
      this.cursor = next_cursor;
      this.error = undefined;
      if (isFirst) await this.#focusFirst();
    } catch (error) {
      this.error = error;
    }
    this.#loading = false;
  }

  /** The one that is chosen now, else the first; unless the focus went elsewhere meanwhile. */
  async #focusFirst(): Promise<void> {
    await this.updateComplete;
    const active = document.activeElement;
    if (active && active.id !== "sheet-title" && active.closest(".sheet")) return;
    (this.querySelector<HTMLElement>("[aria-pressed='true']") ?? this.querySelector<HTMLElement>("button"))?.focus();
  }

  protected override firstUpdated(): void {
    this.closest("dialog")?.querySelector<HTMLElement>("#sheet-title")?.focus();
  }

  protected override updated(): void {
    const end = this.querySelector(".end");
    this.#observer?.disconnect();
    if (!end) return;
    this.#observer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && void this.#load(), {
      root: this.querySelector(".portraits"),
      rootMargin: "400px",
    });
    this.#observer.observe(end);
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key.startsWith("Arrow") && moveFocus(this, event.key)) event.preventDefault();
  };

  #take(face: number | null, thumbnail: string | null): void {
    this.dispatchEvent(new CustomEvent<PortraitChosen>("chosen", { detail: { face, thumbnail } }));
  }

  protected override render() {
    const words = this.app.t.portrait;
    const failed =
      this.error === undefined
        ? nothing
        : html`<p role="alert">${this.app.explain(this.error)}</p>
            <button class="btn line" @click=${() => this.#load()}>${this.app.t.common.tryAgain}</button>`;
    if (this.error !== undefined && this.faces.length === 0) return failed;
    if (this.cursor === null && this.faces.length === 0) return html`<p class="two" role="status">${words.none}</p>`;
    const loading = this.cursor === undefined;
    return html`<div class="portraits" role="group" aria-label=${words.photos} aria-busy=${loading} @keydown=${this.#key}>
      ${
        loading
          ? Array.from({ length: SKELETONS }, () => html`<i class="skel" aria-hidden="true"></i>`)
          : this.faces.map((face) => this.#tile(face))
      }
      ${this.cursor && this.error === undefined ? html`<i class="end" aria-hidden="true"></i>` : nothing}
    </div>
    ${failed}
    ${
      this.chosen === null
        ? html`<p class="small two">${words.hint}</p>`
        : html`<div class="do">
            <button class="btn line" @click=${() => this.#take(null, null)}>${words.automatic}</button>
          </div>`
    }`;
  }

  #tile(face: PersonFaceJson): TemplateResult {
    const { app } = this;
    const isChosen = face.face_id === this.chosen;
    const label = app.t.portrait.photo({
      camera: face.camera,
      when: app.t.when.day(new Date(face.timestamp), app.now.get()),
    });
    return html`<button data-item aria-pressed=${isChosen} aria-label=${label} title=${label} @click=${() => this.#take(face.face_id, face.thumbnail)}>
      ${picture(app.http, face.thumbnail, { round: true })}
      ${isChosen ? html`<span class="mark" aria-hidden="true">${icon("check")}</span>` : nothing}
    </button>`;
  }
}

customElements.define("f-choose-portrait", ChoosePortrait);
