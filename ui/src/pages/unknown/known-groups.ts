import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { bestPicture, picture } from "../../components/picture.ts";
import { acceptSure, sureOnes } from "./known.ts";

const FACES_SHOWN = 3;

/** Groups that are more of people with a name: one folded line, apart from those that wait for one. */
export class KnownGroups extends LitElement {
  static override properties = {
    app: { attribute: false },
    groups: { attribute: false },
    cards: { attribute: false },
    open: { state: true },
    busy: { state: true },
  };
  declare app: App;
  declare groups: readonly ClusterJson[];
  declare cards: (groups: readonly ClusterJson[]) => TemplateResult;
  declare open: boolean;
  declare busy: boolean;

  constructor() {
    super();
    this.open = false;
    this.busy = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  async #accept(): Promise<void> {
    this.busy = true;
    await acceptSure(this.app, this.groups);
    this.busy = false;
  }

  protected override render() {
    const { app, groups, open } = this;
    const words = app.t.discover.known;
    const faces = groups.reduce((sum, cluster) => sum + cluster.size, 0);
    const toggle = () => {
      this.open = !open;
    };
    return html`<section class="known" aria-labelledby="known">
      <button class="fold" aria-expanded=${open} aria-controls="known-groups" @click=${toggle}>
        <span class="stack"
          >${groups
            .slice(0, FACES_SHOWN)
            .map((cluster) => picture(app.http, bestPicture(cluster.representatives), { size: "s32" }))}</span
        >
        <span class="cut"><b id="known">${words.title}</b><small>${words.summary(groups.length, faces)}</small></span>
        <span class="go"><span>${open ? words.hide : words.show}</span>${icon("next")}</span>
      </button>
      <div id="known-groups">${open ? this.#shown() : nothing}</div>
    </section>`;
  }

  #shown(): TemplateResult {
    const words = this.app.t.discover.known;
    const sure = sureOnes(this.groups).length;
    return html`${
      sure > 0
        ? html`<div class="all">
            <p>${words.hint}</p>
            <button class="btn line" ?disabled=${this.busy} @click=${() => this.#accept()}>
              ${icon("check")}${words.accept(sure)}
            </button>
          </div>`
        : nothing
    }${this.cards(this.groups)}`;
  }
}

customElements.define("f-known", KnownGroups);
