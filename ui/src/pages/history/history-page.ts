import { html } from "lit";
import { Page } from "../page.ts";

/** Everything that changed a name, and the ways back. */
export class HistoryPage extends Page {
  protected override render() {
    return html`<header class="title"><h1>${this.app.t.common.tab.activity}</h1></header>`;
  }
}

customElements.define("f-history", HistoryPage);
