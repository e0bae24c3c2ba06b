import { html } from "lit";
import { Page } from "./page.ts";

/** The page Status. */
export class StatusPage extends Page {
  protected override render() {
    return html`<header class="head"><div><h1>Status</h1></div></header>`;
  }
}

customElements.define("f-status", StatusPage);
