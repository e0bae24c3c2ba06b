import { html, nothing, type TemplateResult } from "lit";
import { type IconName, icon } from "./icon.ts";

/** An urgent message with at most one action. */
export function banner(options: {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly bad?: boolean;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}): TemplateResult {
  const { action } = options;
  return html`<div class="banner ${options.bad ? "bad" : ""}" role=${options.bad ? "alert" : "status"}>
    <span>${icon(options.icon)}</span>
    <p><strong>${options.title}</strong> ${options.text}</p>
    ${action ? html`<button class="btn line" @click=${action.run}>${action.label}</button>` : nothing}
  </div>`;
}
