import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { PersonJson, ReEncodingJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { reencodeSheet } from "../../components/sheets/reencode-sheet.ts";
import { Watch } from "../../state/watch.ts";
import { modelTitle } from "../../texts/camera.ts";
import { oncePressed } from "../once-pressed.ts";

/** While a run goes on, its progress is asked for this often. */
const AGAIN_MS = 1_000;

/**
 * People who are known only by encodings of another model than the one that pictures are compared with, and the making of new
 * ones: preview, progress, result. Draws nothing where there is nothing to do.
 */
export class ModelStatus extends LitElement {
  static override properties = { app: { attribute: false }, model: {}, run: { state: true } };
  declare app: App;
  /** What pictures are compared with. */
  declare model: string;
  declare run: ReEncodingJson | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.model = "";
    this.run = null;
    new Watch(this, () => [this.app.people.state]);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.people.wanted();
    void this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Reads the progress, again and again while a run goes on; says how one ended that was seen running. */
  async #follow(): Promise<void> {
    clearTimeout(this.#timer);
    const wasGoingOn = isGoingOn(this.run);
    try {
      this.run = await this.app.pictures.reencoding();
    } catch {
      // The shell shows that the connection is lost; what goes on is asked for again.
    }
    if (isGoingOn(this.run)) this.#timer = setTimeout(() => void this.#follow(), AGAIN_MS);
    else if (wasGoingOn && this.run) this.#sayEnd(this.run);
  }

  #sayEnd({ state, error, change_id: change, enrolled }: ReEncodingJson): void {
    const words = this.app.t.pictures.again;
    const { toasts } = this.app;
    if (state === "failed") toasts.show({ text: words.failed({ why: error ?? "" }), bad: true });
    else if (state === "cancelled") toasts.show({ text: words.cancelled });
    else if (change === null) toasts.show({ text: words.can({ n: 0, people: 0 }) });
    else this.app.did(words.done({ n: enrolled }), { changes: [change] });
    void this.app.people.load();
  }

  async #start(): Promise<void> {
    const { app, model } = this;
    try {
      const preview = await app.pictures.reencodePreview(model);
      if (isGoingOn(preview)) {
        this.run = preview;
        return await this.#follow();
      }
      const yes = await app.ask<boolean>((done) => reencodeSheet(app, preview, done));
      if (!yes) return;
      this.run = await app.pictures.reencode(model);
      await this.#follow();
    } catch (error) {
      app.complain(error);
    }
  }

  async #cancel(): Promise<void> {
    try {
      await this.app.pictures.cancelReencoding();
    } catch (error) {
      this.app.complain(error);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const words = this.app.t.pictures.again;
    if (this.run && isGoingOn(this.run)) {
      const { faces_done: done, faces } = this.run;
      return html`<ul class="card rows"><li>
        <span data-icon>${icon("clock")}</span>
        <div>
          <strong>${words.running({ done, all: faces })}</strong>
          <progress aria-label=${words.running({ done, all: faces })} max=${Math.max(1, faces)} .value=${done}></progress>
        </div>
        <button class="btn plain" @click=${() => this.#cancel()}>${words.cancel}</button>
      </li></ul>`;
    }
    const others = this.app.people.state.get().list.filter((person) => needs(person, this.model));
    if (others.length === 0) return nothing;
    const start = (event: Event) => oncePressed(event.currentTarget as HTMLElement, () => this.#start());
    return html`<ul class="card rows"><li>
      <span data-icon>${icon("people")}</span>
      <div><strong>${words.title({ n: others.length })}</strong><p>${words.hint({ model: modelTitle(this.model) })}</p></div>
      <button class="btn tonal" @click=${start}>${words.start}</button>
    </li></ul>`;
  }
}

/** A preview, here or in another window, changes nothing. */
const isGoingOn = (run: ReEncodingJson | null): boolean => run?.state === "running" && !run.dry_run;

/** Who has encodings, but none of this model. */
const needs = ({ models }: PersonJson, model: string): boolean => models.length > 0 && !models.includes(model);

customElements.define("f-model-status", ModelStatus);
