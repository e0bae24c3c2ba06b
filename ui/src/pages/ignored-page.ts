import { html } from "lit";
import { Page } from "./page.ts";

/** The page Ignored. */
export class IgnoredPage extends Page {
  protected override render() {
    return html`<header class="head"><div><h1>Ignored</h1></div></header>`;
  }
}

customElements.define("f-ignored", IgnoredPage);
