import { html } from "lit";
import { Page } from "./page.ts";

/** The page Person. */
export class PersonPage extends Page {
  protected override render() {
    return html`<header class="head"><div><h1>Person</h1></div></header>`;
  }
}

customElements.define("f-person", PersonPage);
