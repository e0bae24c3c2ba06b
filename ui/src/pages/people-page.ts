import { html } from "lit";
import { Page } from "./page.ts";

/** The page People. */
export class PeoplePage extends Page {
  protected override render() {
    return html`<header class="head"><div><h1>People</h1></div></header>`;
  }
}

customElements.define("f-people", PeoplePage);
