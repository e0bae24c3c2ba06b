import { html, LitElement, nothing } from "lit";
import type { App } from "../../app.ts";
import { Watch } from "../../state/watch.ts";

/**
 * The single dialog: the browser's own, so that the focus stays inside, Esc closes it and the page behind is inert. The
 * caller draws its content.
 */
export class Sheets extends LitElement {
  static override properties = { app: { attribute: false } };
  declare app: App;

  constructor() {
    super();
    new Watch(this, () => [this.app.sheet]);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (!dialog) return;
    const wanted = this.app.sheet.get() !== null;
    if (wanted && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[autofocus]")?.focus();
    } else if (!wanted && dialog.open) dialog.close();
  }

  #close = (): void => {
    // The event is late: the next sheet may be open by then.
    if (!this.querySelector("dialog")?.open) this.app.sheet.get()?.done(null);
  };

  // A press on the backdrop targets the dialog itself.
  #press = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.app.sheet.get()?.done(null);
  };

  protected override render() {
    const sheet = this.app.sheet.get();
    return html`<dialog class="over" aria-labelledby="sheet-title" @close=${this.#close} @mousedown=${this.#press}>
      ${sheet ? html`<div class="sheet">${sheet.draw()}</div>` : nothing}
    </dialog>`;
  }
}

customElements.define("f-sheets", Sheets);
