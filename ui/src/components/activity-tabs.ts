import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../app.ts";

/** Between the two views of Activity: the visits, and the changes that people made. */
export function activityTabs(app: App, here: "activity" | "history"): TemplateResult {
  const words = app.t.activity.tabs;
  const tab = (page: "activity" | "history", label: string) =>
    html`<a href=${app.router.href({ page })} aria-current=${here === page ? "page" : nothing}>${label}</a>`;
  return html`<span class="seg" role="group" aria-label=${words.label}>
    ${tab("activity", words.visits)}${tab("history", words.changes)}
  </span>`;
}
