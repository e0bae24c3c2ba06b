import { html, nothing, type TemplateResult } from "lit";
import type { VisitDetailAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import type { ActivityLine } from "../../state/activity/activity-lines.ts";
import type { Said } from "../../state/activity/said.ts";
import type { CorrectAs } from "./correct-visit.ts";
import { visitActions } from "./visit-actions.ts";
import { aboutVisit, nameOf } from "./visit-text.ts";
import { rulerOf, why } from "./why.ts";

/** A visit this recent may still get more faces. */
export const LIVE_MS = 60_000;
const STRIP = 3;

/** What a row shows besides its visit, and what it can do. */
export interface RowOptions {
  readonly said: Said | undefined;
  readonly detail: VisitDetailAnswer | null;
  readonly open: boolean;
  toggle(): void;
  correct(as: CorrectAs): void;
  /** Opens a photo large; null: the one that shows the visit. */
  photo(face: number | null): void;
}

/** One visit: who, where, when, its photos, and the buttons that put it right; pressing it shows why. */
export function visitRow(
  app: App,
  { visit, top, bottom }: Extract<ActivityLine, { kind: "visit" }>,
  options: RowOptions,
): TemplateResult {
  const { said, detail, open, toggle, correct, photo } = options;
  const words = app.t.activity.row;
  const now = app.now.get();
  const last = new Date(visit.to);
  const isLive = now.getTime() - last.getTime() < LIVE_MS;
  const who = nameOf(app, visit, detail);
  const known = visit.person !== null;
  const visits = known ? 1 : (visit.stranger?.visits ?? 1);
  const time = isLive ? app.t.when.ago(last, now) : app.t.when.time(last);
  const more = detail?.seen.filter((face) => face.face_id !== visit.representative?.face_id) ?? [];
  const look = `${top ? "top" : ""} ${bottom ? "bottom" : ""} ${isLive ? "quiet" : ""} ${said ? "fixed" : ""}`;
  return html`<article class="happened ${look}" data-visit=${visit.visit_id}>
    <div class="v">
      <span class="pics">
        <button class=${known ? "round" : ""} aria-label=${words.photo({ who })} @click=${() => photo(null)}>
          ${picture(app.http, visit.representative?.thumbnail ?? null, { size: "s56", round: known })}
        </button>
        ${visits > 1 ? html`<b class="badge count" title=${words.visitsBadge({ n: visits })}>${visits}</b>` : nothing}
      </span>
      <button class="visit" data-item=${visit.visit_id} aria-expanded=${open} @click=${toggle}>
        <strong>${isLive ? html`<i class="live"></i>` : nothing}<bdi class="cut" title=${who}>${who}</bdi></strong>
        <span class="what">${aboutVisit(app, visit, said, isLive)}</span>
        <span class="sr">, ${time}</span>
      </button>
      <time datetime=${visit.to} aria-hidden="true">${time}</time>
      ${
        more.length > 0
          ? html`<button class="strip" aria-label=${words.allPhotos} @click=${() => photo(more[0]?.face_id ?? null)}>
              ${more.slice(0, STRIP).map((face) => picture(app.http, face.thumbnail, { size: "s40" }))}
            </button>`
          : html`<span class="strip"></span>`
      }
      <span class="rule">${detail ? rulerOf(app, detail, true) : nothing}</span>
      <span class="fix">${visitActions(app, visit, said, detail, correct)}</span>
    </div>
    ${open ? why(app, visit, { detail, correct, photo }) : nothing}
  </article>`;
}
