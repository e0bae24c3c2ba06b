import { html, nothing, type TemplateResult } from "lit";
import type { StatusJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { sinceWhen } from "./problem-words.ts";
import type { SystemState } from "./system-state.ts";

const HOURS = 24;
const HOUR_MS = 3_600_000;
/** Hours between the times under the bars. */
const EVERY = 6;

/** The photos of the last 24 hours by hour; hours in which nothing could be received are hatched. */
export function dayPhotos(app: App, { status, cameras }: SystemState): TemplateResult {
  const words = app.t.status;
  const { gaps } = status;
  // The page's clock goes by the minute: what began since is shown too.
  const now = Math.max(app.now.get().getTime(), ...gaps.map(({ from }) => Date.parse(from) + 60_000));
  const start = now - HOURS * HOUR_MS;
  const hours = Array.from({ length: HOURS }, (_, at) =>
    cameras.reduce((sum, one) => sum + (one.last_24_hours[at] ?? 0), 0),
  );
  const most = Math.max(1, ...hours);
  const label = gaps.length === 0 ? words.photosLabel : `${words.photosLabel}. ${sayGaps(app, gaps)}`;
  const times = [0, 1, 2, 3, 4].map((at) => new Date(start + at * EVERY * HOUR_MS));
  return html`<div class="sec"><h2>${words.photos}</h2></div>
    <div class="card hourly">
      <div class="bars" role="img" aria-label=${label}>
        ${hours.map((count, at) => {
          const isGap = isInGap(gaps, start + at * HOUR_MS, now);
          return html`<i class=${isGap ? "no" : ""} .style=${`--v:${count / most}`}></i>`;
        })}
      </div>
      <p class="axis">${times.map((time) => html`<span>${app.t.when.time(time)}</span>`)}</p>
      ${gaps.length === 0 ? nothing : html`<p class="small">${sayGaps(app, gaps)}</p>`}
      ${lastPhoto(app, cameras)}
      ${gaps.some(({ to }) => to === null) ? html`<p class="small">${words.waits}</p>` : nothing}
    </div>`;
}

/** Whether nothing was received in a part of the hour that begins then. */
export function isInGap(gaps: StatusJson["gaps"], hour: number, now: number): boolean {
  return gaps.some(({ from, to }) => Date.parse(from) < hour + HOUR_MS && (to === null ? now : Date.parse(to)) > hour);
}

function sayGaps(app: App, gaps: StatusJson["gaps"]): string {
  const words = app.t.status;
  const said = gaps.map(({ from, to }) => {
    const began = sinceWhen(app, new Date(from));
    return to === null ? words.gapOpen({ from: began }) : words.gap({ from: began, to: sinceWhen(app, new Date(to)) });
  });
  return words.photosGap({ gaps: app.t.format.list(said) });
}

function lastPhoto(app: App, cameras: SystemState["cameras"]): TemplateResult | typeof nothing {
  const [last] = cameras
    .flatMap(({ camera, last_seen: seen }) => (seen === null ? [] : [{ camera, at: Date.parse(seen) }]))
    .sort((a, b) => b.at - a.at);
  if (!last) return nothing;
  const when = sinceWhen(app, new Date(last.at));
  return html`<p class="small" dir="auto">${app.t.status.lastPhoto({ camera: cameraTitle(last.camera), when })}</p>`;
}
