import { html } from "lit";
import { Page } from "../page.ts";

/** All groups and people by likeness, in two dimensions. */
export class MapPage extends Page {
  protected override render() {
    return html`<header class="title"><h1>${this.app.t.common.tab.unknown}</h1></header>`;
  }
}

customElements.define("f-map", MapPage);
