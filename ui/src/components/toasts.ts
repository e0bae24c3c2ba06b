import { html, LitElement, nothing } from "lit";
import type { App } from "../app.ts";
import type { Toast } from "../state/toasts.ts";
import { Watch } from "../state/watch.ts";
import { icon } from "./icon.ts";
import { picture } from "./picture.ts";

const SHOWN_MS = 10_000;
const TICK_MS = 100;
/** What a phone shows its keyboard for, which would cover the bottom. */
const FIELDS = "textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=range])";

/** The toast with its ten-second countdown, paused while it has the focus or the pointer. */
export class Toasts extends LitElement {
  static override properties = { app: { attribute: false }, left: { state: true } };
  declare app: App;
  declare left: number;
  #shown = 0;
  #held = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    new Watch(this, () => [this.app.toasts.shown]);
    this.left = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(): void {
    const toast = this.app.toasts.shown.get();
    if ((toast?.id ?? 0) === this.#shown) return;
    this.#shown = toast?.id ?? 0;
    clearInterval(this.#timer);
    if (!toast) return;
    this.left = SHOWN_MS;
    this.#timer = setInterval(() => {
      if (this.#held) return;
      this.left -= TICK_MS;
      if (this.left <= 0) this.app.toasts.dismiss();
    }, TICK_MS);
  }

  protected override updated(): void {
    this.querySelector<HTMLElement>(".left")?.style.setProperty("--left", String(this.left / SHOWN_MS));
    this.#place();
  }

  /** At the top edge where it would cover a bar, or what has the focus, a field above all. */
  #place(): void {
    const toast = this.querySelector<HTMLElement>(".toast");
    if (!toast || this.#held) return;
    const bar = this.closest("dialog") ? ".lbacts" : ".dock";
    const active = document.activeElement;
    const focused = active === document.body || this.contains(active) ? null : active;
    toast.classList.remove("high");
    const covers = (element: Element | null) => {
      const [own, other] = [toast.getBoundingClientRect(), element?.getBoundingClientRect()];
      return !!other && other.height > 0 && other.top < own.bottom && other.bottom > own.top;
    };
    // A page as a whole has the focus after it was opened.
    const tile = focused?.tagName === "MAIN" ? null : focused;
    const low = [...document.querySelectorAll(bar)].some(covers) || covers(tile) || (focused?.matches(FIELDS) ?? false);
    toast.classList.toggle("high", low);
  }

  #hold = (): void => {
    this.#held = true;
  };

  #go = (): void => {
    this.#held = false;
  };

  #more({ more }: Toast): void {
    this.app.toasts.dismiss();
    more?.run();
  }

  #back({ undo, redo }: Toast): void {
    this.app.toasts.dismiss();
    (undo ?? redo)?.();
  }

  protected override render() {
    const toast = this.app.toasts.shown.get();
    // The live region always exists, so that text added later is read out.
    return html`<div role=${toast?.bad ? "alert" : "status"} aria-atomic="true">
      ${
        toast
          ? html`<div
              class="toast ${toast.bad ? "bad" : ""}"
              @focusin=${this.#hold}
              @focusout=${this.#go}
              @pointerenter=${this.#hold}
              @pointerleave=${this.#go}
            >
              ${
                toast.picture
                  ? picture(this.app.http, toast.picture.thumbnail, { round: toast.picture.round, size: "s40" })
                  : nothing
              }
              <p dir="auto" title=${toast.text}>${toast.text}</p>
              ${
                toast.more
                  ? html`<button class="btn plain" @click=${() => this.#more(toast)}>${toast.more.label}</button>`
                  : nothing
              }
              ${
                toast.undo
                  ? html`<button class="btn" @click=${() => this.#back(toast)}>${icon("undo")}${this.app.t.common.undo}</button>`
                  : toast.redo
                    ? html`<button class="btn" @click=${() => this.#back(toast)}>${icon("undo")}${this.app.t.common.redo}</button>`
                    : html`<button class="btn square" aria-label=${this.app.t.common.close} @click=${() => this.app.toasts.dismiss()}>
                      ${icon("close")}
                    </button>`
              }
              <i class="left" aria-hidden="true"></i>
            </div>`
          : nothing
      }
    </div>`;
  }
}

customElements.define("f-toasts", Toasts);
