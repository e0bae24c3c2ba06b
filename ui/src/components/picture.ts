import { html, nothing, type TemplateResult } from "lit";
import type { Http } from "../api/http.ts";

type Size = "s24" | "s32" | "s40" | "s44" | "s56" | "s72" | "s96" | "";

interface PictureOptions {
  /** A person is round, an unnamed face is a square. */
  readonly round?: boolean;
  readonly size?: Size;
  /** Only if nothing beside the picture says who or what it is. */
  readonly label?: string;
}

const hide = (event: Event): void => (event.target as HTMLElement).classList.add("missing");

/**
 * A face. `thumbnail` is relative to the server's root; null or a deleted picture draws a silhouette. The size is fixed,
 * so that nothing jumps when it loads.
 */
export function picture(http: Http, thumbnail: string | null, options: PictureOptions = {}): TemplateResult {
  const { round = false, size = "", label } = options;
  const kind = `face ${round ? "round" : ""} ${size}`;
  return html`<i class=${kind} role=${label ? "img" : nothing} aria-label=${label ?? nothing}>${
    thumbnail === null ? nothing : photo(http, thumbnail)
  }</i>`;
}

/** The first of a group's representatives that has a picture. */
export const bestPicture = (representatives: readonly { readonly thumbnail: string | null }[]): string | null =>
  representatives.find((face) => face.thumbnail !== null)?.thumbnail ?? null;

function photo(http: Http, path: string): TemplateResult {
  // If cookies are blocked, a picture must be fetched with the header.
  if (http.usesHeader) {
    void import("./lists/fetched.ts");
    return html`<f-fetched .http=${http} .path=${path}></f-fetched>`;
  }
  return html`<img src=${http.url(path)} alt="" width="256" height="256" loading="lazy" fetchpriority="high" decoding="async" @error=${hide} />`;
}
