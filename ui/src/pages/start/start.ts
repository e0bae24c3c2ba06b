import { html, type TemplateResult } from "lit";
import { until } from "lit/directives/until.js";
import type { App } from "../../app.ts";

let loading: Promise<unknown> | null = null;

/** What there is to do before the first face has come, with the page's title; loaded when it is first drawn. */
export function start(app: App): TemplateResult {
  loading ??= import("./start-page.ts");
  const page = loading.then(() => html`<f-start .app=${app}></f-start>`);
  return html`${until(page, html`<p class="sr" role="status">${app.t.common.loading}</p>`)}`;
}
