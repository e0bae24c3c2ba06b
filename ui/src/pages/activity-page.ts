import { html } from "lit";
import { Page } from "./page.ts";

/** The page Activity. */
export class ActivityPage extends Page {
  protected override render() {
    return html`<header class="head"><div><h1>Activity</h1></div></header>`;
  }
}

customElements.define("f-activity", ActivityPage);
