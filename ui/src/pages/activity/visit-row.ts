import { html, nothing, type TemplateResult } from "lit";
import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import type { ActivityLine } from "../../state/activity/activity-lines.ts";
import { type OpenVisit, why } from "./why.ts";

/** A visit this recent may still get more faces. */
const LIVE_MS = 60_000;

/** One visit: who, where, when, and how often a stranger came; pressing it shows why. `open` null: it is closed. */
export function visitRow(
  app: App,
  { visit, top, bottom }: Extract<ActivityLine, { kind: "visit" }>,
  open: OpenVisit | null,
  toggle: () => void,
): TemplateResult {
  const now = app.now.get();
  const last = new Date(visit.to);
  const isLive = now.getTime() - last.getTime() < LIVE_MS;
  return html`<article class="happened ${top ? "top" : ""} ${bottom ? "bottom" : ""} ${isLive ? "quiet" : ""}">
    <button class="visit" data-item=${visit.visit_id} aria-expanded=${open !== null} @click=${toggle}>
      ${picture(app.http, visit.representative?.thumbnail ?? null, { size: "s56", round: visit.person !== null })}
      <strong>${isLive ? html`<i class="live"></i>` : nothing}<bdi class="cut">${nameOf(app, visit)}</bdi></strong>
      <span class="what">${about(app, visit, isLive)}</span>
      <time datetime=${visit.to}>${isLive ? app.t.when.ago(last, now) : app.t.when.time(last)}</time>
    </button>
    ${open ? why(app, visit, open) : nothing}
  </article>`;
}

/** Who it was: a person, a stranger by number where they came before, or that it is not clear. */
export function nameOf(app: App, { person, stranger, state }: VisitJson): string {
  const words = app.t.activity;
  if (person !== null) return person;
  if (state === "ambiguous") return words.unclear;
  return stranger ? words.strangerNo(stranger.number) : words.stranger;
}

function about(app: App, { camera, faces, from, to, state, person, stranger }: VisitJson, isLive: boolean): string {
  const words = app.t.activity;
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1_000);
  const parts = [words.about(camera, faces, seconds, isLive && state === "open")];
  if (stranger && person === null) {
    const since = app.t.when.day(new Date(stranger.first_seen), app.now.get());
    parts.push(words.strangerVisits(stranger.visits, stranger.cameras.length, since));
  }
  if (state === "ambiguous") parts.push(words.tooClose);
  if (state === "corrected") parts.push(words.corrected);
  return parts.join("; ");
}
