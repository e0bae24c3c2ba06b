import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import "../../components/ruler/ruler.ts";
import type { ActivityLine, Sighting } from "../../state/activity/sightings.ts";
import { nameOf, nearestOf, toRulerPerson } from "./sighting-people.ts";
import { why } from "./why.ts";

const STRIP = 4;
/** A sighting this recent may still get more faces. */
const LIVE_MS = 60_000;

type SeenLine = Extract<ActivityLine, { kind: "seen" }>;

/** One event: who, where, when, its faces and a small ruler; pressing it shows why. */
export function sighting(app: App, { sighting: one, top, bottom }: SeenLine, open: boolean, toggle: () => void) {
  const now = app.now.get();
  const isLive = now.getTime() - one.last.getTime() < LIVE_MS;
  const [first, ...rest] = one.faces;
  const shown = one.faces.find((face) => face.thumbnail !== null) ?? first;
  return html`<article class="happened ${top ? "top" : ""} ${bottom ? "bottom" : ""} ${isLive ? "quiet" : ""}">
    <button class="visit" data-item=${one.key} aria-expanded=${open} @click=${toggle}>
      ${picture(app.http, shown?.thumbnail ?? null, { size: "s56" })}
      <strong>${isLive ? html`<i class="live"></i>` : nothing}<bdi class="cut">${nameOf(app, one)}</bdi></strong>
      <span class="what">${about(app, one, isLive)}</span>
      <time datetime=${one.first.toISOString()}>${isLive ? app.t.when.ago(one.last, now) : app.t.when.time(one.first)}</time>
      <span class="strip">${rest.slice(-STRIP).map((face) => picture(app.http, face.thumbnail, { size: "s40" }))}</span>
      ${small(app, one)}
    </button>
    ${open ? why(app, one) : nothing}
  </article>`;
}

function about(app: App, one: Sighting, isLive: boolean): string {
  const words = app.t.activity;
  const seconds = Math.round((one.last.getTime() - one.first.getTime()) / 1_000);
  const said = words.about(one.camera, one.faces.length, seconds, isLive);
  if (one.takenFor !== null) return `${said}; ${words.takenFor(one.takenFor)}`;
  if (one.namedLater) return `${said}; ${words.namedLater}`;
  return one.type === "ambiguous" ? `${said}; ${words.tooClose}` : said;
}

function small(app: App, one: Sighting): TemplateResult | typeof nothing {
  const [nearest, second] = nearestOf(one);
  if (!nearest) return nothing;
  return html`<f-ruler
    plain
    .t=${app.t}
    .http=${app.http}
    .nearest=${toRulerPerson(app, nearest)}
    .second=${second ? toRulerPerson(app, second) : null}
    .threshold=${app.rule.get().threshold}
    .margin=${app.rule.get().margin}
  ></f-ruler>`;
}
