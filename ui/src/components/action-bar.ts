import { html, nothing, type TemplateResult } from "lit";
import { type IconName, icon } from "./icon.ts";

/** One button of an {@link actionBar}. */
export interface Action {
  readonly icon: IconName;
  readonly label: string;
  readonly run: () => void;
  /** The likely one is filled; at most one. */
  readonly main?: boolean;
  readonly disabled?: boolean;
}

/**
 * The bar at the thumb: its first line says what the buttons act on. While it is there on a phone, it has the
 * navigation's place.
 * @param options `pictures`: of what is selected; `note`: a warning; `close`: leaves the selection.
 */
export function actionBar(options: {
  /** Of the region, for screen readers. */
  readonly label: string;
  readonly title: string;
  readonly about?: string;
  readonly pictures?: TemplateResult;
  readonly note?: string | null;
  readonly close?: { readonly label: string; readonly run: () => void };
  readonly actions: readonly Action[];
}): TemplateResult {
  const { label, title, about, pictures, note, close, actions } = options;
  return html`<div class="dock low" role="region" aria-label=${label}>
    <div class="top">
      ${pictures ?? nothing}
      <p class="cut" aria-live="polite"><b>${title}</b>${about ? html`<small>${about}</small>` : nothing}</p>
      ${close ? html`<button class="btn plain" @click=${close.run}>${close.label}</button>` : nothing}
    </div>
    ${note ? html`<p class="note">${icon("warn")}${note}</p>` : nothing}
    <div class="acts">
      ${actions.map(
        (
          action,
        ) => html`<button class="act ${action.main ? "main" : ""}" ?disabled=${action.disabled} @click=${action.run}>
          ${icon(action.icon)}${action.label}
        </button>`,
      )}
    </div>
  </div>`;
}
