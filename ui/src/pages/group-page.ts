import { html } from "lit";
import { Page } from "./page.ts";

/** The page Group. */
export class GroupPage extends Page {
  protected override render() {
    return html`<header class="head"><div><h1>Group</h1></div></header>`;
  }
}

customElements.define("f-group", GroupPage);
