import { html } from "lit";
import { Page } from "../page.ts";

/** Whether two faces are one person, one question at a time. */
export class ReviewPage extends Page {
  protected override render() {
    return html`<header class="title"><h1>${this.app.t.common.tab.unknown}</h1></header>`;
  }
}

customElements.define("f-review", ReviewPage);
