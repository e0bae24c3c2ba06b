import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { Http } from "../../api/http.ts";

/** A picture that needs the token in a header: fetched when it comes near the screen, freed when it leaves the page. */
export class FetchedPicture extends LitElement {
  static override properties = { http: { attribute: false }, path: { attribute: false }, address: { state: true } };
  declare http: Http;
  declare path: string;
  declare address: string | null;
  #observer: IntersectionObserver | null = null;
  #asked = "";

  constructor() {
    super();
    this.address = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void this.#fetch();
      },
      { rootMargin: "300px" },
    );
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#free();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("path") && this.#asked !== "" && this.#asked !== this.path) void this.#fetch();
  }

  #free(): void {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = null;
    this.#asked = "";
  }

  async #fetch(): Promise<void> {
    const path = this.path;
    if (this.#asked === path) return;
    this.#free();
    this.#asked = path;
    try {
      const blob = await (await this.http.open(path)).blob();
      if (this.isConnected && this.#asked === path) this.address = URL.createObjectURL(blob);
    } catch {
      // The silhouette behind it remains.
    }
  }

  protected override render() {
    return this.address ? html`<img src=${this.address} alt="" decoding="async" />` : nothing;
  }
}

customElements.define("f-fetched", FetchedPicture);
