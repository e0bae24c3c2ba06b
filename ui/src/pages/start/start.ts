import { html, type TemplateResult } from "lit";
import { until } from "lit/directives/until.js";
import type { App } from "../../app.ts";

// One promise for all drawings: with a new one the page would be made anew, and lose what was chosen and the focus.
const pages = new WeakMap<App, Promise<TemplateResult>>();

/** What there is to do before the first face has come, with the page's title; loaded when it is first drawn. */
export function start(app: App): TemplateResult {
  const page = pages.get(app) ?? import("./start-page.ts").then(() => html`<f-start .app=${app}></f-start>`);
  pages.set(app, page);
  return html`${until(page, html`<p class="sr" role="status">${app.t.common.loading}</p>`)}`;
}
