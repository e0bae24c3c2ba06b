import { html, type TemplateResult } from "lit";

/** A picture or a silhouette; the name is beside it, so it needs no label. */
export function face(picture: string | null, classes: string): TemplateResult {
  if (picture) return html`<img class="face ${classes}" src=${picture} alt="" />`;
  return html`<span class="face ${classes}" aria-hidden="true"
    ><svg viewBox="0 0 24 24"><circle cx="12" cy="9.5" r="4.5" /><path d="M3 24c0-6 4-8.5 9-8.5s9 2.5 9 8.5z" /></svg
  ></span>`;
}
