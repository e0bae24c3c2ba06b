import { html, type TemplateResult } from "lit";
import { RequestFailed } from "../api/problem.ts";
import type { App } from "../app.ts";
import type { Route } from "../state/router.ts";

/** What was to be shown is gone (with the way back to where it came from), or could not be loaded (try again). */
export function notFound(
  app: App,
  failure: unknown,
  words: { readonly gone: string; readonly goneHint: string; readonly back: string },
  back: Route,
  again: () => void,
): TemplateResult {
  const gone = failure instanceof RequestFailed && failure.status === 404;
  return html`<div class="card empty">
    <h1 class="h2">${gone ? words.gone : app.t.common.failed.title}</h1>
    <p>${gone ? words.goneHint : app.explain(failure)}</p>
    ${
      gone
        ? html`<a class="btn primary" href=${app.router.href(back)}>${words.back}</a>`
        : html`<button class="btn primary" @click=${again}>${app.t.common.tryAgain}</button>`
    }
  </div>`;
}
