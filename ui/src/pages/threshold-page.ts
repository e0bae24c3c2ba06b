import { html } from "lit";
import { Page } from "./page.ts";

/** The page Threshold. */
export class ThresholdPage extends Page {
  protected override render() {
    return html`<header class="head"><div><h1>Threshold</h1></div></header>`;
  }
}

customElements.define("f-threshold", ThresholdPage);
